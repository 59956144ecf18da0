-- What customers read of a route in languages of their own, as [{language, text}]; `label` and `hint` serve where there is none.
alter table route add column labels jsonb not null default '[]', add column hints jsonb not null default '[]';

-- Where a conversation goes that a playbook, the agent itself or its failure hands over: such triggers are not set off by messages.
alter table trigger drop constraint trigger_kind_check;
alter table trigger add constraint trigger_kind_check check (kind in ('asks_for_person', 'fallback_loop', 'keyword', 'frustration', 'reserved_intent', 'tag', 'attribute', 'playbook', 'agent', 'failure')) not valid;
alter table trigger validate constraint trigger_kind_check;
