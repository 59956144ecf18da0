-- The pool at any size: its totals are kept and never counted, and what two filters have in common is found by index.

-- A cell is everything that filters ask for but tags, contacts and who has read it: conversations of one cell are alike to
-- them. 52 bits of what it is made of; null for a conversation that was merged into another, which stands in no list.
alter table conversation add column cell bigint generated always as (case when merged_into is null then 4503599627370495 & hashtextextended(
  status || ' ' || channel || ' ' || coalesce(agent_id::text, '') || ' ' || coalesce(assignee_id::text, '') || ' ' || coalesce(department_id::text, '') || ' ' || priority ||
  ' ' || requires_action::text || (handoff_at is not null)::text || (draft_id is not null)::text || (snoozed_by is not null)::text || (inbound_count > 0)::text, 0) end) stored;
create index conversation_cell on conversation (workspace_id, cell, last_activity_at desc, id desc) where cell is not null;
create index conversation_cell_waiting on conversation (workspace_id, cell, (coalesce(waiting_since, 'infinity'::timestamptz)), id) where cell is not null;

-- What a cell stands for. Written when the first conversation comes to it, and kept.
create table pool_cell (
  workspace_id    uuid not null references workspace on delete cascade,
  cell            bigint not null,
  status          text not null,
  channel         text not null,
  agent_id        uuid,
  assignee_id     uuid,
  department_id   uuid,
  priority        text not null,
  requires_action boolean not null,
  handed_off      boolean not null,
  draft_pending   boolean not null,
  snoozed         boolean not null,
  written         boolean not null,                       -- the customer has written at least once
  primary key (workspace_id, cell)
);

