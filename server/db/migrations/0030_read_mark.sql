-- Two threads that became one may have been read unevenly: what was unread in one stands before what was read in the other.
alter table read_mark add column skipped uuid[];          -- in order: unread, though before the last one read; null for none
