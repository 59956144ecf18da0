-- Whose mails show pictures of other sites at once, by the address that they come from.
create table picture_sender (
  workspace_id uuid not null references workspace on delete cascade,
  address      text not null,                             -- in lower case
  operator_id  uuid,                                      -- who said so
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, address),
  foreign key (workspace_id, operator_id) references operator on delete set null (operator_id)
);
