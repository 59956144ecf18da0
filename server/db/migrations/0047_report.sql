-- What reports add up, hour by hour. Whatever changes a figure writes the difference, in the transaction of the change, to a row of
-- its own, so that nobody waits for a total; the differences are folded into the totals now and then.

alter table message add column agent_id uuid;             -- of an outbound one: the conversation's agent when it was written

-- A customer begins a conversation, or opens it again.
create table report_opening (
  workspace_id    uuid not null references workspace on delete cascade,
  id              uuid not null default gen_random_uuid(),
  conversation_id uuid,                                   -- null once it is gone
  at              timestamptz(3) not null,
  agent_id        uuid,
  channel         text not null,
  answered_at     timestamptz(3),
  answered_by     text check (answered_by in ('agent', 'approved', 'edited', 'person')),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete set null (conversation_id)
);
create index report_opening_conversation on report_opening (workspace_id, conversation_id, at desc);

-- A conversation waits for a person, until one answers or it is over.
create table report_handoff (
  workspace_id    uuid not null references workspace on delete cascade,
  id              uuid not null default gen_random_uuid(),
  conversation_id uuid,
  at              timestamptz(3) not null,
  agent_id        uuid,
  channel         text not null,
  trigger         text not null,
  route_id        uuid,
  intent          text,                                   -- of what the customer wrote last
  answered_at     timestamptz(3),                         -- a person's first message went out, as it was written
  ended_at        timestamptz(3),                         -- resumed or closed before anybody answered
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete set null (conversation_id)
);
create index report_handoff_conversation on report_handoff (workspace_id, conversation_id, at);
create index report_handoff_long on report_handoff (workspace_id, at desc, id) where coalesce(answered_at, ended_at) - at > interval '15 minutes' or (answered_at is null and ended_at is null);

create table report_hour (
  workspace_id uuid not null references workspace on delete cascade,
  measure      text not null,
  hour         timestamptz(0) not null,                   -- UTC
  agent_id     uuid not null,                             -- all zeros where there is none
  channel      text not null,
  key          text not null,                             -- what the measure tells apart; of a time, its step (see report_step)
  n            bigint not null,
  amount       bigint not null,
  primary key (workspace_id, measure, hour, agent_id, channel, key)
) with (fillfactor = 90);
create table report_delta (
  workspace_id uuid not null,
  measure      text not null,
  hour         timestamptz(0) not null,
  agent_id     uuid not null,
  channel      text not null,
  key          text not null,
  n            bigint not null,
  amount       bigint not null
);
create index report_delta_hour on report_delta (workspace_id, measure, hour);

create function report_nobody() returns uuid language sql immutable parallel safe as $$ select '00000000-0000-0000-0000-000000000000'::uuid $$;

-- Times are kept in steps, each 2.3 % longer than the one before.
create function report_step(waited interval) returns text language sql immutable strict parallel safe as $$
  select floor(100 * log((1 + greatest(extract(epoch from waited), 0))::float8))::int::text
$$;

-- How much of a text changed, in hundredths of a percent: of all words of both, those that the other has not. Scripts without spaces count by character.
create function report_changed(before text, after text) returns int language sql immutable strict parallel safe as $$
  with words as (
    select word[1] as word, side from (values (left(before, 20000), 1), (left(after, 20000), 2)) t (text, side),
      regexp_matches(text, '[\u0E00-\u0E7F\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]|[^\s\u0E00-\u0E7F\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]+', 'g') word),
  counts as (select count(*) filter (where side = 1) as a, count(*) filter (where side = 2) as b from words group by word)
  select coalesce(round(10000.0 * sum(abs(a - b)) / sum(a + b)), 0)::int from counts
$$;

-- Who answered; null for what did not go out, and for what no one of the team said.
create function report_by(m message) returns text language sql immutable parallel safe as $$
  select case when m.direction <> 'outbound' or m.author_kind = 'system' or m.delivery_status is null or m.delivery_status not in ('sent', 'delivered', 'read') then null
    when m.author_kind = 'operator' then 'person' when m.approved_by is null then 'agent' when m.edited_by is null then 'approved' else 'edited' end
$$;

