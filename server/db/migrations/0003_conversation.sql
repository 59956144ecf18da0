-- Conversations and all that stands in them.

create table conversation (
  workspace_id        uuid not null references workspace on delete cascade,
  id                  uuid not null,
  contact_id          uuid not null,
  account_id          uuid not null,                      -- where its last inbound message came in
  identity_id         uuid not null,                      -- the handle that it speaks to
  channel             text not null,
  subject             text,
  status              text not null default 'open' check (status in ('open', 'closed', 'archived')),
  priority            text not null default 'normal' check (priority in ('urgent', 'high', 'normal', 'low')),
  priority_rank       smallint generated always as (
                        case priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end) stored,
  agent_id            uuid,
  assignee_id         uuid,
  department_id       uuid,

  -- who may speak
  reply_mode_override text check (reply_mode_override in ('auto_send', 'controlled', 'auto_draft', 'off')),
  controller_kind     text not null check (controller_kind in ('agent', 'human')),
  controller_id       uuid,                               -- of a human: the operator, or nobody yet
  handoff_at          timestamptz(3),
  handoff_trigger     text,
  handoff_route_id    uuid,
  handoff_reason      text,
  handoff_by          jsonb,
  boundary_id         uuid,                               -- message up to which nothing triggers a handoff again
  fence               bigint not null default 1,
  fallback_count      int not null default 0,

  -- what needs a person
  requires_action     boolean not null default false,
  requires_reason     text,
  waiting_since       timestamptz(3),                     -- of the oldest unanswered inbound message
  draft_id            uuid,                               -- the pending one

  -- the thread
  last_seq            int not null default 0,
  inbound_count       int not null default 0,
  last_inbound_id     uuid,
  last_inbound_seq    int not null default 0,
  last_inbound_at     timestamptz(3),
  answered_id         uuid,                               -- last inbound message that a run has settled
  last_snippet        text not null default '',
  last_author         jsonb,
  last_message_at     timestamptz(3),
  last_activity_at    timestamptz(3) not null default now(),
  merged_into         uuid,

  -- work: whose slot it is, and what is due
  run_due_at          timestamptz(3),
  burst_from          timestamptz(3),
  run_owner           uuid,
  run_agent_id        uuid,
  run_stage           text check (run_stage in ('classifying', 'composing', 'skill')),
  run_skill           text,
  run_since           timestamptz(3),
  run_restarts        int not null default 0,
  deliver_owner       uuid,

  version             bigint not null default 1,
  created_at          timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact,
  foreign key (workspace_id, account_id) references channel_account,
  foreign key (workspace_id, identity_id) references identity,
  foreign key (workspace_id, agent_id) references agent,
  foreign key (workspace_id, assignee_id) references operator,
  foreign key (workspace_id, department_id) references department on delete set null (department_id)
) with (fillfactor = 70);
create index conversation_activity on conversation (workspace_id, status, last_activity_at desc, id desc) where merged_into is null;
create index conversation_channel on conversation (workspace_id, status, channel, last_activity_at desc, id desc) where merged_into is null;
create index conversation_agent on conversation (workspace_id, agent_id, status, last_activity_at desc, id desc) where merged_into is null;
create index conversation_assignee on conversation (workspace_id, assignee_id, status, last_activity_at desc, id desc) where merged_into is null;
create index conversation_department on conversation (workspace_id, department_id, status, last_activity_at desc, id desc) where merged_into is null;
create index conversation_contact on conversation (workspace_id, contact_id, last_activity_at desc);
create index conversation_identity on conversation (workspace_id, identity_id, account_id, last_activity_at desc) where merged_into is null;
create index conversation_action on conversation (workspace_id, status, last_activity_at desc, id desc) where requires_action and merged_into is null;
create index conversation_handoff on conversation (workspace_id, status, last_activity_at desc, id desc) where handoff_at is not null and merged_into is null;
create index conversation_draft on conversation (workspace_id, status, last_activity_at desc, id desc) where draft_id is not null and merged_into is null;
create index conversation_priority on conversation (workspace_id, status, priority_rank, (coalesce(waiting_since, 'infinity'::timestamptz)), id) where merged_into is null;
create index conversation_run_due on conversation (run_due_at) where run_due_at is not null;
create index conversation_run_owner on conversation (run_owner) where run_owner is not null;
create index conversation_deliver_owner on conversation (deliver_owner) where deliver_owner is not null;

