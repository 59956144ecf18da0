-- In which order an operator wants its saved views.
alter table operator add column view_order jsonb not null default '[]';  -- ids; those that are not named come last
