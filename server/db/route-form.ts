/** Asking a customer for what the route that it chose needs, and keeping what it says with the handoff. */
import { answered, newForm, nextField, questionText, readAnswer } from '../domain/route-form.ts';
import type { HandoffForm } from '../domain/route-form.ts';
import { formWords } from '../domain/words-form.ts';
import type { HeldConversation } from './conversation.ts';
import { insertOutbound } from './message.ts';
import { whyUnreachable } from './reach.ts';
import type { ChosenRoute } from './routes.ts';

/** Answers that came at once, by the name of their field. */
export type Filled = Readonly<Record<string, string>>;

/** What is wrong with answers to a route's fields, by the path of each; nothing where all may be kept. */
export function flawsOf({ fields }: ChosenRoute, filled: Filled): { path: string; message: string }[] {
  const unknown = Object.keys(filled)
    .filter((name) => !fields.some((field) => field.name === name))
    .map((name) => ({ path: `fields.${name}`, message: 'is not asked for by this route' }));
  const wrong = fields
    .filter((field) => !readAnswer(field, filled[field.name] ?? '').valid)
    .map(({ name, kind }) => ({
      path: `fields.${name}`,
      message: (filled[name] ?? '').trim() === '' ? 'must not be empty' : kind === 'phone' ? 'must be a phone number' : 'must say something',
    }));
  return [...unknown, ...wrong];
}

/**
 * Shows a route as chosen on the last message that offered it.
 * @returns the id of that message where the chat can show under it what the route asks for; undefined elsewhere
 */
export async function showChosen(held: HeldConversation, routeId: string): Promise<string | undefined> {
  const {
    row,
    unit: { sql, workspaceId },
  } = held;
  const [asked] = await sql<{ id: string; identityId: string; channel: string }[]>`
    update message m set chosen_route_id = ${routeId} where workspace_id = ${workspaceId} and id = (
      select id from message where workspace_id = ${workspaceId} and conversation_id = ${row.id} and routes is not null and delivery_status <> 'recalled' order by seq desc limit 1)
      and exists (select from jsonb_array_elements(m.routes) r where r ->> 'id' = ${routeId}::text)
    returning id, identity_id, channel`;
  if (!asked) return undefined;
  held.itemChanged(asked.id);
  held.visitorItemChanged(asked.id, asked.identityId, asked.channel);
  return asked.channel === 'chat' && row.channel === 'chat' ? asked.id : undefined;
}

/**
 * A route is chosen: keeps what was filled in at once, or begins to ask, one question after the other.
 * @param filled undefined where nothing was filled in and it has to be asked for
 * @param shown the message with which the chat shows all of it as a form: then nothing is asked in words
 */
export async function beginForm(held: HeldConversation, route: ChosenRoute, filled?: Filled, shown?: string): Promise<void> {
  const { row } = held;
  if (route.fields.length === 0) {
    if (row.handoffForm && !row.handoffForm.ended) row.handoffForm = null;
    return;
  }
  let form: HandoffForm = { ...newForm(route.id, route.fields), ended: row.handoffForm?.ended ?? false };
  if (filled) for (const field of route.fields) form = answered(form, field.name, readAnswer(field, filled[field.name] ?? ''));
  row.handoffForm = filled || shown === undefined ? form : { ...form, shown };
  if (!filled && shown === undefined) await askNext(held, false);
}

/**
 * The customer has written while a question is out: its answer. What is not what was asked for is asked once more, and then
 * taken as it is.
 * @param texts what it wrote after the question, oldest first
 */
export async function answerForm(held: HeldConversation, texts: readonly string[]): Promise<void> {
  const form = held.row.handoffForm;
  const field = form?.asked && form.fields.find(({ name }) => name === form.asked?.field);
  if (!form?.asked || !field || form.ended || texts.length === 0) return;
  const answer = readAnswer(field, texts.join('\n'));
  if (!answer.valid && !form.asked.again) return askNext(held, true);
  held.row.handoffForm = answered(form, field.name, answer);
  await askNext(held, false);
}

/** Asks for the next field, or once more for the one that is out; says thanks where nothing is left to ask. */
async function askNext(held: HeldConversation, again: boolean): Promise<void> {
  const { row, unit } = held;
  const form = row.handoffForm;
  if (!form || form.ended) return;
  const [contact] = await unit.sql<{ language: string | null; workspace: string }[]>`
    select c.language, w.name as workspace from contact c join workspace w on w.id = c.workspace_id where c.workspace_id = ${unit.workspaceId} and c.id = ${row.contactId}`;
  const language = contact?.language ?? null;
  const field = nextField(form);
  const text = field ? questionText(field, language, again) : formWords(language).done;
  // Whom nothing may be sent to cannot be asked; people see how far it came.
  if (await whyUnreachable(unit.sql, unit.workspaceId, row, text, held.now)) return;
  const messageId = await insertOutbound(held, {
    author: { kind: 'system', id: null, name: contact?.workspace ?? '' },
    sentBy: { kind: 'system', id: null },
    text,
    aiGenerated: false,
  });
  row.handoffForm = { ...form, asked: field ? { field: field.name, messageId, again } : null };
}
