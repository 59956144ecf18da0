import type { Agent } from '../../server/contract/settings.ts';
import type { palette } from '../locales/en/palette.ts';
import { conversationOf } from '../store/select.ts';
import { keyHint } from '../ui/keys.ts';
import {
  handoff,
  lock,
  panel,
  person,
  plus,
  reply,
  robot,
  search,
  settings as settingsGlyph,
  skill,
  ticket,
  up,
  view as viewGlyph,
  type Glyph,
} from '../ui/icons.ts';
import { keysFor } from '../ui/shortcuts.ts';
import { toast } from '../ui/toast.ts';
import type { Spoken } from '../ui/words.ts';
import type { ConvInbox } from './conv-inbox.ts';
import type { ConvPool } from './conv-pool.ts';
import type { ConvThread } from './conv-thread.ts';
import { runMacro } from './macro-run.ts';
import { views } from './pool-view.ts';
import { openTickets } from './tickets-window.ts';

type Words = Spoken<typeof palette>;

/** One line of the palette. */
export interface Entry {
  readonly id: string;
  readonly group: keyof Words['t']['groups'];
  readonly label: string;
  readonly glyph?: Glyph;
  /** Instead of an icon: a face. */
  readonly mark?: unknown;
  readonly hint?: string;
  readonly keys?: string;
  readonly refused?: string;
  run(): void;
}

/** Where the palette was opened, and what it can ask of it. */
export interface Around {
  readonly inbox: ConvInbox;
  readonly pool: ConvPool | null;
  readonly thread: ConvThread | null;
  readonly words: Words;
  /** Titles of the settings, by section; empty for who may not change them. */
  readonly sections: readonly (readonly [id: string, title: string])[];
  readonly viewNames: Readonly<Record<(typeof views)[number], string>>;
}

/** Opens a conversation in the inbox. */
export function openIn({ pool }: Around, conversationId: string): void {
  pool?.dispatchEvent(new CustomEvent('conv-open', { detail: { conversationId }, bubbles: true, composed: true }));
}

const tell = ({ inbox, words }: Around, text: string): void => {
  toast(inbox, { text, dismiss: words.t.common.dismiss });
};

async function insertReply(around: Around, conversationId: string, replyId: string): Promise<void> {
  const {
    inbox: { store },
    thread,
    words,
  } = around;
  if (!store) return;
  const answer = await store.core.ask(() => store.core.client.api.v1.conversations[':id']['quick-replies'].$get({ param: { id: conversationId } }));
  const text = answer.ok ? answer.value.items.find(({ id }) => id === replyId)?.text : undefined;
  if (text === undefined) tell(around, words.t.notDone);
  else thread?.insert(text);
}

async function giveTo(around: Around, conversationId: string, { id, name }: Agent): Promise<void> {
  const {
    inbox: { store },
    words,
  } = around;
  const answer = await store?.conversations.transferToAi(conversationId, id);
  if (answer?.ok) tell(around, words.t.given(name));
}

