/* oxlint-disable unicorn/no-thenable -- a decision has two sides, now and then; neither is a function */
import type { Corrected, CorrectionKind, WhatIf, WhatIfResult } from '../contract/classifier.ts';
import { endpoints } from '../contract/endpoints.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { correctionOf, replyAnyway, shouldHaveStayedQuiet, suggestionGround, undoCorrection } from '../db/corrections.ts';
import type { CorrectionRow } from '../db/corrections.ts';
import { noteUse, usedToday } from '../db/model-use.ts';
import { groundOf, sampleOf } from '../db/what-if.ts';
import { suggestCard } from '../domain/card-suggestion.ts';
import { replyNeed } from '../model/builtin/reply-need.ts';
import { counted } from '../model/counted.ts';
import { ModelFailure } from '../model/failure.ts';
import { measured } from '../model/measured.ts';
import { createModels } from '../model/provider.ts';
import { replay } from '../pipeline/what-if.ts';
import { settled } from './conversations.ts';
import type { ApiDeps, App } from './deps.ts';
import { limit } from './limits.ts';
import { amountOf } from './model-use.ts';
import { invalid, notFound, ProblemError, toProblem } from './problem.ts';
import { mount } from './route.ts';

/** Replays by a configured model that an admin may cause in a minute. */
const PER_MINUTE = 20;
/** The first position that a card may have. */
const FIRST = -1_000_000;

/** What the classifier decides, what it would decide, and what people say of it. */
export function classifierRoutes(app: App, deps: ApiDeps): void {
  const models = {
    configured: measured(deps.models, (call, outcome, seconds) => deps.metrics.modelCalls.observe({ call, outcome }, seconds)),
    builtin: createModels(),
  };
  const { sql } = deps.db;

  async function whatIf(
    workspaceId: string,
    operatorId: string,
    agentId: string,
    change: WhatIf,
    signal: AbortSignal,
    progress?: (done: number, of: number) => void,
  ): Promise<WhatIfResult> {
    const ground = await groundOf(sql, workspaceId, agentId);
    if (!ground) throw notFound();
    if (!models.configured.builtin) await limit(sql, `what-if:${operatorId}`, PER_MINUTE);
    const messages = await sampleOf(sql, workspaceId, agentId, change.sample);
    if ('messageIds' in change.sample) {
      const there = new Set(messages.map(({ id }) => id));
      const missing = change.sample.messageIds.findIndex((id) => !there.has(id));
      if (missing !== -1) throw invalid(`sample.messageIds.${missing}`, 'is no message of a customer');
    }
    const { dailyTokenLimit: limitOfDay, id } = ground.agent;
    const spent = (): ProblemError => new ProblemError('daily_limit', `${ground.agent.name} has used its tokens of the day. Nothing was changed.`);
    const before = models.configured.builtin ? 0 : await usedToday(sql, workspaceId, id);
    if (!models.configured.builtin && limitOfDay !== null && before >= limitOfDay) throw spent();
    progress?.(0, messages.length);
    // What it uses counts as the agent's, also where it is given up half-way.
    const { models: configured, used } = counted(models.configured);
    const over = new AbortController();
    const told = (done: number): void => {
      progress?.(done, messages.length);
      if (limitOfDay !== null && done < messages.length && before + used.input + used.output >= limitOfDay) over.abort();
    };
    const { replayed, cost } = await replay(ground, change, { ...models, configured }, messages, {
      signal: AbortSignal.any([signal, over.signal]),
      timeoutMs: deps.config.model.timeoutMs,
      progress: told,
    })
      .catch((error: unknown) => {
        if (over.signal.aborted) throw spent();
        throw error instanceof ModelFailure
          ? new ProblemError('unavailable', `The model could not decide: ${error.message}. Nothing was changed.`, { cause: error })
          : error;
      })
      .finally(() => (used.input + used.output > 0 ? noteUse(sql, workspaceId, id, configured.name, used, false) : undefined));
    const decisions = replayed.map(({ message, ...decided }) => ({
      messageId: message.id,
      conversationId: message.conversationId,
      contact: { id: message.contact.id, name: message.contact.name },
      channel: message.channel,
      text: message.text.slice(0, 500),
      at: message.at.toISOString(),
      ...decided,
    }));
    const tally = (side: 'now' | 'then') => {
      const replied = decisions.filter((one) => one[side].replied).length;
      return { replied, quiet: decisions.length - replied };
    };
    return {
      decisions,
      flips: decisions.filter(({ now, then }) => now.replied !== then.replied),
      now: tally('now'),
      then: tally('then'),
      cost: {
        ...cost,
        amount: models.configured.builtin ? null : amountOf(deps.config.model.prices, { input: cost.inputTokens, output: cost.outputTokens }),
        day: models.configured.builtin ? null : { used: before + used.input + used.output, limit: limitOfDay },
      },
      models: { now: models.configured.name, then: change.model === 'builtin' ? models.builtin.name : models.configured.name },
    };
  }

  mount(app, deps, endpoints.whatIf, async ({ workspaceId, caller, params, body, signal, accept }) => {
    if (!/\btext\/event-stream\b/.test(accept)) return whatIf(workspaceId, caller.id, params.id, body, signal);
    return streamed(signal, (stop, send) => whatIf(workspaceId, caller.id, params.id, body, stop, (done, of) => send('progress', { done, of })));
  });

  mount(app, deps, endpoints.replyAnyway, async ({ change, sql: read, workspaceId, caller, params }) => {
    await change(async (unit) => settled(await replyAnyway(unit, params.id, caller.actor)));
    return corrected(read, workspaceId, params.id, 'reply_anyway');
  });

  mount(app, deps, endpoints.shouldHaveStayedQuiet, async ({ change, sql: read, workspaceId, caller, params }) => {
    await change(async (unit) => settled(await shouldHaveStayedQuiet(unit, params.id, caller.actor)));
    return corrected(read, workspaceId, params.id, 'should_have_stayed_quiet');
  });

  mount(app, deps, endpoints.undoCorrection, async ({ change, caller, params }) => {
    await change(async (unit) => settled(await undoCorrection(unit, params.id, caller.actor)));
  });
}