-- How many conversations of each cell stand in a list. A list is the workspace's (all of them), a tag's (those that carry
-- it), an operator's (those that it has read to the end), or one of an operator and a tag (those in both).
create table pool_count (
  workspace_id uuid not null,
  list_id      uuid not null,
  cell         bigint not null,
  n            int not null,
  primary key (workspace_id, list_id, cell)
) with (fillfactor = 70);
-- What has changed since, one row for each change, so that no writer waits for another; folded into the counts meanwhile.
-- Neither refers to the workspace: what is deleted with it is subtracted here, to nothing.
create table pool_delta (
  workspace_id uuid not null,
  list_id      uuid not null,
  cell         bigint not null,
  n            int not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index pool_delta_list on pool_delta (workspace_id, list_id);

create function pool_list(operator_id uuid, tag_id uuid) returns uuid language sql immutable strict parallel safe as $$
  select md5(operator_id::text || tag_id::text)::uuid
$$;

-- Where conversations of a tag, and those that an operator has read to the end, stand in the pool: copies, kept with the original.
alter table conversation_tag
  add column cell             bigint,
  add column status           text,
  add column last_activity_at timestamptz(3),
  add column priority_rank    smallint,
  add column waiting          timestamptz(3);             -- 'infinity' where nobody waits
alter table read_mark
  add column caught_up        boolean not null default false,
  add column cell             bigint,
  add column status           text,
  add column last_activity_at timestamptz(3);

update conversation_tag t set cell = c.cell, status = c.status, last_activity_at = c.last_activity_at, priority_rank = c.priority_rank, waiting = coalesce(c.waiting_since, 'infinity')
  from conversation c where c.workspace_id = t.workspace_id and c.id = t.conversation_id;
update read_mark r set caught_up = c.cell is not null and c.inbound_count > 0 and r.read_inbound_count >= c.inbound_count, cell = c.cell, status = c.status, last_activity_at = c.last_activity_at
  from conversation c where c.workspace_id = r.workspace_id and c.id = r.conversation_id;
insert into pool_cell
  select distinct on (workspace_id, cell) workspace_id, cell, status, channel, agent_id, assignee_id, department_id, priority, requires_action, handoff_at is not null, draft_id is not null,
    snoozed_by is not null, inbound_count > 0
  from conversation where cell is not null;
insert into pool_count
  select workspace_id, list_id, cell, count(*) from (
    select workspace_id, workspace_id as list_id, cell from conversation
    union all select workspace_id, tag_id, cell from conversation_tag
    union all select workspace_id, operator_id, cell from read_mark where caught_up
    union all select t.workspace_id, pool_list(r.operator_id, t.tag_id), t.cell from conversation_tag t
      join read_mark r on r.workspace_id = t.workspace_id and r.conversation_id = t.conversation_id and r.caught_up) l
  where cell is not null group by workspace_id, list_id, cell;

create index conversation_tag_activity on conversation_tag (workspace_id, tag_id, status, last_activity_at desc, conversation_id desc) where cell is not null;
create index conversation_tag_priority on conversation_tag (workspace_id, tag_id, status, priority_rank, waiting, conversation_id) where cell is not null;
create index conversation_tag_cell on conversation_tag (workspace_id, tag_id, cell, last_activity_at desc, conversation_id desc);
drop index conversation_tag_tag;
create index read_mark_activity on read_mark (workspace_id, operator_id, status, last_activity_at desc, conversation_id desc) where caught_up;
create index read_mark_conversation on read_mark (workspace_id, conversation_id);

create function pool_begins() returns trigger language plpgsql as $$
begin
  if new.cell is null then return null; end if;
  insert into pool_cell values (new.workspace_id, new.cell, new.status, new.channel, new.agent_id, new.assignee_id, new.department_id, new.priority, new.requires_action,
    new.handoff_at is not null, new.draft_id is not null, new.snoozed_by is not null, new.inbound_count > 0) on conflict do nothing;
  insert into pool_delta values (new.workspace_id, new.workspace_id, new.cell, 1);
  return null;
end $$;
create trigger pool_begins after insert on conversation for each row execute function pool_begins();

create function pool_ends() returns trigger language plpgsql as $$
begin
  insert into pool_delta values (old.workspace_id, old.workspace_id, old.cell, -1);
  return null;
end $$;
create trigger pool_ends after delete on conversation for each row when (old.cell is not null) execute function pool_ends();

-- Whoever changes a conversation holds its row, and so does whoever marks or tags it: nothing slips in between.
create function pool_moves() returns trigger language plpgsql as $$
declare
  tags uuid[];
  readers uuid[];
begin
  with moved as (
    update conversation_tag set cell = new.cell, status = new.status, last_activity_at = new.last_activity_at, priority_rank = new.priority_rank, waiting = coalesce(new.waiting_since, 'infinity')
    where workspace_id = new.workspace_id and conversation_id = new.id returning tag_id)
  select coalesce(array_agg(tag_id), '{}') into tags from moved;
  if new.cell is distinct from old.cell or new.inbound_count = old.inbound_count then
    with moved as (
      update read_mark set cell = new.cell, status = new.status, last_activity_at = new.last_activity_at
      where workspace_id = new.workspace_id and conversation_id = new.id and caught_up returning operator_id)
    select coalesce(array_agg(operator_id), '{}') into readers from moved;
  end if;
  if new.cell is distinct from old.cell then
    if new.cell is not null then
      insert into pool_cell values (new.workspace_id, new.cell, new.status, new.channel, new.agent_id, new.assignee_id, new.department_id, new.priority, new.requires_action,
        new.handoff_at is not null, new.draft_id is not null, new.snoozed_by is not null, new.inbound_count > 0) on conflict do nothing;
    end if;
    insert into pool_delta
      select new.workspace_id, l.id, d.cell, d.n from (values (old.cell, -1), (new.cell, 1)) d (cell, n), (
        select new.workspace_id as id union all select unnest(tags) union all select unnest(readers)
        union all select pool_list(r, t) from unnest(readers) r, unnest(tags) t) l
      where d.cell is not null;
  end if;
  if new.inbound_count <> old.inbound_count or (new.cell is null) <> (old.cell is null) then
    update read_mark set caught_up = new.cell is not null and new.inbound_count > 0 and read_inbound_count >= new.inbound_count
    where workspace_id = new.workspace_id and conversation_id = new.id
      and caught_up is distinct from (new.cell is not null and new.inbound_count > 0 and read_inbound_count >= new.inbound_count);
  end if;
  return null;
end $$;
create trigger pool_moves after update on conversation for each row
  when (new.cell is distinct from old.cell or new.last_activity_at <> old.last_activity_at or new.waiting_since is distinct from old.waiting_since or new.inbound_count <> old.inbound_count)
  execute function pool_moves();

create function pool_tag_copies() returns trigger language plpgsql as $$
begin
  select c.cell, c.status, c.last_activity_at, c.priority_rank, coalesce(c.waiting_since, 'infinity') into new.cell, new.status, new.last_activity_at, new.priority_rank, new.waiting
    from conversation c where c.workspace_id = new.workspace_id and c.id = new.conversation_id for no key update;
  return new;
end $$;
create trigger pool_tag_copies before insert or update of conversation_id on conversation_tag for each row execute function pool_tag_copies();

create function pool_tagged() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.cell is not null then
    insert into pool_delta select old.workspace_id, old.tag_id, old.cell, -1
      union all select old.workspace_id, pool_list(operator_id, old.tag_id), old.cell, -1 from read_mark
        where workspace_id = old.workspace_id and conversation_id = old.conversation_id and caught_up;
  end if;
  if tg_op <> 'DELETE' and new.cell is not null then
    insert into pool_delta select new.workspace_id, new.tag_id, new.cell, 1
      union all select new.workspace_id, pool_list(operator_id, new.tag_id), new.cell, 1 from read_mark
        where workspace_id = new.workspace_id and conversation_id = new.conversation_id and caught_up;
  end if;
  return null;
end $$;
create trigger pool_tagged after insert or delete or update of conversation_id on conversation_tag for each row execute function pool_tagged();

create function pool_mark_copies() returns trigger language plpgsql as $$
begin
  select coalesce(c.cell is not null and c.inbound_count > 0 and new.read_inbound_count >= c.inbound_count, false), c.cell, c.status, c.last_activity_at
    into new.caught_up, new.cell, new.status, new.last_activity_at
    from conversation c where c.workspace_id = new.workspace_id and c.id = new.conversation_id for no key update;
  return new;
end $$;
create trigger pool_mark_copies before insert or update of read_inbound_count, caught_up, conversation_id on read_mark for each row execute function pool_mark_copies();

create function pool_read() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.caught_up and old.cell is not null and (tg_op = 'DELETE' or new.cell is not null) then
    insert into pool_delta select old.workspace_id, l.id, case tg_op when 'DELETE' then old.cell else new.cell end, -1 from (
      select old.operator_id as id union all select pool_list(old.operator_id, tag_id) from conversation_tag where workspace_id = old.workspace_id and conversation_id = old.conversation_id) l;
  end if;
  if tg_op <> 'DELETE' and new.caught_up and new.cell is not null then
    insert into pool_delta select new.workspace_id, l.id, new.cell, 1 from (
      select new.operator_id as id union all select pool_list(new.operator_id, tag_id) from conversation_tag where workspace_id = new.workspace_id and conversation_id = new.conversation_id) l;
  end if;
  return null;
end $$;
create trigger pool_read_begins after insert on read_mark for each row when (new.caught_up) execute function pool_read();
create trigger pool_read_changes after update on read_mark for each row when (old.caught_up <> new.caught_up) execute function pool_read();
create trigger pool_read_ends after delete on read_mark for each row when (old.caught_up) execute function pool_read();
