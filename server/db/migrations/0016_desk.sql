-- Tickets that go to an outside tracker, files of notes, and transfers that end by themselves.

-- Numbers count up by one in each workspace: whoever makes a ticket holds the row until its commit.
create table ticket_number (
  workspace_id uuid primary key references workspace on delete cascade,
  last         int not null
);
insert into ticket_number (workspace_id, last) select workspace_id, max(number) from ticket group by workspace_id;

-- A ticket outlives its conversation: what it was made from stands in its snapshot.
alter table ticket drop constraint ticket_workspace_id_conversation_id_fkey;
alter table ticket alter column conversation_id drop not null;
alter table ticket
  add column outside_id  text,                            -- the tracker's own id
  add column outside_url text,                            -- and where people see it there
  add column updated_at  timestamptz(3) not null default now(),
  add foreign key (workspace_id) references workspace on delete cascade,
  add foreign key (workspace_id, conversation_id) references conversation on delete set null (conversation_id),
  add foreign key (workspace_id, assignee_id) references operator on delete set null (assignee_id);
create index ticket_newest on ticket (workspace_id, created_at desc, id desc);
create index ticket_status on ticket (workspace_id, status, created_at desc, id desc);
create index ticket_assignee on ticket (workspace_id, assignee_id, created_at desc, id desc);
create index ticket_conversation on ticket (workspace_id, conversation_id, created_at desc, id desc);

create function ticket_snapshot_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the snapshot of a ticket is never changed';
end $$;
create trigger ticket_snapshot_stays before update of snapshot on ticket for each row execute function ticket_snapshot_stays();

-- Where tickets are passed on to, and what its webhooks are signed with.
alter table workspace
  add column tracker_url    text,
  add column tracker_secret bytea;                        -- sealed

-- What the tracker is to be told, in this order; one of a ticket at a time.
create table ticket_post (
  workspace_id uuid not null,
  id           uuid not null,                             -- the webhook's id, the same at every attempt
  ticket_id    uuid not null,
  type         text not null check (type in ('ticket.created', 'ticket.updated')),
  body         jsonb not null,                            -- the ticket as it was then
  status       text not null default 'pending' check (status in ('pending', 'sent', 'failed')),
  error        text,
  attempts     int not null default 0,
  due_at       timestamptz(3),                            -- of a pending one: not before
  owner        uuid,                                      -- the process that is at it
  settled_at   timestamptz(3),
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references ticket on delete cascade
);
create index ticket_post_ticket on ticket_post (workspace_id, ticket_id, id);
create index ticket_post_due on ticket_post (due_at) where status = 'pending';

-- A file belongs to one message or to one note; what belongs to a note is found by no query for customers.
alter table file
  add column note_id uuid,
  add foreign key (workspace_id, note_id) references note on delete cascade,
  add check (num_nonnulls(message_id, note_id) <= 1);
create index file_note on file (workspace_id, note_id) where note_id is not null;
drop index file_waiting;
create index file_waiting on file (created_at) where message_id is null and note_id is null;

create index transfer_due on transfer (expires_at) where status = 'pending';
create index transfer_to on transfer (workspace_id, to_id) where status = 'pending';
create index transfer_from on transfer (workspace_id, from_id) where status = 'pending';
