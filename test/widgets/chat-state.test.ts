import { expect } from 'chai';
import type { VisitorMessages } from '../../server/contract/chat.ts';
import type { VisitorMessage } from '../../server/contract/message.ts';
import { linesOf, type Line } from '../../widgets/chat/lines.ts';
import { blankState, newsBetween, onMessage, onNewest, onOlder, onSent, unreadOf, type ChatState } from '../../widgets/chat/state.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 5, 12, 9, minute)).toISOString();
const message = (minute: number, change: Partial<VisitorMessage> = {}): VisitorMessage => ({
  id: `m${minute}`,
  conversationId: 'c',
  direction: change.author ? 'outbound' : 'inbound',
  kind: 'message',
  author: { kind: 'contact', id: 'v', name: 'Visitor' },
  text: `Message ${minute}`,
  attachments: [],
  aiGenerated: false,
  delivery: null,
  createdAt: at(minute),
  ...change,
});
const nova = { kind: 'agent' as const, id: 'nova', name: 'Nova' };
const ana = { kind: 'operator' as const, id: 'ana', name: 'Ana' };
const page = (items: readonly VisitorMessage[], change: Partial<VisitorMessages> = {}): VisitorMessages => ({
  items: [...items],
  before: null,
  conversation: null,
  readAt: null,
  ...change,
});
const ready = (messages: readonly VisitorMessage[], change: Partial<ChatState> = {}): ChatState => ({ ...blankState, phase: 'ready', messages, ...change });
const ids = ({ messages }: Pick<ChatState, 'messages'>): string => messages.map(({ id }) => id).join(' ');
const kinds = (lines: readonly Line[]): string[] => lines.map(({ kind }) => kind);

describe('what the chat knows', () => {
  it('keeps older pages when the newest one joins on to them, and drops them across a gap', () => {
    const state = ready([message(1), message(2), message(3)], { before: 'older' });
    const joined = onNewest(state, page([message(3), message(4)], { before: 'newer' }));
    expect([ids(joined), joined.before]).to.deep.equal(['m1 m2 m3 m4', 'older']);
    const torn = onNewest(state, page([message(8), message(9)], { before: 'newer' }));
    expect([ids(torn), torn.before]).to.deep.equal(['m8 m9', 'newer']);
    expect(ids(onNewest(state, page([message(2), message(4)])))).to.equal('m1 m2 m4');
  });

  it('puts an older page in front, once', () => {
    const state = onOlder(ready([message(3), message(4)], { before: 'x' }), page([message(1), message(2), message(3)], { before: 'y' }));
    expect([ids(state), state.before]).to.deep.equal(['m1 m2 m3 m4', 'y']);
  });

  it('counts a history as read where nobody knows how far it was, and nothing else', () => {
    const news = [message(1, { author: nova }), message(2, { author: ana })];
    const elsewhere = onNewest({ ...blankState, phase: 'starting' }, page(news));
    expect(unreadOf(elsewhere)).to.deep.equal([]);
    expect(unreadOf(onMessage(elsewhere, message(3, { author: nova })))).to.have.length(1);
    expect(unreadOf(onNewest({ ...blankState, phase: 'starting', readAt: at(1) }, page(news)))).to.have.length(1);
    expect(unreadOf(onNewest(blankState, page(news, { readAt: at(0) })))).to.have.length(2);
    expect(unreadOf(onMessage(ready([]), message(1, { author: nova })))).to.have.length(1);
  });

  it('tells news from history', () => {
    const state = ready([message(3)]);
    const news = (next: ChatState): string =>
      newsBetween(state, next)
        .map(({ id }) => id)
        .join();
    expect(news(onMessage(state, message(4)))).to.equal('m4');
    expect(news(onMessage(state, message(3, { text: 'Edited' })))).to.equal('');
    expect(news(onOlder(state, page([message(1)])))).to.equal('');
    expect(newsBetween({ ...blankState, phase: 'starting' }, state)).to.deep.equal([]);
  });

  it('knows one’s own message when it comes over the stream before its sending is answered', () => {
    const waiting = { key: 'k', text: 'Hello ', attachments: [], at: at(4), failed: false };
    const state = onMessage(ready([], { waiting: [waiting], sending: 'k' }), message(4, { text: 'Hello' }));
    expect(kinds(linesOf(state, null))).to.deep.equal(['day', 'message']);
    expect(kinds(linesOf(onSent(state, 'k', message(4, { text: 'Hello' })), null))).to.deep.equal(['day', 'message']);
    const other = onMessage(ready([], { waiting: [waiting], sending: 'k' }), message(4, { text: 'Something else' }));
    expect(kinds(linesOf(other, null))).to.deep.equal(['day', 'message', 'waiting']);
  });

  it('marks days, what is new, who joined, and names each speaker once', () => {
    const day = 86_400_000;
    const messages = [
      message(0, { author: nova, createdAt: new Date(Date.parse(at(0)) - day).toISOString() }),
      message(1, { author: nova }),
      message(2, { author: nova }),
      message(3),
      message(4, { author: ana }),
      message(5, { author: ana }),
      message(6, { author: nova }),
      message(7, { author: ana }),
    ];
    const lines = linesOf(ready(messages), 'm5');
    expect(kinds(lines)).to.deep.equal([
      'day',
      'message',
      'day',
      'message',
      'message',
      'message',
      'joined',
      'message',
      'new',
      'message',
      'message',
      'joined',
      'message',
    ]);
    const shown = lines.flatMap((line) => (line.kind === 'message' ? [`${line.key}${line.named ? ' named' : ''}${line.introduced ? ' introduced' : ''}`] : []));
    expect(shown).to.deep.equal(['m0 named introduced', 'm1 named introduced', 'm2', 'm3', 'm4 named', 'm5', 'm6 named', 'm7 named']);
    expect(new Set(lines.map(({ key }) => key)).size).to.equal(lines.length);
  });
});
