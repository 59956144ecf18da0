import { endpoints } from '../contract/endpoints.ts';
import type { TestedTrigger, TestedTriggers } from '../contract/trigger.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { offerRoutes } from '../db/routes.ts';
import { orderSettings } from '../db/routing.ts';
import { targetNames, triggersOf, tryingFacts } from '../db/triggers.ts';
import { raisePriority } from '../domain/routing.ts';
import { firedTriggers } from '../domain/triggers.ts';
import type { Fired, TriggerRule } from '../domain/triggers.ts';
import { handoffText } from '../domain/words.ts';
import { createModels } from '../model/provider.ts';
import { classify } from '../pipeline/classify.ts';
import type { ClassifyInput } from '../pipeline/classify.ts';
import type { ApiDeps, App } from './deps.ts';
import { invalid } from './problem.ts';
import { mount } from './route.ts';
import type { RouteContext } from './route.ts';
import { keepingOthers } from './settings-write.ts';

/** Fallbacks in a row at which people answer, where no agent says otherwise. */
const FALLBACK_LIMIT = 2;

/** What triggers, routes and intents can beside being made, changed and deleted. */
export function triggerRoutes(app: App, deps: ApiDeps): void {
  const builtin = createModels();

  mount(app, deps, endpoints.testTriggers, async ({ sql, workspaceId, body, signal }) => {
    const { text, channel, agentId, contactId, fallbackCount } = body;
    const { agent, contact, intents } = await tryingFacts(sql, workspaceId, { agentId, contactId });
    if (agentId && !agent) throw invalid('agentId', 'names no agent of this workspace');
    if (contactId && !contact) throw invalid('contactId', 'names no contact of this workspace');
    const tried: TriggerRule[] = body.triggers
      ? body.triggers.filter(({ active }) => active).map(({ id, ...rule }) => ({ ...rule, id: id ?? null }))
      : [...(await triggersOf(sql, workspaceId))];
    const input: ClassifyInput = {
      agent: { id: agent?.id ?? '', name: agent?.name ?? '', classifierOn: true, classifierInstruction: '', languages: agent?.languages ?? [] },
      contact: { name: contact?.name ?? '', language: contact?.language ?? null },
      channel,
      cards: [],
      intents,
      history: [],
      burst: [{ text }],
    };
    const options = { signal, timeoutMs: deps.config.model.timeoutMs };
    // A model that does not answer keeps nobody from asking: the built-in one tells, and the answer says so.
    const asked = deps.models.builtin ? null : await classify(deps.models.language, input, options).catch(() => null);
    const seen = asked ?? (await classify(builtin.language, input, options));
    const fired = firedTriggers(
      tried,
      { id: agent?.id ?? null, reservedIntents: agent?.reservedIntents ?? [], fallbackLimit: agent?.fallbackLimit ?? FALLBACK_LIMIT },
      {
        texts: [text],
        channel,
        asksForHuman: seen.asksForHuman,
        frustration: seen.frustration,
        intent: seen.intent,
        tags: [...(contact?.tags ?? []), ...body.tags],
        attributes: { ...contact?.attributes, ...body.attributes },
        fallbackCount,
      },
    );
    const names = await targetNames(
      sql,
      workspaceId,
      fired.flatMap(({ departmentId, routeId }) => [departmentId, routeId]).filter((id) => id !== null),
    );
    const [fires = null, ...others] = fired.map((one) => told(one, tried, names));
    const customer = fires && (await readBy(sql, workspaceId, contact?.language ?? seen.language, fires));
    return {
      fires,
      others,
      customer,
      detected: {
        intent: seen.intent,
        asksForPerson: seen.asksForHuman,
        frustration: seen.frustration,
        language: seen.language,
        priority: raisePriority('normal', seen.urgency),
        builtin: asked === null,
      },
    };
  });

  const order = (
    kind: 'trigger' | 'route' | 'intent',
    { change, caller, body: { ids } }: Pick<RouteContext<typeof endpoints.orderTriggers>, 'change' | 'caller' | 'body'>,
  ): Promise<void> => change((unit) => keepingOthers(deps, unit, caller, [kind], () => orderSettings(unit, { kind, table: kind }, ids)));
  mount(app, deps, endpoints.orderTriggers, (context) => order('trigger', context));
  mount(app, deps, endpoints.orderRoutes, (context) => order('route', context));
  mount(app, deps, endpoints.orderIntents, (context) => order('intent', context));
}

/** What a customer would read of a handoff, and be offered, now. */
async function readBy(
  sql: Sql | Transaction,
  workspaceId: string,
  language: string | null,
  { department, route }: TestedTrigger,
): Promise<TestedTriggers['customer']> {
  const { routes, back } = await offerRoutes(sql, workspaceId, { departmentId: department?.id ?? null, language, now: new Date() });
  return {
    language,
    text: [handoffText(language, routes.length > 0), back].filter(Boolean).join('\n'),
    routes: routes.map(({ id, label, note, fields }) => ({
      id,
      label,
      note: note ?? null,
      chosen: id === route?.id,
      asks: fields?.map((field) => field.label) ?? [],
    })),
  };
}

function told(
  { rule, departmentId, routeId, id, trigger, reason, found, priority }: Fired,
  tried: readonly TriggerRule[],
  names: ReadonlyMap<string, string>,
): TestedTrigger {
  const named = (of: string | null): { id: string; name: string } | null => (of !== null && names.has(of) ? { id: of, name: names.get(of)! } : null);
  return { id, place: rule ? tried.indexOf(rule) : null, trigger, reason, found, department: named(departmentId), route: named(routeId), priority };
}