-- What one row comes to in the totals.
create function report_of(o report_opening) returns setof report_delta language sql stable as $$
  select o.workspace_id, v.measure, date_trunc('hour', o.at, 'UTC'), coalesce(o.agent_id, report_nobody()), o.channel, v.key, 1, 0
  from (values ('opened', ''), ('first', report_step(o.answered_at - o.at)), ('first_by', o.answered_by)) v (measure, key) where o.id is not null and v.key is not null
$$;
create function report_of(h report_handoff) returns setof report_delta language sql stable as $$
  select h.workspace_id, v.measure, date_trunc('hour', h.at, 'UTC'), coalesce(h.agent_id, report_nobody()), h.channel, v.key, 1, 0
  from (values ('trigger', h.trigger), ('route', coalesce(h.route_id::text, '')), ('intent', coalesce(h.intent, '')), ('person', report_step(h.answered_at - h.at)),
    ('long', case when coalesce(h.answered_at, h.ended_at) - h.at > interval '15 minutes' then '' end)) v (measure, key) where h.id is not null and v.key is not null
$$;
create function report_of(m message) returns setof report_delta language sql stable as $$
  select m.workspace_id, 'answer', date_trunc('hour', m.created_at, 'UTC'), coalesce(m.agent_id, case m.author_kind when 'agent' then m.author_id end, report_nobody()), m.channel, report_by(m), 1, 0
  where report_by(m) is not null
$$;
create function report_of(d draft) returns setof report_delta language sql stable as $$
  select d.workspace_id, 'draft', date_trunc('hour', d.settled_at, 'UTC'), d.agent_id,
    coalesce((select channel from message m where m.workspace_id = d.workspace_id and m.id = d.in_reply_to), (select channel from conversation c where c.workspace_id = d.workspace_id and c.id = d.conversation_id)),
    d.status, 1, case d.status when 'edited' then report_changed(d.text, coalesce(d.final_text, d.text)) else 0 end
  where d.status <> 'pending' and d.settled_at is not null
$$;

-- What there is already. When conversations were opened again before this, nobody wrote down.
insert into report_opening (workspace_id, conversation_id, at, agent_id, channel, answered_at, answered_by)
  select c.workspace_id, c.id, i.created_at, c.agent_id, i.channel, a.created_at, a.who from conversation c
  cross join lateral (select created_at, channel from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.direction = 'inbound' order by seq limit 1) i
  left join lateral (select created_at, report_by(m) as who from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.created_at >= i.created_at and report_by(m) is not null order by seq limit 1) a on true;
insert into report_handoff (workspace_id, conversation_id, at, agent_id, channel, trigger, route_id, intent, answered_at, ended_at)
  select l.workspace_id, c.id, l.created_at, coalesce(case l.author_kind when 'agent' then l.author_id end, c.agent_id), coalesce(i.channel, c.channel), coalesce(l.data ->> 'trigger', 'manual'),
    case when c.handoff_at = l.created_at then c.handoff_route_id else (l.data ->> 'routeId')::uuid end, i.intent, a.created_at,
    case when a.created_at is null then coalesce(e.created_at, case when c.status <> 'open' or c.handoff_at is distinct from l.created_at then greatest(c.last_activity_at, l.created_at) end) end
  from line l join conversation c on c.workspace_id = l.workspace_id and c.id = l.conversation_id
  left join lateral (select channel, intent from message m where m.workspace_id = l.workspace_id and m.conversation_id = l.conversation_id and m.direction = 'inbound' and m.seq < l.seq order by seq desc limit 1) i on true
  left join lateral (select created_at from line n where n.workspace_id = l.workspace_id and n.conversation_id = l.conversation_id and n.seq > l.seq and n.code in ('resumed', 'transferred_to_ai') order by seq limit 1) e on true
  left join lateral (select created_at from message m where m.workspace_id = l.workspace_id and m.conversation_id = l.conversation_id and m.seq > l.seq and m.created_at <= coalesce(e.created_at, 'infinity')
    and report_by(m) <> 'agent' order by seq limit 1) a on true
  where l.code = 'handed_off';
