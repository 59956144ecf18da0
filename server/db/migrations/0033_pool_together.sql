-- The pool's copies and totals follow a statement at once, however many conversations it changes: what two of them have in
-- common is written once.
drop trigger pool_moves on conversation;
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
  update read_mark r set cell = n.cell, status = n.status, last_activity_at = n.last_activity_at
    from new_rows n where r.workspace_id = n.workspace_id and r.conversation_id = n.id and r.caught_up and n.cell is not null and r.read_inbound_count >= n.inbound_count
      and (r.cell is distinct from n.cell or r.last_activity_at is distinct from n.last_activity_at);
  if exists (select id, inbound_count, cell is null from new_rows except select id, inbound_count, cell is null from old_rows) then
    update read_mark r set caught_up = not r.caught_up
      from new_rows n where r.workspace_id = n.workspace_id and r.conversation_id = n.id
        and r.caught_up is distinct from (n.cell is not null and n.inbound_count > 0 and r.read_inbound_count >= n.inbound_count);
  end if;
  return null;
end $$;
create trigger pool_moves after update on conversation referencing old table as old_rows new table as new_rows for each statement execute function pool_moves();

create function pool_tags_begin() returns trigger language plpgsql as $$
begin
  insert into pool_delta
    select n.workspace_id, l.id, n.cell, count(*) from new_rows n, lateral (
      select n.tag_id as id union all select pool_list(operator_id, n.tag_id) from read_mark r where r.workspace_id = n.workspace_id and r.conversation_id = n.conversation_id and r.caught_up) l
    where n.cell is not null group by n.workspace_id, l.id, n.cell;
  return null;
end $$;
create function pool_tags_end() returns trigger language plpgsql as $$
begin
  insert into pool_delta
    select o.workspace_id, l.id, o.cell, -count(*) from old_rows o, lateral (
      select o.tag_id as id union all select pool_list(operator_id, o.tag_id) from read_mark r where r.workspace_id = o.workspace_id and r.conversation_id = o.conversation_id and r.caught_up) l
    where o.cell is not null group by o.workspace_id, l.id, o.cell;
  return null;
end $$;
drop trigger pool_tagged on conversation_tag;
create trigger pool_tagged after update of conversation_id on conversation_tag for each row execute function pool_tagged();
create trigger pool_tags_begin after insert on conversation_tag referencing new table as new_rows for each statement execute function pool_tags_begin();
create trigger pool_tags_end after delete on conversation_tag referencing old table as old_rows for each statement execute function pool_tags_end();

-- What a change of control settles is found by its conversation.
create index notification_conversation on notification (workspace_id, conversation_id) where read_at is null;
