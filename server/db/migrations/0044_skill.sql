-- Skills of the team's own, by HTTP and by MCP servers: secrets that go with their requests, sealed, and whether a call
-- changes something somewhere. Such a call stands in the thread before it begins, under a key that stays the same however
-- often its run starts over, so that it is made once; `call_owner` is the process that is at it.
alter table skill add column secrets bytea;
alter table skill add column effects boolean not null default true;
alter table skill drop constraint skill_kind_check, add constraint skill_kind_check check (kind in ('builtin', 'http', 'mcp'));
update skill set effects = false where kind = 'builtin' and name in ('search_knowledge', 'look_up_contact') or kind = 'http' and config ->> 'method' = 'GET';

alter table line add column call_key text, add column call_owner uuid;
create unique index line_call on line (workspace_id, call_key) where call_key is not null;
create index line_call_open on line (workspace_id, call_owner) where call_owner is not null;
