-- What agents use of the model, when it does not answer, and what a team calls risky.

-- Tokens, by the endpoint's own count; days are UTC's.
create table model_use (
  workspace_id  uuid not null,
  agent_id      uuid not null,
  day           date not null,
  model         text not null,
  runs          int not null default 0,
  failures      int not null default 0,
  input_tokens  bigint not null default 0,
  output_tokens bigint not null default 0,
  -- The team was told that the day's limit is reached.
  limit_told    boolean not null default false,
  primary key (workspace_id, agent_id, day, model),
  foreign key (workspace_id, agent_id) references agent on delete cascade
);
create index model_use_day on model_use (workspace_id, day);

-- From when to when a model did not answer, as far as the team was told.
create table model_outage (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  model        text not null,
  reason       text not null,
  began_at     timestamptz(3) not null default now(),
  ended_at     timestamptz(3),
  primary key (workspace_id, id)
);
create unique index model_outage_open on model_outage (workspace_id, model) where ended_at is null;

-- Tokens of a day after which the agent leaves messages to people; null: as many as it takes.
alter table agent add column daily_token_limit bigint check (daily_token_limit > 0);
-- [{kind, level, over, words}]: what differs from the usual.
alter table agent add column risk_rules jsonb not null default '[]';
