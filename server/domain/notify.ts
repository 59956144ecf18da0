import type { Notification } from '../contract/events.ts';

export type Kind = Notification['kind'];

/** What somebody did or what happened, as far as it decides who is told. */
export interface Happening {
  kind: Kind;
  /** Whom it names: the assigned, the asked, the mentioned; of a delivery whoever sent the message. */
  named: readonly string[];
  /** Who holds the conversation. */
  assigneeId: string | null;
  /** Of its department. */
  members: readonly string[];
  /** The operator whose act it is; null where it was none's. */
  by: string | null;
}

/** Kinds that are only for those that they name; the others want somebody, whoever it is. */
const personal: ReadonlySet<Kind> = new Set(['assignment', 'transfer', 'mention']);

/**
 * Who is told. Of an assignment, a transfer and a mention: those that it names. Of the others, the first of these that has
 * anybody: those that it names, whoever holds the conversation, the members of its department, the whole team. Nobody is told
 * of their own act, and nobody who is not of the team any more.
 *
 * @param team the active operators
 */
export function whoIsTold({ kind, named, assigneeId, members, by }: Happening, team: readonly string[]): string[] {
  const active = new Set(team);
  const tiers = personal.has(kind) ? [named] : [named, assigneeId ? [assigneeId] : [], members, team];
  for (const tier of tiers) {
    const told = [...new Set(tier)].filter((id) => id !== by && active.has(id));
    if (told.length > 0) return told;
  }
  return [];
}

/** How somebody is told: in the element, by the browser, by a sound. */
const WAYS = ['element', 'browser', 'sound'] as const;
type Way = (typeof WAYS)[number];

/** Without a word of the operator's: shown in the element and by the browser, without a sound. */
const unlessSet: Record<Way, boolean> = { element: true, browser: true, sound: false };

/**
 * Whether an operator wants to be told of a kind at all. Its profile names a kind (`mention`, all ways at once) or a kind and
 * a way (`mention.sound`).
 */
export function wants(settings: Readonly<Record<string, boolean>>, kind: Kind): boolean {
  return settings[kind] !== false && WAYS.some((way) => settings[`${kind}.${way}`] ?? unlessSet[way]);
}
