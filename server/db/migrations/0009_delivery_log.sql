-- Every status that a message to a customer takes is kept with its time, whoever writes it.
create function log_delivery() returns trigger language plpgsql as $$
begin
  new.delivery_log := new.delivery_log || jsonb_build_array(jsonb_build_object(
    'status', new.delivery_status,
    'at', to_char(coalesce(new.delivery_at, now()) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'error', new.delivery_error));
  return new;
end $$;

create trigger message_delivery_begins before insert on message
  for each row when (new.direction = 'outbound' and new.delivery_status is not null) execute function log_delivery();
create trigger message_delivery_goes_on before update of delivery_status on message
  for each row when (new.direction = 'outbound' and new.delivery_status is distinct from old.delivery_status) execute function log_delivery();
