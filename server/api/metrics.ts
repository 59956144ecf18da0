/** What Prometheus reads at `/metrics`. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Sql } from '../db/connect.ts';
import { logState } from '../db/events.ts';
import { standing, workAges, workStats } from '../db/work-stats.ts';
import type { HubStats } from '../events/hub.ts';

export interface Metrics {
  registry: Registry;
  /** A request was answered. @param route its pattern, of the few that there are; undefined where none fits */
  answered(method: string, route: string | undefined, status: number, seconds: number): void;
  /** Requests that are being answered, streams left out. */
  running: Gauge;
  /** Seconds that calls of the model took. */
  modelCalls: Histogram<'call' | 'outcome'>;
  /** Seconds between the moment that a job was due and its start. */
  jobDelays: Histogram<'task'>;
  /** A message was handed to its provider. */
  delivered(channel: string, account: string, outcome: string): void;
  /** Shows the streams of this process. */
  watchStreams(stats: () => HubStats): void;
}

/** Accounts that are counted each by itself; the others of a large deployment are counted together. */
const ACCOUNTS = 200;
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Of `/v1/conversations/:id/messages`, `conversations`: times are kept for each of these, not for each route, whose series would be thousands. */
const resourceOf = (route: string | undefined): string => route?.split('/').find((part, index) => index > 0 && part !== 'v1') || 'other';

/** One registry a server. What stands in the database is read when somebody asks; where it does not answer, the last values stay. */
export function createMetrics(sql: Sql): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'convene_' });

  /** Values that are read when somebody asks, one for each `what`. */
  const gauge = (name: string, help: string, read: () => object | Promise<object>): Gauge<'what'> =>
    new Gauge({
      name,
      help,
      labelNames: ['what'],
      registers,
      async collect() {
        const values = await Promise.resolve()
          .then(read)
          .catch(() => ({}));
        for (const [what, value] of Object.entries(values))
          this.set({ what: what.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) }, Number(value));
      },
    });
  const seconds = <Label extends string>(name: string, help: string, labelNames: Label[]): Histogram<Label> =>
    new Histogram({ name, help, labelNames, buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30], registers });

  gauge('convene_waiting', 'What waits to be done, over all workspaces', () => workStats(sql));
  gauge('convene_oldest_seconds', 'How old the oldest of what waits is', () => workAges(sql));
  gauge('convene_standing', 'Who works, and what is wrong, over all workspaces', () => standing(sql));
  gauge('convene_event_lag_seconds', 'For how long the oldest committed event is held back by an older transaction', async () => ({
    held: (await logState(sql)).heldFor / 1_000,
  }));

  const requests = new Counter({
    name: 'convene_http_requests_total',
    help: 'Requests that were answered',
    labelNames: ['resource', 'method', 'status'],
    registers,
  });
  const took = seconds('convene_http_request_seconds', 'Seconds that requests took', ['resource']);
  const deliveries = new Counter({
    name: 'convene_deliveries_total',
    help: 'Messages handed to providers',
    labelNames: ['channel', 'account', 'outcome'],
    registers,
  });
  const accounts = new Set<string>();

  return {
    registry,
    answered(method, route, status, spent) {
      const resource = resourceOf(route);
      requests.inc({ resource, method: METHODS.has(method) ? method : 'other', status: String(status) });
      took.observe({ resource }, spent);
    },
    running: new Gauge({ name: 'convene_http_requests_running', help: 'Requests that are being answered, streams left out', registers }),
    modelCalls: seconds('convene_model_call_seconds', 'Seconds that calls of the model took', ['call', 'outcome']),
    jobDelays: seconds('convene_job_delay_seconds', 'Seconds between the moment that a job was due and its start', ['task']),
    delivered(channel, account, outcome) {
      if (accounts.size < ACCOUNTS) accounts.add(account);
      deliveries.inc({ channel, account: accounts.has(account) ? account : 'others', outcome });
    },
    watchStreams(stats) {
      gauge('convene_streams', 'Streams of this process: open now, and what happened since its start', stats);
    },
  };
}
