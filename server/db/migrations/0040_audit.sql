-- Who changed what of the settings, with what it was and what it became, so that it can be looked up and put back. Secrets are never in it.

create table audit_entry (
  workspace_id     uuid not null references workspace on delete cascade,
  id               uuid not null,
  kind             text not null,                         -- a kind of setting, or workspace, operator, apiKey, tracker
  subject_id       uuid not null,                         -- what it is about, also once that is gone
  name             text not null,                         -- as it was called then
  action           text not null check (action in ('begun', 'created', 'changed', 'deleted', 'restored', 'revoked', 'switched_on', 'switched_off')),
  version          bigint,                                -- of the setting, from then on; null where its kind cannot be put back
  restored_version bigint,                                -- that was put back
  before           jsonb,                                 -- fields as they are written; null where there was none
  after            jsonb,                                 -- null where none is left
  secrets_replaced boolean not null default false,        -- that, not what
  operator_id      uuid,                                  -- who did it; null where that is not known
  owner_id         uuid,                                  -- of what is one operator's own: nobody else sees it
  created_at       timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, operator_id) references operator,
  foreign key (workspace_id, owner_id) references operator on delete cascade
);
create unique index audit_entry_version on audit_entry (workspace_id, subject_id, kind, version) where version is not null;
create index audit_entry_time on audit_entry (workspace_id, created_at desc, id desc) where action <> 'begun';