create table conversation_tag (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  tag_id          uuid not null,
  primary key (workspace_id, conversation_id, tag_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, tag_id) references tag on delete cascade
);
create index conversation_tag_tag on conversation_tag (workspace_id, tag_id, conversation_id);

create table participant (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  operator_id     uuid not null,
  joined_at       timestamptz(3) not null default now(),
  primary key (workspace_id, conversation_id, operator_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, operator_id) references operator on delete cascade
);

create table read_mark (
  workspace_id       uuid not null,
  operator_id        uuid not null,
  conversation_id    uuid not null,
  message_id         uuid,                                -- the last one read
  read_inbound_count int not null,
  primary key (workspace_id, operator_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, operator_id) references operator on delete cascade
) with (fillfactor = 80);

-- What customers wrote, and what was written to them. Nothing internal is in here.
create table message (
  workspace_id    uuid not null,
  id              uuid not null,
  conversation_id uuid not null,
  seq             int not null,
  direction       text not null check (direction in ('inbound', 'outbound')),
  kind            text not null check (kind in ('message', 'call')),
  author_kind     text not null check (author_kind in ('contact', 'agent', 'operator', 'system')),
  author_id       uuid,
  author_name     text not null,
  channel         text not null,
  account_id      uuid not null,
  identity_id     uuid not null,                          -- from whom, or to whom: frozen when queued
  subject         text,
  text            text not null,
  html            text,
  attachments     jsonb not null default '[]',
  ai_generated    boolean not null default false,
  intent          text,
  language        text,
  decision        jsonb,
  sent_by         jsonb,
  approved_by     uuid,
  edited_by       uuid,
  draft_id        uuid,
  routes          jsonb,
  chosen_route_id uuid,
  data            jsonb,                                  -- threading headers, call transcript
  external_id     text,                                   -- the provider's own id
  delivery_status text check (delivery_status in ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'bounced', 'recalled', 'unknown')),
  delivery_error  text,
  delivery_at     timestamptz(3),
  attempts        int not null default 0,
  due_at          timestamptz(3),                         -- of a queued one: not before
  run_fence       jsonb,                                  -- the counters under which an agent wrote it
  created_at      timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, conversation_id, seq),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
) with (fillfactor = 90);
create unique index message_external on message (workspace_id, account_id, external_id) where external_id is not null;
create index message_identity on message (workspace_id, identity_id, created_at desc);
create index message_queued on message (workspace_id, conversation_id, seq) where delivery_status in ('queued', 'sending');
create index message_search on message using gin (to_tsvector('simple', text));

-- Notes stand apart, so that nothing that customers see can select one by mistake.
create table note (
  workspace_id    uuid not null,
  id              uuid not null,
  conversation_id uuid not null,
  seq             int not null,
  author_id       uuid not null,
  author_name     text not null,
  text            text not null,
  mentions        uuid[] not null default '{}',
  attachments     jsonb not null default '[]',
  created_at      timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, conversation_id, seq),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index note_search on note using gin (to_tsvector('simple', text));

-- Lines of the thread that nobody wrote: decisions, control changes, skill runs, logged activity. Internal.
create table line (
  workspace_id    uuid not null,
  id              uuid not null,
  conversation_id uuid not null,
  seq             int not null,
  kind            text not null check (kind in ('system', 'skill', 'activity')),
  code            text not null,                          -- what happened: assumed, handed_off, stayed_quiet, …
  author_kind     text not null check (author_kind in ('contact', 'agent', 'operator', 'system')),
  author_id       uuid,
  author_name     text not null,
  text            text not null,
  reason          text,
  decision        jsonb,
  data            jsonb not null default '{}',
  created_at      timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, conversation_id, seq),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);

create table draft (
  workspace_id    uuid not null,
  id              uuid not null,
  conversation_id uuid not null,
  agent_id        uuid not null,
  status          text not null default 'pending' check (status in ('pending', 'approved', 'edited', 'rejected', 'superseded', 'dropped')),
  text            text not null,
  html            text,
  final_text      text,
  in_reply_to     uuid,                                   -- the inbound message that it answers
  risk            jsonb not null default '{"level":"low","reasons":[]}',
  because         jsonb not null default '{}',
  reason          text,
  message_id      uuid,
  settled_by      jsonb,
  settled_at      timestamptz(3),
  version         bigint not null default 1,
  created_at      timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, agent_id) references agent
);
create unique index draft_one_pending on draft (workspace_id, conversation_id) where status = 'pending';
create index draft_queue on draft (workspace_id, created_at, id) where status = 'pending';
create index draft_conversation on draft (workspace_id, conversation_id, created_at desc);
