import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import { icon } from '../ui/icon.ts';
import {
  alert,
  archive,
  clock,
  department,
  done,
  draft as draftGlyph,
  flag,
  handoff,
  info,
  link,
  merge as mergeGlyph,
  pause,
  person,
  play,
  playbook,
  quiet,
  robot,
  settings,
  sort,
  tag as tagGlyph,
  ticket,
  transfer,
  undo,
  type Glyph,
} from '../ui/icons.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { dayAndTime, listed } from '../ui/time.ts';
import { called } from './called.ts';
import { moment, speaker } from './thread-message.ts';
import type { Setting } from './thread-setting.ts';
import { whyInWords } from './why.ts';

type Lines = Setting['words']['t']['thread']['lines'];
type Code = keyof Lines;

/** What the words of a line need of where it stands. */
export type Teller = Pick<Setting, 'words' | 'me' | 'agent' | 'contact' | 'name'>;
/** What a line is made of, in a conversation and in its timeline. */
export type Told = Pick<Message, 'author' | 'code' | 'decision' | 'reason' | 'data' | 'text'>;

/** How each line looks: its icon, and copper where a person is awaited, madder where something is wrong. */
const looks: Record<Code, readonly [Glyph, ('agent' | 'copper' | 'madder')?]> = {
  answers: [robot, 'agent'],
  stayed_quiet: [quiet],
  did_not_answer: [quiet],
  could_not_answer: [alert, 'madder'],
  discarded: [undo],
  recalled: [undo],
  opted_out: [pause, 'copper'],
  opted_in: [play],
  copy_wrote: [person, 'copper'],
  handed_off: [handoff, 'copper'],
  route_chosen: [handoff, 'copper'],
  routed: [sort],
  routed_nobody: [sort, 'copper'],
  priority_raised: [flag, 'copper'],
  assumed: [person],
  resumed: [robot],
  transferred_to_ai: [robot],
  transfer_requested: [transfer],
  transferred: [transfer],
  transfer_declined: [transfer],
  transfer_cancelled: [transfer],
  transfer_expired: [transfer, 'copper'],
  ticket_created: [ticket],
  ticket_status: [ticket],
  mode_changed: [settings],
  mode_default: [settings],
  agent_changed: [robot],
  agent_removed: [robot],
  assigned: [person],
  took_on: [person],
  unassigned: [person],
  department_changed: [department],
  department_removed: [department],
  priority_changed: [flag],
  tagged: [tagGlyph],
  merged: [mergeGlyph],
  closed: [done],
  archived: [archive],
  playbook_goal: [playbook],
  playbook_exit: [playbook],
  reopened: [undo],
  snoozed: [clock],
  snoozed_message: [clock],
  unsnoozed: [undo],
  woke: [clock, 'copper'],
  woke_message: [clock],
  ai_paused: [pause],
  ai_resumed: [play],
  draft_rejected: [draftGlyph],
  draft_restored: [draftGlyph],
};

const isCode = (code: string | null | undefined): code is Code => typeof code === 'string' && Object.hasOwn(looks, code);

/** How the line of a code looks; undefined where we have no words for it. */
export const lookOfLine = (code: string): readonly [Glyph, string?] | undefined => (isCode(code) ? looks[code] : undefined);

/** Which line a message is: its code, or what its decision says where it has none. */
export function codeOf({ code, decision, data, author }: Told): Code | undefined {
  if (code === 'assigned' && text(data, 'assignee') === author.name) return 'took_on';
  if (code === 'mode_changed' && !text(data, 'replyMode')) return 'mode_default';
  if (code === 'agent_changed' && !text(data, 'agent')) return 'agent_removed';
  if (code === 'department_changed' && !text(data, 'department')) return 'department_removed';
  if (code === 'snoozed' && text(data, 'until') === 'next_message') return 'snoozed_message';
  if (code === 'woke' && text(data, 'cause') === 'message') return 'woke_message';
  if (code === 'routed' && data?.['nobody'] === true) return 'routed_nobody';
  if (isCode(code)) return code;
  if (decision) return decision.replied ? 'answers' : 'stayed_quiet';
  return undefined;
}

