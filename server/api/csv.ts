import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './deps.ts';

type Cell = string | number | boolean | null | undefined;
type Row = Record<string, Cell>;

/** What a spreadsheet would take for a formula begins with one of these, also behind spaces. */
const FORMULA = /^[\s\u0000]*[=+\-@\t\r]/;

function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A table as RFC 4180 has it, with a byte order mark, by which spreadsheets see that it is UTF-8. No text in it is taken for a
 * formula: what begins like one gets an apostrophe.
 */
function toCsv(rows: readonly Row[], columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]): string {
  return `\uFEFF${[columns, ...rows.map((row) => columns.map((name) => row[name]))].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

interface Report {
  items?: Row[];
  total?: Row;
  before?: Row;
}

/** Answers a report as a table where the caller wants one: its items, or its total beside the one before. */
export const csvWhereWanted =
  (name: (path: string) => string): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const format = c.req.query('format');
    const wanted = format === 'csv' || (format === undefined && /^\s*text\/csv\b/.test(c.req.header('accept') ?? ''));
    await next();
    if (!wanted || c.res.status !== 200) return;
    const { items, total, before } = (await c.res.json()) as Report;
    const rows = items ?? [
      { span: 'total', ...total },
      { span: 'before', ...before },
    ];
    const headers = new Headers(c.res.headers);
    headers.set('content-type', 'text/csv; charset=utf-8');
    headers.set('content-disposition', `attachment; filename="${name(c.req.path)}.csv"`);
    headers.delete('content-length');
    c.res = undefined;
    c.res = new Response(toCsv(rows), { status: 200, headers });
  };
