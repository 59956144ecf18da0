-- Search. What can be found is written down apart from what it is found in, a moment after its commit: taking in a message
-- does not pay for it. What waits to be written down stands in a queue, which whoever searches empties first.

-- No foreign keys: what is gone by the time that it is looked at is left out.
create table search_queue (
  workspace_id uuid not null,
  no           bigint generated always as identity,
  kind         text not null check (kind in ('message', 'note', 'subject', 'contact')),
  id           uuid not null,
  primary key (workspace_id, no)
);

-- Words are kept a slice at a time, some thousands of entries each, and every word carries the number of its slice. A search
-- takes the newest slice first: what a common word or a short beginning costs does not grow with the table.
create table search_slice (
  workspace_id uuid not null references workspace on delete cascade,
  id           int generated always as identity,
  family       text not null check (family in ('text', 'person')),
  entries      int not null default 0,
  from_at      timestamptz(3) not null,
  to_at        timestamptz(3) not null,
  primary key (workspace_id, family, id)
);

-- `id` is that of the message, the note, the contact, or the conversation whose subject it is.
create table search_entry (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  kind         text not null check (kind in ('message', 'note', 'subject', 'contact')),
  slice        int not null,
  at           timestamptz(3) not null,
  words        tsvector not null,
  primary key (workspace_id, id)
);
-- Entries come many at once: without a list of those that wait, which every search would have to read through.
create index search_entry_words on search_entry using gin (words) with (fastupdate = off);

create function search_wanted() returns trigger language plpgsql as $$
begin
  insert into search_queue (workspace_id, kind, id) values (new.workspace_id, tg_argv[0], new.id);
  return null;
end $$;
create function search_contact_wanted() returns trigger language plpgsql as $$
begin
  insert into search_queue (workspace_id, kind, id) values (new.workspace_id, 'contact', new.contact_id);
  return null;
end $$;
create function search_gone() returns trigger language plpgsql as $$
begin
  delete from search_entry e using old_rows o where e.workspace_id = o.workspace_id and e.id = o.id;
  return null;
end $$;

create trigger search_message after insert or update of text, subject on message for each row execute function search_wanted('message');
create trigger search_note after insert or update of text on note for each row execute function search_wanted('note');
create trigger search_subject after insert on conversation for each row when (new.subject is not null) execute function search_wanted('subject');
create trigger search_subject_changed after update of subject on conversation for each row when (new.subject is distinct from old.subject) execute function search_wanted('subject');
create trigger search_contact after insert on contact for each row execute function search_wanted('contact');
create trigger search_contact_changed after update of name, email, phone, company on contact for each row
  when (new.search is distinct from old.search) execute function search_wanted('contact');
create trigger search_handle after insert or update of contact_id on identity for each row when (new.channel <> 'chat') execute function search_contact_wanted();
create trigger search_message_gone after delete on message referencing old table as old_rows for each statement execute function search_gone();
create trigger search_note_gone after delete on note referencing old table as old_rows for each statement execute function search_gone();
create trigger search_subject_gone after delete on conversation referencing old table as old_rows for each statement execute function search_gone();
create trigger search_contact_gone after delete on contact referencing old table as old_rows for each statement execute function search_gone();

drop index message_search;
drop index note_search;

insert into search_queue (workspace_id, kind, id) select workspace_id, 'contact', id from contact order by created_at;
insert into search_queue (workspace_id, kind, id)
  select workspace_id, kind, id from (
    select workspace_id, 'message' as kind, id, created_at from message
    union all select workspace_id, 'note', id, created_at from note
    union all select workspace_id, 'subject', id, created_at from conversation where subject is not null) all_texts order by created_at;
