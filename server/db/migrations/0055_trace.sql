-- Where a trace goes on, as a W3C traceparent: of the message that a turn is due for, and of what queued a message for its delivery.
alter table conversation add column trace text;
alter table message add column trace text;