async function corrected(sql: Sql | Transaction, workspaceId: string, id: string, kind: CorrectionKind): Promise<Corrected> {
  const row = await correctionOf(sql, workspaceId, id, kind);
  if (!row) throw notFound();
  return { correction: { ...row, at: row.at.toISOString() }, suggestion: await suggestionFor(sql, workspaceId, row) };
}

async function suggestionFor(sql: Sql | Transaction, workspaceId: string, { kind, messageId, agentId }: CorrectionRow): Promise<Corrected['suggestion']> {
  const ground = await suggestionGround(sql, workspaceId, messageId);
  const text = ground && suggestCard(ground.text, kind === 'reply_anyway', replyNeed([ground.text], ground.lastFromTeam).reasonCode);
  if (!ground || !text) return null;
  const title = text.replace(/[.]$/, '').slice(0, 80);
  return {
    surface: 'classifier',
    title,
    text,
    scope: { ...(agentId ? { agentIds: [agentId] } : {}), channels: [ground.channel] },
    position: Math.max(FIRST, ground.firstPosition - 1),
  };
}

/** A result whose progress is told before it, as server-sent events; the work ends when nobody listens any more. */
function streamed<T>(gone: AbortSignal, work: (signal: AbortSignal, send: (event: string, data: unknown) => void) => Promise<T>): Response {
  const stop = new AbortController();
  const signal = AbortSignal.any([gone, stop.signal]);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (event: string, data: unknown): void => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
      };
      void work(signal, send)
        .then(
          (result) => send('result', result),
          (error: unknown) => send('problem', toProblem(error)),
        )
        .finally(() => {
          if (!stop.signal.aborted) controller.close();
        });
    },
    cancel: () => stop.abort(),
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' } });
}
