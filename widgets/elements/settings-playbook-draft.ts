/** What is typed of a playbook. */
import type { OnGoal, PlaybookExit, PlaybookSlot, PlaybookStep } from '../../server/contract/playbook.ts';
import type { Playbook } from '../../server/contract/settings.ts';
import type { playbooksTexts } from '../locales/playbooks.ts';
import type { Words } from '../ui/words.ts';

export type PlaybookWords = Words<(typeof playbooksTexts)['english']>;

export interface PlaybookDraft {
  readonly name: string;
  readonly goal: string;
  readonly agentId: string;
  readonly begins: { readonly intents: readonly string[]; readonly keywords: readonly string[] };
  readonly steps: readonly PlaybookStep[];
  readonly slots: readonly PlaybookSlot[];
  readonly exits: readonly PlaybookExit[];
  readonly onGoal: OnGoal;
  readonly routeIds: readonly string[];
}

export const newStep: PlaybookStep = { text: '', skill: null, condition: '', slots: [] };
export const newSlot: PlaybookSlot = { name: '', type: 'text', choices: [], required: true, asks: 2, questions: [] };
export const newExit: PlaybookExit = { condition: '', keywords: [], does: 'hand_off', routeId: null };

export const draftOf = (playbook?: Playbook): PlaybookDraft => ({
  name: playbook?.name ?? '',
  goal: playbook?.goal ?? '',
  agentId: playbook?.agentId ?? '',
  begins: playbook?.begins ?? { intents: [], keywords: [] },
  steps: playbook?.steps ?? [newStep],
  slots: playbook?.slots ?? [],
  exits: playbook?.exits ?? [],
  onGoal: playbook?.onGoal ?? 'hand_off',
  routeIds: playbook?.routeIds ?? [],
});

/** The same as the API takes it. */
export const bodyOf = (draft: PlaybookDraft) => ({ ...draft, name: draft.name.trim(), agentId: draft.agentId || null });

/** Whether something was typed that is not saved. */
export const isChanged = (draft: PlaybookDraft, playbook?: Playbook): boolean => JSON.stringify(bodyOf(draft)) !== JSON.stringify(bodyOf(draftOf(playbook)));

/** A slot has another name: the steps that find it out follow. */
export const renamed = (draft: PlaybookDraft, at: number, name: string): PlaybookDraft => {
  const before = draft.slots[at]!.name;
  const others = draft.slots.filter((slot, place) => place !== at && slot.name === before);
  return {
    ...draft,
    slots: draft.slots.with(at, { ...draft.slots[at]!, name }),
    steps:
      before === '' || others.length > 0
        ? draft.steps
        : draft.steps.map((step) => ({ ...step, slots: step.slots.map((one) => (one === before ? name : one)) })),
  };
};

/** A slot is gone, also from the steps that found it out. */
export const withoutSlot = (draft: PlaybookDraft, at: number): PlaybookDraft => ({
  ...draft,
  slots: draft.slots.toSpliced(at, 1),
  steps: draft.steps.map((step) => ({ ...step, slots: step.slots.filter((one) => one !== draft.slots[at]!.name) })),
});

/** What a customer might write, for a try: one that answers, one that does not, one that wants a person. */
export function exampleLines(draft: PlaybookDraft, kind: 'answers' | 'vague' | 'person', { t }: PlaybookWords): string[] {
  const begin = draft.begins.keywords[0] ?? t.script.begin;
  if (kind === 'person') return [begin, t.script.person];
  if (kind === 'vague') return [begin, ...Array.from({ length: 3 }, () => t.script.vague)];
  const order = [...new Set([...draft.steps.flatMap(({ slots }) => slots), ...draft.slots.map(({ name }) => name)])];
  const sample: Record<PlaybookSlot['type'], string> = {
    text: t.script.vague,
    number: '2',
    date: '2030-06-12',
    choice: '1',
    email: 'marta@example.com',
    phone: '+31 20 555 0148',
  };
  return [begin, ...order.flatMap((name) => draft.slots.filter((slot) => slot.name === name).map((slot) => slot.choices[0] ?? sample[slot.type]))];
}
