-- concurrently
drop index concurrently if exists contact_erasing;
create index concurrently contact_erasing on contact (workspace_id, id) where erasing is not null;
drop index concurrently if exists contact_merged;
create index concurrently contact_merged on contact (workspace_id, merged_into) where merged_into is not null;
drop index concurrently if exists notification_of_conversation;
create index concurrently notification_of_conversation on notification (workspace_id, conversation_id);
drop index concurrently if exists transfer_conversation;
create index concurrently transfer_conversation on transfer (workspace_id, conversation_id);
drop index concurrently if exists operation_row_conversation;
create index concurrently operation_row_conversation on operation_row (workspace_id, conversation_id);
drop index concurrently if exists file_age;
create index concurrently file_age on file (workspace_id, created_at);
