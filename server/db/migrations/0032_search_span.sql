-- A search for a rare word would have to look into every slice. Slices that are full are found by their words as well, so that
-- only those are looked into in which the words stand. Some hundred slices are a span, named by its first one; the words of
-- its slices carry that number.
alter table search_slice add column span int, add column digested smallint not null default 0;
update search_slice s set span = x.span from (
  select workspace_id, family, id, first_value(id) over (partition by workspace_id, family, n / 256 order by id) as span
  from (select workspace_id, family, id, row_number() over (partition by workspace_id, family order by id) - 1 as n from search_slice) numbered) x
  where s.workspace_id = x.workspace_id and s.family = x.family and s.id = x.id;
alter table search_slice alter column span set not null;
-- `digested` counts the parts of a slice, of 16, whose words are written down. The rest is done bit by bit.
create index search_slice_undigested on search_slice (entries) where digested < 16;

-- The words of a part of a slice, without a list of those that wait: few come, and each with thousands of words.
create table search_digest (
  workspace_id uuid not null references workspace on delete cascade,
  slice        int not null,
  no           bigint generated always as identity,
  words        tsvector not null,
  primary key (workspace_id, slice, no)
);
create index search_digest_words on search_digest using gin (words) with (fastupdate = off);
