-- What channels bring and take beside the text of a message.

-- Copies of a mail: lists of {handle, name}. Those of an answer go to its copies too.
alter table message add column cc jsonb;
alter table message add column bcc jsonb;
-- Each status that a message to a customer has had, oldest first: {status, at, error}.
alter table message add column delivery_log jsonb not null default '[]';

-- Who wrote STOP: nothing goes to this handle until it writes START.
alter table identity add column opted_out_at timestamptz(3);

-- Files that a provider keeps, until they have been fetched.
create table media (
  workspace_id uuid not null,
  id           uuid not null,
  account_id   uuid not null,
  message_id   uuid not null,
  place        int not null,                              -- among the files of its message
  name         text,
  type         text not null,                             -- as declared
  source       jsonb not null,                            -- {from: 'url', url} or {from: 'provider', mediaId}
  attempts     int not null default 0,
  due_at       timestamptz(3),                            -- null once it has been given up
  error        text,
  created_at   timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references channel_account on delete cascade,
  foreign key (workspace_id, message_id) references message on delete cascade
);
create index media_message on media (workspace_id, message_id);
create index media_due on media (due_at) where due_at is not null;

-- Mail accounts that are read by IMAP: which process reads them now, and how far each folder has been read.
create table mailbox (
  workspace_id uuid not null,
  account_id   uuid not null,
  owner        uuid,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references channel_account on delete cascade
);
create table mail_folder (
  workspace_id uuid not null,
  account_id   uuid not null,
  path         text not null,
  uid_validity bigint not null,
  last_uid     bigint not null default 0,
  primary key (workspace_id, account_id, path),
  foreign key (workspace_id, account_id) references mailbox on delete cascade
);