function text(data: Message['data'], key: string): string | undefined {
  const value = data?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The bold words of a line: who did what; `set` sets the names in it apart. */
function head(code: Code, message: Told, setting: Teller, set: (name: string) => string = (name) => name): string {
  const { lines } = setting.words.t.thread;
  const { shared } = setting.words.t;
  const { data } = message;
  const who = set(speaker(message, setting));
  const agent = set(text(data, 'agent') ?? (message.author.kind === 'agent' ? message.author.name : (setting.agent ?? setting.words.t.thread.ai)));
  switch (code) {
    case 'resumed':
    case 'transferred_to_ai':
    case 'agent_changed':
    case 'draft_rejected':
    case 'draft_restored':
      return lines[code](who, agent);
    case 'recalled':
    case 'could_not_answer':
      return lines[code](agent);
    case 'transfer_requested':
      return lines[code](who, set(text(data, 'to') ?? ''));
    case 'transfer_expired':
      return lines[code](set(text(data, 'to') ?? ''));
    case 'playbook_goal':
    case 'playbook_exit':
      return lines[code](set(text(data, 'playbook') ?? ''));
    case 'ticket_created':
      return lines[code](who, String(data?.['number'] ?? ''));
    case 'ticket_status': {
      const status = text(data, 'status') ?? '';
      const { ticketStatus } = setting.words.t.thread;
      return lines[code](who, String(data?.['number'] ?? ''), isKey(status, ticketStatus) ? ticketStatus[status] : status);
    }
    case 'assigned':
      return lines[code](who, set(text(data, 'assignee') ?? ''));
    case 'department_changed':
      return lines[code](who, set(text(data, 'department') ?? ''));
    case 'mode_changed': {
      const mode = text(data, 'replyMode') ?? '';
      return lines[code](who, isKey(mode, shared.mode) ? shared.mode[mode] : mode);
    }
    case 'priority_changed':
    case 'priority_raised': {
      const priority = text(data, 'priority') ?? '';
      const name = isKey(priority, shared.priority) ? shared.priority[priority] : priority;
      return code === 'priority_raised' ? lines[code](name) : lines[code](who, name);
    }
    case 'merged': {
      const from = text(data, 'handle') ?? text(data, 'contact');
      return lines[code](who, from ? set(from) : '');
    }
    case 'ai_paused':
    case 'ai_resumed':
      return lines[code](who, set(called(setting.contact, setting.words)));
    case 'snoozed':
      return lines[code](who, dayAndTime(setting.words.tag, text(data, 'until') ?? ''));
    case 'routed':
    case 'routed_nobody':
      return lines[code]([text(data, 'department'), text(data, 'assignee')].flatMap((name) => (name ? [set(name)] : [])).join(' · '));
    case 'woke':
    case 'woke_message':
      return lines[code]();
    default:
      return lines[code](who);
  }
}

function isKey<M extends object>(key: string, of: M): key is Extract<keyof M, string> {
  return Object.hasOwn(of, key);
}

/** Why, in the reader's language where it is one of our words, else as somebody wrote it. */
function why(code: Code, message: Told, setting: Teller): string {
  const { reasons, triggers } = setting.words.t.thread;
  const reason = message.reason ?? message.decision?.reason ?? '';
  const trigger = text(message.data, 'trigger') ?? '';
  const found = message.data?.['found'];
  if (code === 'playbook_goal') return '';
  const said = whyInWords(message.decision?.why ?? message.data?.['why'], setting.words.tag);
  if (said !== undefined) return said;
  // Where it is said what set it off, the reason is no person's words.
  const ours = found !== undefined || !reason;
  if (isKey(reason, reasons)) return reasons[reason];
  if (code === 'handed_off' && ours && isKey(trigger, triggers))
    return triggers[trigger] + (found && trigger !== 'fallback_loop' ? `: ${setting.words.t.shared.quoted(String(found))}` : '');
  if (reason) return reason;
  if (code === 'route_chosen') return text(message.data, 'label') ?? '';
  const tags = message.data?.['tags'];
  if (code === 'ticket_created') return text(message.data, 'title') ?? '';
  return code === 'tagged' && Array.isArray(tags) ? listed(setting.words.tag, tags.map(String)) : '';
}

/** The words of such a line as one text; `set` sets the names in it apart. */
export function lineText(message: Told, setting: Teller, set?: (name: string) => string): string {
  const code = codeOf(message);
  if (!code) return message.text;
  return [head(code, message, setting, set), why(code, message, setting)].filter(Boolean).join(': ');
}

/** What people can say of a decision; fetched with the first of them. */
function correctable(line: Message): TemplateResult {
  void import('./thread-decision.ts');
  return html`<thread-decision .line=${line}></thread-decision>`;
}

/** A line that nobody said: what happened, who did it and why, with the card that decided. */
export function systemLine(message: Message, setting: Setting): TemplateResult {
  const code = codeOf(message);
  const [glyph, tone = ''] = code ? looks[code] : [message.kind === 'activity' ? link : info];
  const bold = code ? head(code, message, setting, apart) : '';
  const reason = code ? why(code, message, setting) : message.text;
  const { decision } = message;
  const card = decision?.cardId ? setting.name(decision.cardId) : undefined;
  return html`<p class="sys ${tone}">${icon(glyph)}<span>${bold ? html`<b>${sentence(bold)}${reason ? ':' : ''}</b> ` : nothing}${
    reason ? html`<bdi>${reason}</bdi>${card && !/[.!?…؟]$/.test(reason) ? '.' : ''}` : nothing
  }${card ? html` <span class="from-card">${sentence(setting.words.t.thread.card(apart(card)))}</span>` : nothing}${decision ? correctable(message) : nothing}</span>${moment(message.createdAt, setting)}</p>`;
}
