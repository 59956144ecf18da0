-- The tenant and the people and agents in it. Every table carries workspace_id first, so that a workspace can be
-- found, moved or sharded whole.

create extension if not exists pg_trgm;

create table workspace (
  id             uuid primary key,
  slug           text not null unique,
  name           text not null,
  secret         bytea,                                   -- HS256 secret of the host, encrypted; null: CONVENE_SECRET
  jwks_url       text,                                    -- RS256, ES256, EdDSA keys of the host
  allowed_hosts  text[] not null default '{}',            -- hosts that an agent's reply may link to
  settings       jsonb not null default '{}',
  version        bigint not null default 1,
  created_at     timestamptz(3) not null default now()
);

create table operator (
  workspace_id   uuid not null references workspace on delete cascade,
  id             uuid not null,
  subject        text not null,                           -- `sub` of the host's token
  name           text not null,
  email          text,
  picture        text,
  role           text not null check (role in ('operator', 'admin')),
  active         boolean not null default true,
  language       text,
  auto_translate boolean not null default false,
  notifications  jsonb not null default '{}',
  version        bigint not null default 1,
  created_at     timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, subject)
);

create table department (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  name         text not null,
  version      bigint not null default 1,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, name)
);

create table department_member (
  workspace_id  uuid not null,
  department_id uuid not null,
  operator_id   uuid not null,
  primary key (workspace_id, department_id, operator_id),
  foreign key (workspace_id, department_id) references department on delete cascade,
  foreign key (workspace_id, operator_id) references operator on delete cascade
);

create table agent (
  workspace_id           uuid not null references workspace on delete cascade,
  id                     uuid not null,
  name                   text not null,
  avatar_url             text,
  active                 boolean not null default true,
  instructions           text not null default '',
  reply_mode             text not null check (reply_mode in ('auto_send', 'controlled', 'auto_draft', 'off')),
  classifier_on          boolean not null default true,
  classifier_instruction text not null default '',
  languages              text[] not null default '{}',
  auto_reply_intents     text[] not null default '{}',    -- none chosen means all
  reserved_intents       text[] not null default '{}',    -- never answered: handed off
  fallback_limit         int not null default 2,
  burst_wait_ms          int not null default 1500,
  fence                  bigint not null default 1,       -- rises with each change to who may speak
  version                bigint not null default 1,
  created_at             timestamptz(3) not null default now(),
  updated_at             timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, name)
);

create table channel_account (
  workspace_id     uuid not null references workspace on delete cascade,
  id               uuid not null,
  channel          text not null check (channel in ('chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice', 'linkedin', 'custom')),
  name             text not null,
  address          text not null default '',
  settings         jsonb not null default '{}',
  credentials      bytea,                                 -- encrypted; never shown again
  active           boolean not null default true,
  agent_id         uuid,                                  -- the intake agent
  department_id    uuid,
  fence            bigint not null default 1,
  last_received_at timestamptz(3),
  last_error       text,
  last_error_at    timestamptz(3),
  version          bigint not null default 1,
  created_at       timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, agent_id) references agent,
  foreign key (workspace_id, department_id) references department on delete set null (department_id)
);
-- A webhook names the account alone.
create unique index channel_account_id on channel_account (id);

create table contact (
  workspace_id     uuid not null references workspace on delete cascade,
  id               uuid not null,
  name             text not null default '',
  email            text,
  company          text,
  phone            text,
  language         text,
  time_zone        text,
  attributes       jsonb not null default '{}',
  external_id      text,                                  -- the host's own id of this customer
  ai_paused_by     uuid,
  ai_paused_at     timestamptz(3),
  ai_paused_reason text,
  fence            bigint not null default 1,
  search           text generated always as (
                     lower(name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(company, ''))) stored,
  version          bigint not null default 1,
  created_at       timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);
create unique index contact_external on contact (workspace_id, external_id) where external_id is not null;
create index contact_search on contact using gin (search gin_trgm_ops);

create table identity (
  workspace_id uuid not null,
  id           uuid not null,
  contact_id   uuid not null,
  channel      text not null,
  handle       text not null,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, channel, handle),
  foreign key (workspace_id, contact_id) references contact on delete cascade
);
create index identity_contact on identity (workspace_id, contact_id);

create table visitor_session (
  workspace_id uuid not null,
  id           uuid not null,
  token_hash   bytea not null unique,
  identity_id  uuid not null,
  contact_id   uuid not null,
  account_id   uuid not null,
  read_at      timestamptz(3),
  ended_at     timestamptz(3),
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, identity_id) references identity on delete cascade,
  foreign key (workspace_id, account_id) references channel_account on delete cascade
);
create index visitor_session_identity on visitor_session (workspace_id, identity_id);

create table api_key (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  name         text not null,
  key_hash     bytea not null unique,
  scopes       text[] not null,
  last_used_at timestamptz(3),
  revoked_at   timestamptz(3),
  created_by   uuid,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);
