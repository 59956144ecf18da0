-- What a draft will have done once a person approves it: skills with their arguments, each under the key of its call.
alter table draft add column actions jsonb not null default '[]';
