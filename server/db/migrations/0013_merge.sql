-- Conversations that were merged, with what it takes to part them again.

-- A merge gives every item of two threads its place in one statement, in which two may stand in one place for a moment.
alter table message drop constraint message_workspace_id_conversation_id_seq_key,
  add constraint message_place unique (workspace_id, conversation_id, seq) deferrable;
alter table note drop constraint note_workspace_id_conversation_id_seq_key,
  add constraint note_place unique (workspace_id, conversation_id, seq) deferrable;
alter table line drop constraint line_workspace_id_conversation_id_seq_key,
  add constraint line_place unique (workspace_id, conversation_id, seq) deferrable;

-- The one that was merged keeps its row, tags, participants and read marks as they were; of the target they stand here.
create table conversation_merge (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  from_id      uuid not null,
  into_id      uuid not null,
  by           jsonb not null,
  line_id      uuid not null,                             -- the line that tells of it
  from_items   uuid[] not null,                           -- of each thread before, in its order
  into_items   uuid[] not null,
  before       jsonb not null,                            -- the target as it was
  after        jsonb not null,                            -- and as the merge left it: what differs since was somebody's will
  moved        jsonb not null,                            -- what else came along, by id
  contacts     jsonb,                                     -- two contacts that became one
  undone_by    jsonb,
  undone_at    timestamptz(3),
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, from_id) references conversation on delete cascade,
  foreign key (workspace_id, into_id) references conversation on delete cascade
);
create index conversation_merge_from on conversation_merge (workspace_id, from_id, created_at desc);
create index conversation_merge_into on conversation_merge (workspace_id, into_id, created_at desc);
create index conversation_merged on conversation (workspace_id, merged_into) where merged_into is not null;

-- A contact that became one with another: its id leads there.
alter table contact add column merged_into uuid;
