/** The routes that a customer is offered at a handoff, by the hours of those who would answer. */
import type { BusinessHours, InLanguages, RouteField } from '../contract/settings.ts';
import { isOpen, opensNext, timeInWords } from '../domain/hours.ts';
import { inLanguage } from '../domain/language.ts';
import { labelOf } from '../domain/route-form.ts';
import { formWords } from '../domain/words-form.ts';
import type { Sql, Transaction } from './connect.ts';
import type { OfferedRoute } from './message.ts';

/** So many are offered at most: as many as a list of WhatsApp holds. */
const OFFERED = 10;

interface Hours {
  workspace: BusinessHours | null;
  departments: ReadonlyMap<string, BusinessHours>;
}

async function hoursOf(sql: Sql | Transaction, workspaceId: string): Promise<Hours> {
  const rows = await sql<{ id: string | null; hours: BusinessHours | null }[]>`
    select null::uuid as id, hours from workspace where id = ${workspaceId} union all select id, hours from department where workspace_id = ${workspaceId} and hours is not null`;
  return {
    workspace: rows.find(({ id }) => id === null)?.hours ?? null,
    departments: new Map(rows.flatMap(({ id, hours }) => (id && hours ? [[id, hours] as const] : []))),
  };
}

const hoursFor = ({ workspace, departments }: Hours, departmentId: string | null): BusinessHours | null =>
  (departmentId ? departments.get(departmentId) : undefined) ?? workspace;

/**
 * What a customer may choose from, and when people are back where nobody is there.
 * @param asked whose department answers, the customer's language, the moment, and, where not all routes are offered, which
 */
export async function offerRoutes(
  sql: Sql | Transaction,
  workspaceId: string,
  { departmentId, language, now, only = [] }: { departmentId: string | null; language: string | null; now: Date; only?: readonly string[] | undefined },
): Promise<{ routes: OfferedRoute[]; back: string | null }> {
  const [rows, hours] = await Promise.all([
    sql<
      {
        id: string;
        label: string;
        kind: string;
        hint: string;
        labels: InLanguages;
        hints: InLanguages;
        departmentId: string | null;
        fields: RouteField[];
        outsideHours: 'show' | 'hide' | 'offer';
      }[]
    >`
      select id, label, kind, hint, labels, hints, department_id, fields, outside_hours from route where workspace_id = ${workspaceId} and active
        ${only.length > 0 ? sql`and id = any(${only as string[]}::uuid[])` : sql``} order by position, created_at limit 50`,
    hoursOf(sql, workspaceId),
  ]);
  const closedUntil = (of: BusinessHours | null): string | null => {
    if (!of || isOpen(of, now)) return null;
    const at = opensNext(of, now);
    return at ? timeInWords(language, at, now, of.timeZone) : '';
  };
  const routes = rows.flatMap(({ departmentId: answers, fields, outsideHours, labels, hints, ...route }): OfferedRoute[] => {
    const until = outsideHours === 'offer' ? null : closedUntil(hoursFor(hours, answers ?? departmentId));
    if (until !== null && outsideHours === 'hide') return [];
    const asks = fields.map((field) => ({ name: field.name, kind: field.kind, label: labelOf(field, language), required: field.required }));
    return [
      {
        ...route,
        label: inLanguage(labels, language, route.label),
        hint: inLanguage(hints, language, route.hint),
        ...(until ? { hint: until, note: until } : {}),
        ...(asks.length > 0 ? { fields: asks } : {}),
      },
    ];
  });
  const until = closedUntil(hoursFor(hours, departmentId));
  return { routes: routes.slice(0, OFFERED), back: until ? `${formWords(language).back} ${until}` : null };
}

/** A route that was chosen. */
export interface ChosenRoute {
  id: string;
  label: string;
  departmentId: string | null;
  fields: RouteField[];
}

/** A route of the workspace by its id. */
export async function routeById(sql: Sql | Transaction, workspaceId: string, id: string): Promise<ChosenRoute | null> {
  const [route] = await sql<ChosenRoute[]>`select id, label, department_id, fields from route where workspace_id = ${workspaceId} and id = ${id}`;
  return route ?? null;
}
