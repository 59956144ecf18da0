-- What teams shape: rules, words and knowledge of their agents.

create table tag (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  name         text not null,
  color        smallint not null default 8 check (color between 1 and 8),
  version      bigint not null default 1,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);
create unique index tag_name on tag (workspace_id, lower(name));

create table intent (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  name         text not null,                             -- stable slug: interested, question, …
  label        text not null,
  description  text not null default '',
  hot          boolean not null default false,            -- shown in copper
  position     int not null default 0,
  version      bigint not null default 1,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, name)
);

create table route (
  workspace_id  uuid not null references workspace on delete cascade,
  id            uuid not null,
  label         text not null,
  kind          text not null check (kind in ('call', 'meeting', 'team', 'other')),
  hint          text not null default '',
  department_id uuid,
  active        boolean not null default true,
  position      int not null default 0,
  version       bigint not null default 1,
  created_at    timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, department_id) references department on delete set null (department_id)
);

create table trigger (
  workspace_id  uuid not null references workspace on delete cascade,
  id            uuid not null,
  kind          text not null check (kind in ('asks_for_person', 'fallback_loop', 'keyword', 'frustration', 'reserved_intent', 'tag', 'attribute')),
  config        jsonb not null default '{}',
  agent_id      uuid,                                     -- null: every agent
  department_id uuid,
  route_id      uuid,
  priority      text check (priority in ('urgent', 'high', 'normal', 'low')),
  active        boolean not null default true,
  position      int not null default 0,
  version       bigint not null default 1,
  created_at    timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, agent_id) references agent on delete cascade,
  foreign key (workspace_id, department_id) references department on delete set null (department_id),
  foreign key (workspace_id, route_id) references route on delete set null (route_id)
);

create table guidance_card (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  surface      text not null check (surface in ('classifier', 'reply')),
  title        text not null,
  text         text not null,
  scope        jsonb not null default '{}',               -- {agentIds, channels, tags, departmentIds, audience}
  active       boolean not null default true,
  position     int not null default 0,
  version      bigint not null default 1,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);

create table playbook (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  name         text not null,
  agent_id     uuid,
  goal         text not null,
  steps        jsonb not null default '[]',
  route_ids    uuid[] not null default '{}',
  active       boolean not null default true,
  position     int not null default 0,
  version      bigint not null default 1,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, agent_id) references agent on delete cascade
);

create table skill (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  name         text not null,
  kind         text not null check (kind in ('builtin', 'http')),
  description  text not null,
  parameters   jsonb not null default '{"type":"object","properties":{}}',
  risk         text not null default 'low' check (risk in ('low', 'medium', 'high')),
  config       jsonb not null default '{}',
  agent_ids    uuid[] not null default '{}',              -- none chosen means all
  active       boolean not null default true,
  version      bigint not null default 1,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, name)
);

create table article (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  title        text not null,
  text         text not null,
  language     text not null default 'en',
  audience     text not null default 'everyone',
  source_url   text,
  active       boolean not null default true,
  search       tsvector generated always as (
                 setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', text), 'B') ||
                 setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', text), 'B')) stored,
  version      bigint not null default 1,
  created_at   timestamptz(3) not null default now(),
  updated_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);
create index article_search on article using gin (search);
create index article_similar on article using gin ((title || ' ' || text) gin_trgm_ops);

create table routing_rule (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  name         text not null,
  conditions   jsonb not null default '{}',
  actions      jsonb not null default '{}',
  active       boolean not null default true,
  position     int not null default 0,
  version      bigint not null default 1,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);

create table quick_reply (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  name         text not null,
  text         text not null,
  version      bigint not null default 1,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);

create table saved_view (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  name         text not null,
  owner_id     uuid,                                      -- null: shared with the team
  filter       jsonb not null,
  version      bigint not null default 1,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references operator on delete cascade
);
