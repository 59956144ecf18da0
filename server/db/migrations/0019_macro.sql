-- Several things done to a conversation at once, under one name, and the keys that operators have chosen for themselves.
create table macro (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  name         text not null,
  actions      jsonb not null,
  version      bigint not null default 1,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);

alter table operator add column shortcuts jsonb not null default '{}';  -- keys by what they do, where they are not the usual ones
