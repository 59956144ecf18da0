-- What an account's last error was about: it ends with the next success of the same kind.
alter table channel_account add column last_error_from text check (last_error_from in ('receiving', 'sending', 'test'));
-- What was received or sent when it happened, as far as it helps to see it.
alter table channel_account add column last_error_payload text;
