-- A visitor that comes back reads what is for its identity, without passing over the team's events.
create index event_addressee on event (workspace_id, addressee_id, xid, id) where addressee_id is not null;