insert into report_hour
  select workspace_id, measure, hour, agent_id, channel, key, sum(n), sum(amount) from (
    select r.* from report_opening o, report_of(o) r union all select r.* from report_handoff h, report_of(h) r
    union all select r.* from message m, report_of(m) r where m.direction = 'outbound' union all select r.* from draft d, report_of(d) r where d.status <> 'pending') x
  group by workspace_id, measure, hour, agent_id, channel, key;

create function report_counts() returns trigger language plpgsql as $$
begin
  insert into report_delta
    select workspace_id, measure, hour, agent_id, channel, key, sum(n), sum(amount) from (
      select * from report_of(new) union all select workspace_id, measure, hour, agent_id, channel, key, -n, -amount from report_of(old)) x
    group by workspace_id, measure, hour, agent_id, channel, key having sum(n) <> 0 or sum(amount) <> 0;
  return null;
end $$;
create trigger report_counts after insert or update on report_opening for each row execute function report_counts();
create trigger report_counts after insert or update on report_handoff for each row execute function report_counts();
create trigger report_counts_new after insert on draft for each row when (new.status <> 'pending') execute function report_counts();
create trigger report_counts after update on draft for each row
  when ((old.status, old.settled_at, old.final_text) is distinct from (new.status, new.settled_at, new.final_text)) execute function report_counts();

create function report_answered() returns trigger language plpgsql as $$
declare
  who text := report_by(new);
begin
  insert into report_delta
    select workspace_id, measure, hour, agent_id, channel, key, sum(n), sum(amount) from (
      select * from report_of(new) union all select workspace_id, measure, hour, agent_id, channel, key, -n, -amount from report_of(old)) x
    group by workspace_id, measure, hour, agent_id, channel, key having sum(n) <> 0;
  if who is null then return null; end if;
  update report_opening set answered_at = new.created_at, answered_by = who
    where workspace_id = new.workspace_id and answered_at is null and id = (
      select id from report_opening where workspace_id = new.workspace_id and conversation_id = new.conversation_id and at <= new.created_at order by at desc, id limit 1);
  if who <> 'agent' then
    update report_handoff set answered_at = new.created_at
      where workspace_id = new.workspace_id and conversation_id = new.conversation_id and answered_at is null and at <= new.created_at and coalesce(ended_at, 'infinity') >= new.created_at;
  end if;
  return null;
end $$;
create trigger report_answered_new after insert on message for each row
  when (new.direction = 'outbound' and new.delivery_status in ('sent', 'delivered', 'read')) execute function report_answered();
create trigger report_answered after update on message for each row
  when (new.direction = 'outbound' and (old.delivery_status in ('sent', 'delivered', 'read')) is distinct from (new.delivery_status in ('sent', 'delivered', 'read'))) execute function report_answered();

-- A merge brings its handoffs along before it changes control, so that none counts twice.
create function report_handed() returns trigger language plpgsql as $$
begin
  update report_handoff set ended_at = clock_timestamp()
    where workspace_id = new.workspace_id and conversation_id = new.id and answered_at is null and ended_at is null
      and (new.status <> 'open' or new.handoff_at is null or (at <> new.handoff_at and new.handoff_at is distinct from old.handoff_at));
  if new.handoff_at is null then return null; end if;
  update report_handoff set route_id = new.handoff_route_id, ended_at = case when new.status = 'open' then null else ended_at end
    where workspace_id = new.workspace_id and conversation_id = new.id and at = new.handoff_at;
  if not found then
    insert into report_handoff (workspace_id, conversation_id, at, agent_id, channel, trigger, route_id, intent)
      values (new.workspace_id, new.id, new.handoff_at, new.agent_id, new.channel, coalesce(new.handoff_trigger, 'manual'), new.handoff_route_id,
        (select intent from message where workspace_id = new.workspace_id and id = new.last_inbound_id));
  end if;
  return null;
end $$;
create trigger report_handed_new after insert on conversation for each row when (new.handoff_at is not null) execute function report_handed();
create trigger report_handed after update on conversation for each row
  when ((old.handoff_at, old.handoff_route_id, old.status = 'open') is distinct from (new.handoff_at, new.handoff_route_id, new.status = 'open')
    and (old.handoff_at is not null or new.handoff_at is not null)) execute function report_handed();
