-- When a playbook begins, what it collects, how it ends, and where it stands in each conversation.

alter table playbook
  add column begins  jsonb not null default '{"intents":[],"keywords":[]}',
  add column slots   jsonb not null default '[]',         -- [{name, type, choices, required, asks, questions}]
  add column exits   jsonb not null default '[]',         -- [{condition, keywords, does, routeId}]
  add column on_goal text not null default 'hand_off' check (on_goal in ('hand_off', 'close', 'go_on'));

update playbook set steps = coalesce((
  select jsonb_agg('{"skill":null,"condition":"","slots":[]}'::jsonb || step order by place) from jsonb_array_elements(steps) with ordinality s (step, place)), '[]');

-- One of a conversation is open at most. It goes on by the plan that it began with, whatever becomes of the playbook.
create table playbook_stand (
  workspace_id     uuid not null references workspace on delete cascade,
  id               uuid not null,
  conversation_id  uuid not null,
  playbook_id      uuid not null,
  playbook_version bigint not null,
  plan             jsonb not null,                        -- {name, goal, steps, slots, exits, onGoal, routeIds}
  step             int not null default 0,                -- that it is at, from 0; as many as there are once all are done
  furthest         int not null default 0,
  slots            jsonb not null default '{}',           -- what is known by name; null: asked for and passed over
  asked            jsonb not null default '{}',           -- how often, by a slot's name or a step's number
  begun_at         timestamptz(3) not null default now(),
  moved_at         timestamptz(3) not null default now(),
  ended_at         timestamptz(3),
  ended_as         text check (ended_as in ('goal', 'exit', 'closed', 'merged')),
  ended_why        text,
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, playbook_id) references playbook on delete cascade,
  check ((ended_at is null) = (ended_as is null))
);
create unique index playbook_stand_open on playbook_stand (workspace_id, conversation_id) where ended_at is null;
create index playbook_stand_conversation on playbook_stand (workspace_id, conversation_id, begun_at desc);
create index playbook_stand_begun on playbook_stand (workspace_id, playbook_id, begun_at);
