-- What people said of the classifier's decisions, with one click in the thread.
create table classifier_correction (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  kind         text not null check (kind in ('reply_anyway', 'should_have_stayed_quiet')),
  message_id   uuid not null,                             -- the customer's, which was decided about
  line_id      uuid,                                      -- the decision in the thread
  agent_id     uuid,                                      -- whose decision it was
  card_id      uuid,                                      -- the card that had decided
  operator_id  uuid not null,
  draft_id     uuid,                                      -- the draft that was rejected with it
  stopped      boolean not null default false,            -- a run was ended by it
  at           timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, message_id, kind),
  foreign key (workspace_id, message_id) references message on delete cascade
);
create index classifier_correction_at on classifier_correction (workspace_id, at desc);
