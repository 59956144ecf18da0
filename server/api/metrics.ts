/** What Prometheus reads at `/metrics`. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Sql } from '../db/connect.ts';
import { logState } from '../db/events.ts';
import { workStats } from '../db/work-stats.ts';
import type { HubStats } from '../events/hub.ts';

export interface Metrics {
  registry: Registry;
  /** Seconds that requests took. */
  requests: Histogram<'method' | 'route' | 'status'>;
  /** Seconds that calls of the model took; `call` is what for, `outcome` is `ok` or a kind of failure. */
  modelCalls: Histogram<'call' | 'outcome'>;
  /** Messages handed to providers. */
  deliveries: Counter<'channel' | 'outcome'>;
  /** Shows the streams of this process. */
  watchStreams(stats: () => HubStats): void;
}

/** One registry a server. What stands in the database is read when somebody asks. */
export function createMetrics(sql: Sql): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'convene_' });

  new Gauge({
    name: 'convene_waiting', help: 'What waits to be done, over all workspaces', labelNames: ['what'] as const, registers,
    async collect() {
      for (const [what, count] of Object.entries(await workStats(sql))) this.set({ what: what.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) as 'what' }, count as number);
    },
  });
  new Gauge({
    name: 'convene_event_lag_seconds', help: 'For how long the oldest committed event is held back by an older transaction', registers,
    async collect() {
      this.set((await logState(sql)).heldFor / 1_000);
    },
  });

  return {
    registry,
    requests: new Histogram({
      name: 'convene_http_request_seconds', help: 'Seconds that requests took', labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10], registers,
    }),
    modelCalls: new Histogram({
      name: 'convene_model_call_seconds', help: 'Seconds that calls of the model took', labelNames: ['call', 'outcome'] as const,
      buckets: [0.01, 0.1, 0.5, 1, 2, 5, 10, 30], registers,
    }),
    deliveries: new Counter({ name: 'convene_deliveries_total', help: 'Messages handed to providers', labelNames: ['channel', 'outcome'] as const, registers }),
    watchStreams(stats) {
      new Gauge({
        name: 'convene_streams', help: 'Streams of this process: open now, and what happened since its start', labelNames: ['what'] as const, registers,
        collect() {
          for (const [what, count] of Object.entries(stats())) this.set({ what: what as 'what' }, count as number);
        },
      });
    },
  };
}
