-- What an operator has read to the end is listed by priority as well: copies of what the pool is sorted by, kept with the original.
alter table read_mark
  add column priority_rank smallint,
  add column waiting       timestamptz(3);                -- 'infinity' where nobody waits
update read_mark r set priority_rank = c.priority_rank, waiting = coalesce(c.waiting_since, 'infinity')
  from conversation c where c.workspace_id = r.workspace_id and c.id = r.conversation_id and r.caught_up;
create index read_mark_priority on read_mark (workspace_id, operator_id, status, priority_rank, waiting, conversation_id) where caught_up;

create or replace function pool_mark_copies() returns trigger language plpgsql as $$
begin
  select coalesce(c.cell is not null and c.inbound_count > 0 and new.read_inbound_count >= c.inbound_count, false), c.cell, c.status, c.last_activity_at, c.priority_rank, coalesce(c.waiting_since, 'infinity')
    into new.caught_up, new.cell, new.status, new.last_activity_at, new.priority_rank, new.waiting
    from conversation c where c.workspace_id = new.workspace_id and c.id = new.conversation_id for no key update;
  return new;
end $$;

-- As before, with them.
create or replace function pool_moves() returns trigger language plpgsql as $$
begin
  if not exists (select id, cell, last_activity_at, waiting_since, inbound_count from new_rows except select id, cell, last_activity_at, waiting_since, inbound_count from old_rows) then
    return null;
  end if;
  if exists (select id, cell from new_rows except select id, cell from old_rows) then
    -- In one order, so that no two that come to the same cells wait for each other.
    insert into pool_cell
      select distinct on (workspace_id, cell) workspace_id, cell, status, channel, agent_id, assignee_id, department_id, priority, requires_action, handoff_at is not null, draft_id is not null,
        snoozed_by is not null, inbound_count > 0 from new_rows n
      where cell is not null and not exists (select from pool_cell p where p.workspace_id = n.workspace_id and p.cell = n.cell) order by workspace_id, cell on conflict do nothing;
    insert into pool_delta
      select m.workspace_id, l.id, m.cell, sum(m.n) from (
        select workspace_id, id, cell, sum(n) as n from (select workspace_id, id, cell, -1 as n from old_rows union all select workspace_id, id, cell, 1 from new_rows) x
        where cell is not null group by workspace_id, id, cell having sum(n) <> 0) m,
      lateral (
        select m.workspace_id as id
        union all select tag_id from conversation_tag t where t.workspace_id = m.workspace_id and t.conversation_id = m.id
        union all select operator_id from read_mark r where r.workspace_id = m.workspace_id and r.conversation_id = m.id and r.caught_up
        union all select pool_list(r.operator_id, t.tag_id) from read_mark r join conversation_tag t on t.workspace_id = r.workspace_id and t.conversation_id = r.conversation_id
          where r.workspace_id = m.workspace_id and r.conversation_id = m.id and r.caught_up) l
      group by m.workspace_id, l.id, m.cell having sum(m.n) <> 0;
  end if;
  update conversation_tag t set cell = n.cell, status = n.status, last_activity_at = n.last_activity_at, priority_rank = n.priority_rank, waiting = coalesce(n.waiting_since, 'infinity')
    from new_rows n where t.workspace_id = n.workspace_id and t.conversation_id = n.id
      and (t.cell is distinct from n.cell or t.last_activity_at is distinct from n.last_activity_at or t.waiting is distinct from coalesce(n.waiting_since, 'infinity'));
  update read_mark r set cell = n.cell, status = n.status, last_activity_at = n.last_activity_at, priority_rank = n.priority_rank, waiting = coalesce(n.waiting_since, 'infinity')
    from new_rows n where r.workspace_id = n.workspace_id and r.conversation_id = n.id and r.caught_up and n.cell is not null and r.read_inbound_count >= n.inbound_count
      and (r.cell is distinct from n.cell or r.last_activity_at is distinct from n.last_activity_at or r.waiting is distinct from coalesce(n.waiting_since, 'infinity'));
  if exists (select id, inbound_count, cell is null from new_rows except select id, inbound_count, cell is null from old_rows) then
    update read_mark r set caught_up = not r.caught_up
      from new_rows n where r.workspace_id = n.workspace_id and r.conversation_id = n.id
        and r.caught_up is distinct from (n.cell is not null and n.inbound_count > 0 and r.read_inbound_count >= n.inbound_count);
  end if;
  return null;
end $$;
