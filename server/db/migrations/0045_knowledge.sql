-- Articles are found by their passages. Words are made by the server, which knows scripts without spaces; it writes down what
-- waits whenever somebody looks something up, so that an article is found from its commit on however it was written.

drop index article_search;
drop index article_similar;
alter table article drop column search;
alter table article add column indexed boolean not null default false;
create index article_waiting on article (workspace_id, id) where not indexed;

create function article_changed() returns trigger language plpgsql as $$
begin
  new.indexed := false;
  return new;
end $$;
create trigger article_changed before update of title, text, language on article for each row
  when ((new.title, new.text, new.language) is distinct from (old.title, old.text, old.language)) execute function article_changed();

-- `embedding` holds 32-bit floats, little endian, of the model that is named beside it. Where computing it failed, it is
-- tried again at `embed_at`.
create table article_passage (
  workspace_id    uuid not null,
  article_id      uuid not null,
  place           int not null,
  heading         text not null,
  text            text not null,
  words           tsvector not null,
  embedding       bytea,
  embedding_model text,
  embed_at        timestamptz(3) not null default now(),
  primary key (workspace_id, article_id, place),
  foreign key (workspace_id, article_id) references article on delete cascade
);
create index article_passage_words on article_passage using gin (words) with (fastupdate = off);
create index article_passage_embed on article_passage (embed_at);

-- Every word that an article ever had, for what is mistyped. One that no passage has any more finds nothing.
create table article_word (
  workspace_id uuid not null references workspace on delete cascade,
  word         text not null,
  primary key (workspace_id, word)
);
create index article_word_alike on article_word using gin (word gin_trgm_ops);

-- An answer that rested on an article.
create table article_use (
  workspace_id uuid not null,
  article_id   uuid not null,
  id           uuid not null,
  used_at      timestamptz(3) not null,
  primary key (workspace_id, article_id, id),
  foreign key (workspace_id, article_id) references article on delete cascade
);
create index article_use_at on article_use (workspace_id, article_id, used_at);

-- What agents could not answer, one for all that ask the same.
create table knowledge_gap (
  workspace_id uuid not null references workspace on delete cascade,
  id           uuid not null,
  question     text not null,
  language     text,
  status       text not null default 'open' check (status in ('open', 'dismissed', 'answered')),
  article_id   uuid,
  times        int not null default 0,
  first_at     timestamptz(3) not null,
  last_at      timestamptz(3) not null,
  settled_by   uuid,
  settled_at   timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, article_id) references article on delete set null (article_id),
  foreign key (workspace_id, settled_by) references operator on delete set null (settled_by)
);
create index knowledge_gap_last on knowledge_gap (workspace_id, status, last_at desc, id);

create table knowledge_gap_message (
  workspace_id uuid not null,
  message_id   uuid not null,
  gap_id       uuid not null,
  text         text not null,
  asked_at     timestamptz(3) not null,
  primary key (workspace_id, message_id),
  foreign key (workspace_id, message_id) references message on delete cascade,
  foreign key (workspace_id, gap_id) references knowledge_gap on delete cascade
);
create index knowledge_gap_message_of on knowledge_gap_message (workspace_id, gap_id, asked_at desc);
