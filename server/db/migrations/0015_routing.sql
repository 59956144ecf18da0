-- Conversations that somebody put off, where rules send those that begin, and who is there to take one.

-- Who put it off; null where nobody has. Without a time beside it, it comes back with the next message.
alter table conversation add column snoozed_by uuid;
alter table conversation add column snoozed_until timestamptz(3);
alter table conversation add foreign key (workspace_id, snoozed_by) references operator;
alter table conversation add check (snoozed_until is null or snoozed_by is not null);
create index conversation_snoozed on conversation (workspace_id, status, last_activity_at desc, id desc) where snoozed_by is not null and merged_into is null;
create index conversation_wakes on conversation (snoozed_until) where snoozed_until is not null;

-- What the rules have decided about a conversation: each field is set once, by words at intake or by the classifier after it.
create table routing_decision (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  rules           uuid[] not null default '{}',           -- those that matched so far
  fields          text[] not null default '{}',           -- what they have set
  settled         boolean not null default false,         -- no rule waits for the classifier any more
  primary key (workspace_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);

-- Turns at taking conversations, in a department or in the whole team. The row of the scope is the lock: whoever decides next
-- sees whom the one before has chosen.
create table routing_scope (
  workspace_id uuid not null references workspace on delete cascade,
  scope_id     uuid not null,                             -- the department, or the workspace itself
  turn         bigint not null default 0,
  primary key (workspace_id, scope_id)
);
create table routing_turn (
  workspace_id uuid not null,
  scope_id     uuid not null,
  operator_id  uuid not null,
  turn         bigint not null,                           -- when it was this operator's last
  primary key (workspace_id, scope_id, operator_id),
  foreign key (workspace_id, operator_id) references operator on delete cascade
);

-- Operators with an open stream, by the process that holds it. A row whose process has not beaten for a while counts no more.
create unlogged table operator_presence (
  workspace_id uuid not null,
  operator_id  uuid not null,
  process_id   uuid not null,
  beat_at      timestamptz(3) not null default now(),
  primary key (workspace_id, operator_id, process_id)
) with (fillfactor = 50);
create index operator_presence_process on operator_presence (process_id);

-- Tags that were deleted, with what carried them, so that it can be undone for a while.
create table removed_tag (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  name         text not null,
  color        smallint not null,
  removed_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);
create table removed_tag_on (
  workspace_id    uuid not null,
  tag_id          uuid not null,
  conversation_id uuid not null,
  primary key (workspace_id, tag_id, conversation_id),
  foreign key (workspace_id, tag_id) references removed_tag on delete cascade,
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index removed_tag_on_conversation on removed_tag_on (workspace_id, conversation_id);
