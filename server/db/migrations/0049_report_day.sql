-- The same totals by the day (UTC), which is what most of a long span is read from; the hours are for its edges, and for days that are cut elsewhere.
create table report_day (
  workspace_id uuid not null references workspace on delete cascade,
  measure      text not null,
  day          timestamptz(0) not null,
  agent_id     uuid not null,
  channel      text not null,
  key          text not null,
  n            bigint not null,
  amount       bigint not null,
  primary key (workspace_id, measure, day, agent_id, channel, key)
) with (fillfactor = 90);
insert into report_day
  select workspace_id, measure, date_trunc('day', hour, 'UTC'), agent_id, channel, key, sum(n), sum(amount) from report_hour group by 1, 2, 3, 4, 5, 6;
