-- Translations of what stands in conversations, and what was changed of contacts, by whom.

-- One row for each message or note and language: what it says there, or that a process is at it.
create table translation (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  item_id         uuid not null,
  language        text not null,
  digest          text not null,                          -- of the text that was translated: of another one it is none
  from_language   text,
  text            text,                                   -- null while somebody is at it
  provider        text,
  owner           uuid,                                   -- the request that is at it
  owned_until     timestamptz(3),
  created_at      timestamptz(3) not null default now(),
  primary key (workspace_id, item_id, language),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index translation_conversation on translation (workspace_id, conversation_id);

create table contact_change (
  workspace_id uuid not null,
  id           uuid not null,
  contact_id   uuid not null,
  actor        jsonb not null,
  changes      jsonb not null,                            -- [{field, before, after}]
  reason       text,
  at           timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact on delete cascade
);
create index contact_change_contact on contact_change (workspace_id, contact_id, at desc, id desc);
