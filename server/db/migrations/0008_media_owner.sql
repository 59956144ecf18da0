-- The process that is fetching a file from its provider; whoever is silent for too long has lost it.
alter table media add column owner uuid;
