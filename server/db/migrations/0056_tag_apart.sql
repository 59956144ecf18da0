-- A tag goes alone: of what carried it, however much, every row would be locked and deleted in the transaction that deletes it. A
-- row that names a tag that is not there is read by nobody; it goes bit by bit, a day later.
alter table conversation_tag drop constraint conversation_tag_workspace_id_tag_id_fkey;
