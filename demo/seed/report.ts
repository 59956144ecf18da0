/** What the reports of the demo tell: the stories' own conversations, and two months of others that are no longer kept. */
import type { Assembly } from './assemble.ts';
import { known } from './cast.ts';
import type { AgentKey, RouteKey } from './cast.ts';
import type { Row } from './rows.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Days that are told of; the second half is compared with the first. */
const DAYS = 60;

/** Who answers where, how much comes in there a day, and how much of it is handed off, before and since the playbook for reservations. */
const desks: readonly { agent: AgentKey; channel: string; daily: number; rate: number; since: number; route: RouteKey; wait: number }[] = [
  { agent: 'nova', channel: 'chat', daily: 11, rate: 0.22, since: 0.14, route: 'call', wait: 210 },
  { agent: 'nova', channel: 'whatsapp', daily: 9, rate: 0.28, since: 0.18, route: 'call', wait: 340 },
  { agent: 'sol', channel: 'email', daily: 5, rate: 0.15, since: 0.13, route: 'meeting', wait: 840 },
  { agent: 'vega', channel: 'email', daily: 3, rate: 0.36, since: 0.33, route: 'sales', wait: 660 },
];
const triggers = [
  ['asks_for_person', 38],
  ['playbook', 23],
  ['fallback_loop', 17],
  ['keyword', 11],
  ['frustration', 7],
  ['manual', 4],
] as const;
const intents = [
  ['question', 30],
  ['order_status', 25],
  ['complaint', 18],
  ['return_request', 15],
  ['negotiation', 12],
] as const;
const routes = [
  ['', 12],
  ['own', 62],
  ['call', 16],
  ['sales', 10],
] as const;

/** How much of a day comes in at each hour of it. */
const busy = [0, 0, 0, 0, 0, 0, 0, 1, 5, 8, 9, 9, 8, 8, 8, 8, 7, 6, 5, 4, 1, 0, 0, 0];

/** Adds what reports add up. Stories must have been told before. */
export function tellReport({ cast }: Assembly): void {
  const { workspaceId, rows, now } = cast;
  const random = numbers();
  const pick = <T>(weighed: readonly (readonly [T, number])[]): T => {
    let left = random() * weighed.reduce((sum, [, weight]) => sum + weight, 0);
    return (weighed.find(([, weight]) => (left -= weight) < 0) ?? weighed[0]!)[0];
  };
  const after = (at: Date, seconds: number): Date => new Date(at.getTime() + Math.round(seconds) * 1_000);
  // What is owed of each desk's handoffs, so that a day's share is about what it should be.
  const owed = new Map<object, number>();
  const midnight = Math.floor(now.getTime() / DAY) * DAY;

  for (const { id, agentId } of rows.of('conversation')) {
    const first = rows.of('message').find((message) => message['conversationId'] === id && message['direction'] === 'inbound');
    if (first) rows.add('report_opening', opening({ conversationId: id, at: first['createdAt'], channel: first['channel'], agentId }));
  }
  for (let ago = DAYS; ago >= 1; ago -= 1) {
    const day = midnight - ago * DAY;
    const quiet = [0, 6].includes(new Date(day).getUTCDay()) ? 0.4 : 1;
    for (const desk of desks) {
      const { id: agentId } = known(cast.agents, desk.agent);
      const many = Math.round(desk.daily * quiet * (0.75 + random() * 0.5));
      for (let n = 0; n < many; n += 1) {
        const hour = pick(busy.map((weight, at) => [at, weight] as const));
        const at = new Date(day + hour * HOUR + Math.floor(random() * HOUR));
        const answered = random() < 0.94;
        rows.add(
          'report_opening',
          opening({
            at,
            channel: desk.channel,
            agentId,
            ...(answered
              ? {
                  answeredAt: after(at, 5 + random() ** 3 * 240),
                  answeredBy:
                    desk.agent === 'nova'
                      ? 'agent'
                      : pick([
                          ['approved', 6],
                          ['edited', 3],
                          ['person', 1],
                        ] as const),
                }
              : {}),
          }),
        );
        if (answered) tally(at, desk.channel, agentId, desk.agent);
        const due = (owed.get(desk) ?? 0) + (ago > 12 ? desk.rate : desk.since) * (0.75 + random() * 0.5);
        owed.set(desk, due >= 1 ? due - 1 : due);
        if (due < 1) continue;
        const route = pick(routes);
        const lunch = hour === 12 || hour === 13 ? 4.2 : hour >= 18 ? 1.8 : 1;
        const wait = desk.wait * lunch * (ago > DAYS / 2 ? 1.5 : 1) * (0.6 + random() ** 4 * 3);
        const came = random() < 0.95;
        const handedAt = after(at, 40 + random() * 200);
        rows.add('report_handoff', {
          workspaceId,
          conversationId: null,
          at: handedAt,
          agentId,
          channel: desk.channel,
          trigger: pick(triggers),
          intent: pick(intents),
          routeId: route === '' ? null : known(cast.routes, route === 'own' ? desk.route : route).id,
          answeredAt: came ? after(handedAt, wait) : null,
          endedAt: came ? null : after(handedAt, wait * 2),
        });
      }
    }
  }

  function opening(more: Row): Row {
    return { workspaceId, conversationId: null, answeredAt: null, answeredBy: null, ...more };
  }

  /** Messages and drafts of what is no longer kept, as they were added up when they went. */
  function tally(at: Date, channel: string, agentId: string, agent: AgentKey): void {
    const add = (measure: string, key: string, n: number, amount = 0): void =>
      rows.add('report_delta', { workspaceId, measure, hour: new Date(Math.floor(at.getTime() / HOUR) * HOUR), agentId, channel, key, n, amount });
    if (agent === 'nova') return add('answer', 'agent', 1 + Math.floor(random() * 3));
    const status = pick([
      ['approved', 62],
      ['edited', 27],
      ['rejected', 11],
    ] as const);
    add('draft', status, 1, status === 'edited' ? Math.round(400 + random() ** 2 * 5_200) : 0);
    add('answer', status === 'rejected' ? 'person' : status, 1);
  }
}

/** Numbers between 0 and 1, the same in every seed (mulberry32). */
function numbers(): () => number {
  let state = 20_260_612;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
