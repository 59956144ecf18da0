/** What agents use of the model, by day. */
import { endpoints } from '../contract/endpoints.ts';
import { modelUse } from '../db/model-use.ts';
import type { Tokens } from '../model/counted.ts';
import type { ApiDeps, App } from './deps.ts';
import { invalid } from './problem.ts';
import { mount } from './route.ts';

const DAY_MS = 86_400_000;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

export function modelUseRoutes(app: App, deps: ApiDeps): void {
  const { prices } = deps.config.model;
  mount(app, deps, endpoints.reportModelUse, async ({ sql, workspaceId, query }) => {
    const to = query.to ?? dayOf(Date.now());
    const from = query.from ?? dayOf(Date.parse(to) - 29 * DAY_MS);
    if (from > to) throw invalid('to', 'must not be before from');
    if (Date.parse(to) - Date.parse(from) > 732 * DAY_MS) throw invalid('from', 'must be at most two years before to');
    const rows = await modelUse(sql, workspaceId, from, to);
    return { from, to, items: rows.map((row) => ({ ...row, cost: amountOf(prices, { input: row.inputTokens, output: row.outputTokens }) })) };
  });
}

/** What tokens cost, in the currency of the prices, which are of a million tokens; null where none are set. */
export const amountOf = (prices: ApiDeps['config']['model']['prices'], { input, output }: Tokens): number | null =>
  prices ? Math.round((input * prices.input + output * prices.output) * 100) / 100_000_000 : null;
