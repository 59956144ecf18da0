import { setTimeout as delay } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { endpoints } from '../contract/endpoints.ts';
import type { Translation } from '../contract/translate.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { resolveConversation } from '../db/pool.ts';
import { claimTranslation, dropTranslation, keepTranslation, keptTranslation, translatable, translatableTurns } from '../db/translations.ts';
import type { Translatable } from '../db/translations.ts';
import { sameLanguage } from '../domain/language.ts';
import { detectLanguage } from '../model/builtin/language.ts';
import { ModelFailure } from '../model/failure.ts';
import { measured } from '../model/measured.ts';
import { callsFor, translateText } from '../pipeline/translate.ts';
import type { ApiDeps, App } from './deps.ts';
import { limit } from './limits.ts';
import { notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';

/** Calls of the model that an operator may cause in a minute. */
const PER_MINUTE = 120;
/** Texts that this process has translated at once. */
const AT_ONCE = 4;
/** Milliseconds after which is looked again for what somebody else translates. */
const LOOK_AGAIN_MS = 100;

/** Into other languages: what stands in conversations, and what is about to be sent. */
export function translateRoutes(app: App, deps: ApiDeps): void {
  const { db, config } = deps;
  const models = measured(deps.models, (call, outcome, seconds) => deps.metrics.modelCalls.observe({ call, outcome }, seconds));
  const turn = turns(AT_ONCE);
  const timeoutMs = config.model.timeoutMs;

  /** Has the model translate; counted against what the operator may cause. */
  async function ask(operatorId: string, text: string, to: string, from: string | null, signal: AbortSignal): Promise<Translation> {
    if (models.builtin) throw noModel();
    for (let calls = callsFor(text); calls > 0; calls -= 1) await limit(db.sql, `translate:${operatorId}`, PER_MINUTE);
    try {
      return { text: await turn(signal, () => translateText(models.language, { text, from, to }, { signal, timeoutMs })), from, to, provider: models.name };
    } catch (error) {
      if (error instanceof ModelFailure) throw unavailable(`Nothing was translated: ${error.message}.`, error);
      throw error;
    }
  }

  /** The same, line by line: a model that makes fewer of many, or more, is asked for each. */
  async function askLines(operatorId: string, text: string, to: string, from: string | null, signal: AbortSignal): Promise<Translation> {
    const lines = text.split('\n');
    const whole = await ask(operatorId, text, to, from, signal);
    const said = whole.text.split('\n').map((line) => line.trim());
    if (said.length === lines.length) return { ...whole, text: said.join('\n') };
    const each: string[] = [];
    for (const line of lines) each.push(line === '' ? '' : (await ask(operatorId, line, to, from, signal)).text.replace(/\s+/g, ' '));
    return { ...whole, text: each.join('\n') };
  }

  /** One at a time is at an item, in whichever process; the others wait for what it comes to. */
  async function askOnce(
    workspaceId: string,
    operatorId: string,
    item: Translatable,
    to: string,
    from: string | null,
    signal: AbortSignal,
    has = ask,
  ): Promise<Translation> {
    const owner = newId();
    for (;;) {
      const kept = await keptTranslation(db.sql, workspaceId, item, to);
      if (kept) return { ...kept, to };
      if (models.builtin) throw noModel();
      if (await claimTranslation(db.sql, workspaceId, item, to, owner, timeoutMs + 5_000)) break;
      await delay(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {
        throw unavailable('Nothing was translated: nobody waits for it any more.');
      });
    }
    try {
      const made = await has(operatorId, item.text, to, from, signal);
      await keepTranslation(db.sql, workspaceId, item, to, owner, made);
      return made;
    } catch (error) {
      await dropTranslation(db.sql, workspaceId, item, to, owner);
      throw error;
    }
  }

  mount(app, deps, endpoints.translateMessage, async ({ sql, workspaceId, caller, params, body: { to, automatic, turns }, signal }) => {
    const item = await (turns ? translatableTurns(sql, workspaceId, params.id, turns) : translatable(sql, workspaceId, params.id));
    if (!item || item.text.trim() === '') throw notFound();
    const { original } = item;
    if (original && sameLanguage(original.from, to)) return { text: original.text, from: item.language, to, provider: 'original' };
    const from = detectLanguage(item.text) ?? item.language;
    if (automatic && sameLanguage(from, to)) return { text: item.text, from, to, provider: 'original' };
    return askOnce(workspaceId, caller.id, item, to, from, signal, turns ? askLines : ask);
  });

  mount(app, deps, endpoints.translateText, async ({ sql, workspaceId, caller, params, body: { text, to }, signal }) => {
    await present(sql, workspaceId, params.id);
    return ask(caller.id, text, to, detectLanguage(text), signal);
  });
}

async function present(sql: Sql | Transaction, workspaceId: string, id: string): Promise<void> {
  if (!(await resolveConversation(sql, workspaceId, id))) throw notFound();
}

const unavailable = (detail: string, cause?: unknown): ProblemError => new ProblemError('translation_unavailable', detail, { cause });

const noModel = (): ProblemError => unavailable('No model that translates is set up on this server.');

/** Lets so many work at once; the others wait in order, and leave when their signal ends. */
function turns(most: number): <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (signal, work) => {
    if (free > 0) free -= 1;
    else {
      await new Promise<void>((resolve, reject) => {
        const go = (): void => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const leave = (): void => {
          waiting.splice(waiting.indexOf(go), 1);
          reject(new ModelFailure('aborted'));
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(go);
      });
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
