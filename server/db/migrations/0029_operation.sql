-- Operations on many conversations go on in small steps. What each step changed is kept in its own transaction, so that an
-- undo is whole wherever a process ended, and another can go on.
delete from operation o where not exists (select from workspace w where w.id = o.workspace_id);
alter table operation
  add foreign key (workspace_id) references workspace on delete cascade,
  add column request_hash bytea,                          -- of what was asked for: the same id with another body is refused
  add column change       jsonb not null default '{}',    -- what is set
  add column ids          uuid[] not null default '{}',   -- all that it covers, as they were found when it began
  add column done         int not null default 0,         -- so many of them, from the first
  add column cancelled_at timestamptz(3),
  add column stepped_at   timestamptz(3) not null default now();

create table operation_row (
  workspace_id    uuid not null,
  operation_id    uuid not null,
  place           int not null,                           -- among the operation's ids, from 1
  conversation_id uuid not null,
  code            text,                                   -- why it was refused; null where it was changed
  before          jsonb,                                  -- what it was, where it was changed
  undone          boolean not null default false,
  undo_code       text,                                   -- why it was not put back
  primary key (workspace_id, operation_id, place),
  foreign key (workspace_id, operation_id) references operation on delete cascade
);

insert into operation_row (workspace_id, operation_id, place, conversation_id, before, undone)
  select o.workspace_id, o.id, b.place, (b.was ->> 'id')::uuid, b.was, o.undone_at is not null
  from operation o, jsonb_array_elements(o.undo -> 'before') with ordinality b (was, place);
update operation o set change = undo -> 'set', ids = array(select conversation_id from operation_row r where r.workspace_id = o.workspace_id and r.operation_id = o.id order by place);
update operation set done = cardinality(ids);
alter table operation drop column undo;