/** All that can be done from here and all places to go to, but what has to be searched for. */
export function entriesOf(around: Around): Entry[] {
  const {
    inbox,
    pool,
    thread,
    words: { t },
  } = around;
  const { store, conversation, chosenKeys } = inbox;
  const state = store?.get();
  if (!state) return [];
  const { lists } = state;
  const open = conversation ? conversationOf(state, conversation) : undefined;
  const keys = (action: Parameters<typeof keysFor>[1]): string | undefined => keysFor(chosenKeys, action) || undefined;
  const look = (filter: Readonly<Record<string, unknown>>): void => {
    inbox.filter = filter;
    inbox.dispatchEvent(new CustomEvent('conv-filter', { detail: { filter }, bubbles: true, composed: true }));
  };
  const lines = pool?.chosenLines ?? [];
  const picked = lines.map(
    ({ label, glyph, mark, keys: hint, many, run }, at): Entry => ({
      id: `chosen-${at}`,
      group: many ? 'each' : 'chosen',
      label,
      glyph,
      mark,
      keys: hint || undefined,
      run,
    }),
  );
  const doing = (action: 'assume' | 'reply' | 'note' | 'unread', glyph: Glyph): Entry => ({
    id: `do-${action}`,
    group: 'here',
    label: t.sheet[action],
    glyph,
    keys: keys(action),
    run: () => void thread?.act(action),
  });
  const here: Entry[] = !open
    ? []
    : [
        ...(open.may.operatorSend.allowed ? [] : [doing('assume', person)]),
        doing('reply', reply),
        doing('note', lock),
        doing('unread', up),
        {
          id: 'do-details',
          group: 'here',
          label: t.sheet.details,
          glyph: panel,
          keys: keys('details'),
          run: () => thread?.dispatchEvent(new CustomEvent('conv-details', { bubbles: true, composed: true })),
        },
        ...(thread?.entries ?? []).flatMap((entry, at): Entry[] =>
          entry === 'line' || 'heading' in entry || typeof entry.label !== 'string'
            ? []
            : [
                {
                  id: `here-${at}`,
                  group: 'here',
                  label: entry.label,
                  glyph: entry.glyph,
                  keys: entry.keys || undefined,
                  refused: entry.refused,
                  run: () => entry.run(),
                },
              ],
        ),
        ...(lists.macros?.items ?? []).map(
          (macro): Entry => ({
            id: `macro-${macro.id}`,
            group: 'macros',
            label: macro.name,
            glyph: skill,
            run: () => void runMacro(inbox, thread, open.id, macro, around.words),
          }),
        ),
        ...(lists.agents?.items ?? [])
          .filter(({ active }) => active)
          .map(
            (agent): Entry => ({
              id: `agent-${agent.id}`,
              group: 'agents',
              label: t.transferTo(agent.name),
              glyph: robot,
              refused: open.contact.aiPaused ? t.paused : agent.replyMode === 'off' ? t.off : undefined,
              run: () => void giveTo(around, open.id, agent),
            }),
          ),
        ...(lists.quickReplies?.items ?? []).map(
          ({ id, name, text }): Entry => ({
            id: `reply-${id}`,
            group: 'replies',
            label: name,
            hint: text.split('\n')[0],
            glyph: reply,
            run: () => void insertReply(around, open.id, id),
          }),
        ),
      ];
  const go: Entry[] = [
    { id: 'begin', group: 'go', label: t.begin, glyph: plus, keys: keys('begin'), run: () => void pool?.begin() },
    { id: 'search', group: 'go', label: t.search, glyph: search, keys: keys('search'), run: () => pool?.focusSearch() },
    { id: 'tickets', group: 'go', label: t.tickets, glyph: ticket, run: () => pool && openTickets(pool, undefined, (id) => openIn(around, id)) },
    ...views.map(
      (view): Entry => ({
        id: `view-${view}`,
        group: 'go',
        label: around.viewNames[view],
        glyph: view === 'handedOff' ? handoff : viewGlyph,
        run: () => look({ view }),
      }),
    ),
    ...(lists.views?.items ?? []).map(
      (saved): Entry => ({ id: `view-${saved.id}`, group: 'go', label: saved.name, glyph: viewGlyph, run: () => look({ ...saved.filter, saved: saved.id }) }),
    ),
    {
      id: 'sheet',
      group: 'go',
      label: t.shortcuts,
      glyph: settingsGlyph,
      keys: keys('sheet'),
      run: () => void import('./shortcut-sheet.ts').then(({ openShortcuts }) => openShortcuts(inbox)),
    },
    ...around.sections.map(
      ([id, title]): Entry => ({
        id: `set-${id}`,
        group: 'settings',
        label: title,
        glyph: settingsGlyph,
        run: () => inbox.dispatchEvent(new CustomEvent('conv-section', { detail: { section: id }, bubbles: true, composed: true })),
      }),
    ),
  ];
  return [...picked, ...here, ...go];
}

/** The keys of an entry, as the reader's keyboard shows them. */
export const hintOf = ({ keys }: Entry): string => (keys ? keyHint(keys) : '');
