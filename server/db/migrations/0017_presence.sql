-- Which conversations operators have open now, and what they have written and not sent.

-- One row for each conversation that a page shows, until the page says so no more. Nothing is lost with it in a crash: pages say it again within seconds.
create unlogged table viewing (
  workspace_id    uuid not null,
  operator_id     uuid not null,
  viewer_id       uuid not null,                          -- the page
  conversation_id uuid not null,
  since           timestamptz(3) not null,
  until           timestamptz(3) not null,
  primary key (workspace_id, operator_id, viewer_id, conversation_id)
) with (fillfactor = 50);
create index viewing_conversation on viewing (workspace_id, conversation_id);

-- What one operator is writing to a conversation; nobody else ever sees it.
create table composing (
  workspace_id    uuid not null,
  operator_id     uuid not null,
  conversation_id uuid not null,
  id              uuid not null,                          -- another one with every writing
  body            jsonb not null,
  written_at      timestamptz(3) not null,                -- when it was typed, which may be before it came here
  primary key (workspace_id, operator_id, conversation_id),
  foreign key (workspace_id, operator_id) references operator on delete cascade,
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index composing_conversation on composing (workspace_id, conversation_id);
create index composing_written on composing (written_at);

-- What is open of an operator, and what settles with its conversation.
create index notification_unread on notification (workspace_id, operator_id) where read_at is null;
create index notification_open on notification (workspace_id, conversation_id) where read_at is null;
