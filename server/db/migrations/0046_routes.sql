-- When people are there, what a route asks of the customer, and how an intent sounds.

-- {timeZone, week: [{day, from, to}], holidays}; null: the workspace's, and there: at any time.
alter table workspace add column hours jsonb;
alter table department add column hours jsonb;

alter table route add column fields jsonb not null default '[]';           -- [{id, kind, label, required}]
alter table route add column outside_hours text not null default 'show' check (outside_hours in ('show', 'hide', 'offer'));

alter table intent add column examples text[] not null default '{}';

-- What the customer filled in for the route of the open handoff, and what it is being asked.
alter table conversation add column handoff_form jsonb;
