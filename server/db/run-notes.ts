import type { Decision } from '../contract/message.ts';
import type { Classification } from '../pipeline/classify.ts';
import type { SkillRun } from '../pipeline/skill-tool.ts';
import { routeChosen } from '../domain/words.ts';
import { change } from './change.ts';
import type { Db } from './change.ts';
import { chooseRoute } from './choose-route.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { answerForm } from './route-form.ts';
import { routeById } from './routes.ts';
import { raiseFor, routeIncoming } from './routing.ts';
import type { Run } from './run-load.ts';
import { holdRun } from './runs.ts';

/**
 * Writes what the classifier saw in a burst: intents and language on its messages, the contact's language where none was
 * known, a higher priority, and, for the first message of a conversation, where the routing rules send it.
 * @returns false where the run has lost its slot, also by what a rule decided
 */
export async function noteSignals(db: Db, run: Run, seen: Classification): Promise<boolean> {
  await noteLanguage(db, run, seen.language);
  const noted = await holdRun(db, run, async (held) => {
    const { sql, workspaceId } = held.unit;
    const changed = await sql<{ id: string }[]>`
      update message set intent = ${seen.intent}, language = ${seen.language}
      where workspace_id = ${workspaceId} and id = any(${run.burst.map((message) => message.id)}::uuid[])
        and (intent is distinct from ${seen.intent} or language is distinct from ${seen.language}) returning id`;
    for (const message of changed) held.itemChanged(message.id);
    await raiseFor(held, seen);
    await held.save();
    return true;
  });
  if (!noted || !run.first) return noted ?? false;
  return routeIncoming(db, run.workspaceId, run.conversationId, { ...seen, texts: run.burst.map((message) => message.text) }, db.signals.processId);
}

/** A change of its own: a contact's row is never taken while its conversation is held. */
async function noteLanguage(db: Db, run: Run, language: string | null): Promise<void> {
  if (!language || run.contact.language) return;
  await change(db, run.workspaceId, async (unit) => {
    const rows =
      await unit.sql`update contact set language = ${language}, version = version + 1 where workspace_id = ${run.workspaceId} and id = ${run.contact.id} and language is null returning id`;
    if (rows.length > 0) unit.emit({ kind: 'contact', audience: 'team', subjectId: run.contact.id });
  });
}

/**
 * Says in the thread that the agent is going to answer, and why.
 * @returns false where the run has lost its slot
 */
export async function noteDecision(db: Db, run: Run, decision: Decision): Promise<boolean> {
  const agent: ActorRow = { kind: 'agent', id: run.agent!.id, name: run.agent!.name };
  return (
    (await holdRun(db, run, async (held) => {
      await held.addLine({ code: 'answers', text: `${agent.name} answers`, reason: decision.reason, by: agent, decision });
      await held.save();
      return true;
    })) ?? false
  );
}

/**
 * Records a skill run in the thread.
 * @returns false where the run has lost its slot
 */
export async function noteSkillRun(db: Db, run: Run, skillRun: SkillRun): Promise<boolean> {
  const agent: ActorRow = { kind: 'agent', id: run.agent!.id, name: run.agent!.name };
  return (
    (await holdRun(db, run, async (held) => {
      const { name, args, result, summary, ms, ok } = skillRun;
      await held.addLine({ kind: 'skill', code: name, text: summary, by: agent, data: { args, result, ms, ok } });
      await held.save();
      return true;
    })) ?? false
  );
}

/** A change that a skill makes: only while the run has the word, with its effect and its event in one transaction. */
async function underRun<T>(db: Db, run: Run, work: (held: HeldConversation) => Promise<T>): Promise<T | null> {
  return holdRun(db, run, async (held) => {
    const value = await work(held);
    await held.save();
    return value;
  });
}

/**
 * Under an open handoff without a route, the customer's message chooses one of those that it was shown: by the button
 * pressed, by its number, or by its label. What names none of them is a message as any other.
 */
export async function noteChosenRoute(db: Db, run: Run): Promise<void> {
  const by: ActorRow = { kind: 'contact', id: run.contact.id, name: run.contact.name };
  await underRun(db, run, async (held) => {
    const { sql, workspaceId } = held.unit;
    const [asked] = await sql<{ seq: number; routes: { id: string; label: string }[] }[]>`
      select seq, routes from message where workspace_id = ${workspaceId} and conversation_id = ${run.conversationId} and routes is not null and delivery_status <> 'recalled' order by seq desc limit 1`;
    if (!asked) return;
    const said = await sql<{ text: string; chosen: string | number | null }[]>`
      select text, data -> 'chosenRoute' as chosen from message where workspace_id = ${workspaceId} and id = any(${run.burst.map(({ id }) => id)}::uuid[]) and seq > ${asked.seq} order by seq desc`;
    const named = said
      .map(({ text, chosen }) => asked.routes.find((route) => route.id === chosen) ?? routeChosen(text, asked.routes))
      .find((route) => route !== null);
    const route = named && (await routeById(sql, workspaceId, named.id));
    if (route) await chooseRoute(held, route, by, undefined, true);
  });
}

/** Under an open handoff whose route asks for something, what the customer wrote since the question answers it. */
export async function noteAnswer(db: Db, run: Run): Promise<void> {
  await underRun(db, run, async (held) => {
    const { sql, workspaceId } = held.unit;
    const asked = held.row.handoffForm?.asked;
    if (!asked) return;
    const said = await sql<{ text: string }[]>`
      select text from message where workspace_id = ${workspaceId} and id = any(${run.burst.map(({ id }) => id)}::uuid[])
        and seq > (select seq from message where workspace_id = ${workspaceId} and id = ${asked.messageId}) order by seq`;
    await answerForm(
      held,
      said.map(({ text }) => text),
    );
  });
}
