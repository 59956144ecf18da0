-- The slices of a span in which words stand. By index, always: the table itself is a few pages and looks quick to read through,
-- but each row's thousands of words are kept beside it.
create function search_slices_with(asked text) returns int[] language plpgsql stable set enable_seqscan = off as $$
begin
  return array(select slice from search_digest where words @@ asked::tsquery);
end $$;
