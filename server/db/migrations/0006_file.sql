-- Files that people send. The bytes lie in a store outside, by what is in them; here is who may do what with them.

-- What was put into the store, written before it is put there: whatever no file names a day later is removed. Without a
-- reference to the workspace, so that it outlives one that is deleted.
create table file_bytes (
  workspace_id uuid not null,
  sha256       text not null,                             -- hexadecimal
  put_at       timestamptz(3) not null default now(),
  primary key (workspace_id, sha256)
);

create table file (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  key          text not null,                             -- 128 random bits, part of its links
  sha256       text not null,
  name         text not null,
  type         text not null,                             -- by content, never by name
  size         bigint not null,
  operator_id  uuid,                                      -- who uploaded it: one of the team,
  identity_id  uuid,                                      -- or a visitor
  message_id   uuid,                                      -- once it belongs to one
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, sha256) references file_bytes,
  foreign key (workspace_id, operator_id) references operator on delete set null (operator_id),
  foreign key (workspace_id, identity_id) references identity on delete set null (identity_id),
  foreign key (workspace_id, message_id) references message on delete cascade,
  check (num_nonnulls(operator_id, identity_id) <= 1)
);
-- A link names the file alone.
create unique index file_key on file (key);
create index file_sha256 on file (workspace_id, sha256);
create index file_message on file (workspace_id, message_id) where message_id is not null;
create index file_identity on file (workspace_id, identity_id) where identity_id is not null;
create index file_waiting on file (created_at) where message_id is null;
