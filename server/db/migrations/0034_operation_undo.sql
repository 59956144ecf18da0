-- An undo goes on where it stood without a look at all that it has put back.
alter table operation add column undone_to int not null default 0;   -- the last place that was put back
update operation o set undone_to = coalesce((select max(place) from operation_row r where r.workspace_id = o.workspace_id and r.operation_id = o.id and r.undone), 0);
