-- Teamwork round a conversation, the event log, and what keeps many processes honest.

create table transfer (
  workspace_id    uuid not null,
  id              uuid not null,
  conversation_id uuid not null,
  from_id         uuid not null,
  to_id           uuid not null,
  note            text,
  status          text not null default 'pending' check (status in ('pending', 'accepted', 'declined', 'cancelled', 'expired')),
  expires_at      timestamptz(3) not null,
  settled_at      timestamptz(3),
  created_at      timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create unique index transfer_one_pending on transfer (workspace_id, conversation_id) where status = 'pending';

create table ticket (
  workspace_id    uuid not null,
  id              uuid not null,
  number          int not null,
  conversation_id uuid not null,
  title           text not null,
  description     text not null default '',
  status          text not null default 'open' check (status in ('open', 'pending', 'solved')),
  priority        text not null default 'normal' check (priority in ('urgent', 'high', 'normal', 'low')),
  assignee_id     uuid,
  snapshot        jsonb not null,
  created_by      jsonb not null,
  version         bigint not null default 1,
  created_at      timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);

-- The activity timeline. Control changes, tickets and skills write theirs; people and host systems log others.
create table activity (
  workspace_id    uuid not null,
  id              uuid not null,
  conversation_id uuid not null,
  kind            text not null,
  text            text not null,
  reason          text,
  actor           jsonb not null,
  data            jsonb not null default '{}',
  at              timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index activity_conversation on activity (workspace_id, conversation_id, at desc, id desc);

create table notification (
  workspace_id    uuid not null,
  id              uuid not null,
  operator_id     uuid not null,
  kind            text not null,
  conversation_id uuid,
  text            text not null,
  data            jsonb not null default '{}',
  read_at         timestamptz(3),
  created_at      timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, operator_id) references operator on delete cascade,
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index notification_operator on notification (workspace_id, operator_id, created_at desc);

create table operation (
  workspace_id uuid not null,
  id           uuid not null,
  operator_id  uuid not null,
  undo         jsonb not null,
  undone_at    timestamptz(3),
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);

-- What came in and could not be understood; shown under its account.
create table unknown_payload (
  workspace_id uuid not null,
  id           uuid not null,
  account_id   uuid not null,
  reason       text not null,
  body         text not null,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references channel_account on delete cascade
);

-- The log. A reader's cursor is (xid, id), and it stays below pg_snapshot_xmin: an id drawn early and committed late
-- is never skipped. Rows name what changed; the reader renders it as it is now.
create table event (
  workspace_id    uuid not null,
  xid             xid8 not null default pg_current_xact_id(),
  id              bigint generated always as identity,
  kind            text not null,
  audience        text not null check (audience in ('team', 'operator', 'visitor')),
  addressee_id    uuid,                                   -- of 'operator': the operator; of 'visitor': the identity
  subject_id      uuid,
  conversation_id uuid,
  data            jsonb,
  created_at      timestamptz(3) not null default now(),
  primary key (workspace_id, xid, id)
);
create index event_age on event (created_at);

-- One row: `epoch` changes after a restore, `pruned_*` is where the log now begins.
create table event_log (
  only_one   boolean primary key default true check (only_one),
  epoch      uuid not null default gen_random_uuid(),
  pruned_xid xid8 not null default '0',
  pruned_id  bigint not null default 0
);
insert into event_log default values;

-- Processes beat once a second. A slot whose owner has not beaten for 4 s may be taken by another.
create unlogged table process (
  id      uuid primary key,
  role    text not null,
  beat_at timestamptz(3) not null default now()
);

-- Answers to requests that carried an Idempotency-Key; kept for 24 h.
create table idempotency (
  workspace_id uuid not null,
  actor        text not null,
  key          text not null,
  request_hash bytea not null,
  status       int,
  body         jsonb,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, actor, key)
);
create index idempotency_age on idempotency (created_at);

create unlogged table rate_window (
  key         text not null,
  window_from timestamptz(3) not null,
  used        int not null,
  primary key (key, window_from)
);
