-- How long what is kept, in days: conversationsDays, filesDays, eventsDays, auditDays; one that is missing is kept as it always was.
alter table workspace add column retention jsonb not null default '{}'::jsonb;

-- Set from the request to erase a contact until nothing of it is left: who asked, when, and why. A process that ends on the way is gone on for.
alter table contact add column erasing jsonb;

alter table audit_entry drop constraint audit_entry_action_check;
alter table audit_entry add constraint audit_entry_action_check
  check (action in ('begun', 'created', 'changed', 'deleted', 'restored', 'revoked', 'switched_on', 'switched_off', 'exported', 'erased', 'pruned')) not valid;
