-- concurrently
-- Whether the newest answer of a conversation failed: few did, and without these all that a customer wrote since would be read.
drop index concurrently if exists message_failed;
create index concurrently message_failed on message (workspace_id, conversation_id, seq) where delivery_status in ('failed', 'bounced', 'unknown') and direction = 'outbound';
