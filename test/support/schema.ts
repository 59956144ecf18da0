/** The schema of a database as text, so that a change of it shows in review. */
import type { Sql } from '../../server/db/connect.ts';

/** Everything in schema `public`, in an order that depends on names only. */
export async function dumpSchema(sql: Sql): Promise<string> {
  const sections = [await extensions(sql), await types(sql), await sequences(sql), await tables(sql), await views(sql), await functions(sql)];
  return `${sections.flat().join('\n\n')}\n`;
}

async function extensions(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`select extname as name from pg_extension where extname <> 'plpgsql' order by 1`;
  return rows.map(({ name }) => `create extension ${name};`);
}

async function types(sql: Sql): Promise<string[]> {
  const rows = await sql<{ text: string }[]>`
    select format('create type %I as enum (%s);', t.typname, string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)) as text
    from pg_type t join pg_enum e on e.enumtypid = t.oid
    where t.typnamespace = 'public'::regnamespace group by t.typname order by t.typname`;
  const domains = await sql<{ text: string }[]>`
    select format('create domain %I as %s%s%s;', t.typname, format_type(t.typbasetype, t.typtypmod), case when t.typnotnull then ' not null' else '' end,
      (select coalesce(string_agg(' ' || pg_get_constraintdef(c.oid), '' order by c.conname), '') from pg_constraint c where c.contypid = t.oid)) as text
    from pg_type t where t.typtype = 'd' and t.typnamespace = 'public'::regnamespace order by t.typname`;
  return [...rows, ...domains].map(({ text }) => text);
}

async function sequences(sql: Sql): Promise<string[]> {
  const rows = await sql<{ text: string }[]>`
    select format('create sequence %I as %s;', s.sequencename, s.data_type) as text
    from pg_sequences s
    where s.schemaname = 'public' and not exists (
      select from pg_depend d where d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass and d.deptype in ('a', 'i'))
    order by s.sequencename`;
  return rows.map(({ text }) => text);
}

async function tables(sql: Sql): Promise<string[]> {
  const names = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by relname collate "C"`;
  return Promise.all(names.map(({ name }) => table(sql, name)));
}

async function table(sql: Sql, name: string): Promise<string> {
  const columns = await sql<{ text: string }[]>`
    select format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
      case
        when a.attidentity <> '' then ' generated ' || case a.attidentity when 'a' then 'always' else 'by default' end || ' as identity'
        when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
        when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid)
        else ''
      end) as text
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = to_regclass(quote_ident(${name})) and a.attnum > 0 and not a.attisdropped
    order by a.attnum`;
  const constraints = await sql<{ text: string }[]>`
    select format('  constraint %I %s', conname, pg_get_constraintdef(oid)) as text
    from pg_constraint where conrelid = to_regclass(quote_ident(${name})) and contype <> 'n' order by conname collate "C"`;
  const indexes = await sql<{ text: string }[]>`
    select pg_get_indexdef(i.indexrelid) || ';' as text
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = to_regclass(quote_ident(${name}))
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    order by c.relname collate "C"`;
  const triggers = await sql<{ text: string }[]>`
    select pg_get_triggerdef(oid) || ';' as text
    from pg_trigger where tgrelid = to_regclass(quote_ident(${name})) and not tgisinternal order by tgname collate "C"`;
  const body = [...columns, ...constraints].map(({ text }) => text).join(',\n');
  return [`create table ${name} (\n${body}\n);`, ...[...indexes, ...triggers].map(({ text }) => text)].join('\n');
}

async function views(sql: Sql): Promise<string[]> {
  const rows = await sql<{ text: string }[]>`
    select format('create view %I as%s%s', viewname, chr(10), definition) as text from pg_views where schemaname = 'public' order by viewname`;
  return rows.map(({ text }) => text);
}

async function functions(sql: Sql): Promise<string[]> {
  const rows = await sql<{ text: string }[]>`
    select rtrim(pg_get_functiondef(p.oid)) || ';' as text from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.proname collate "C", pg_get_function_identity_arguments(p.oid)`;
  return rows.map(({ text }) => text);
}
