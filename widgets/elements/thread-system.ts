import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import { icon } from '../ui/icon.ts';
import {
  alert, archive, department, done, draft as draftGlyph, handoff, info, leave, link, merge, pause, people, person, play, quiet, robot, settings, transfer, undo, type Glyph,
} from '../ui/icons.ts';
import { moment, speaker } from './thread-message.ts';
import type { Setting } from './thread-setting.ts';

type Lines = Setting['words']['t']['thread']['lines'];
type Code = keyof Lines;

/** How each line looks: its icon, and copper where a person is awaited, madder where something is wrong. */
const looks: Record<Code, readonly [Glyph, ('agent' | 'copper' | 'madder')?]> = {
  answers: [robot, 'agent'],
  stayed_quiet: [quiet],
  blocked: [quiet],
  drafted: [draftGlyph, 'agent'],
  handed_off: [handoff, 'copper'],
  route_chosen: [handoff, 'copper'],
  assumed: [person],
  resumed: [robot],
  transferred_to_ai: [robot],
  transfer_asked: [transfer],
  transferred: [transfer],
  transfer_declined: [transfer],
  mode_changed: [settings],
  mode_default: [settings],
  agent_changed: [robot],
  agent_removed: [robot],
  assigned: [person],
  unassigned: [person],
  department_changed: [department],
  closed: [done],
  archived: [archive],
  reopened: [undo],
  ai_paused: [pause],
  ai_resumed: [play],
  recalled: [undo],
  agent_failed: [alert, 'madder'],
  run_stopped: [undo],
  draft_rejected: [draftGlyph],
  draft_dropped: [draftGlyph],
  joined: [people],
  left: [leave],
  merged: [merge],
};

const isCode = (code: string | null | undefined): code is Code => typeof code === 'string' && Object.hasOwn(looks, code);

/** Which line a message is: its code, or what its decision says where it has none. */
export function codeOf({ code, decision }: Message): Code | undefined {
  if (isCode(code)) return code;
  if (decision) return decision.replied ? 'answers' : 'stayed_quiet';
  return undefined;
}

function text(data: Message['data'], key: string): string | undefined {
  const value = data?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The bold words of a line: who did what. */
function head(code: Code, message: Message, setting: Setting): string {
  const { lines } = setting.words.t.thread;
  const { common, shared } = setting.words.t;
  const { data } = message;
  const who = speaker(message, setting);
  const agent = message.author.kind === 'agent' ? message.author.name : (text(data, 'agentName') ?? setting.agent ?? setting.words.t.thread.ai);
  const otherId = text(data, 'toId') ?? text(data, 'operatorId');
  const other = otherId === setting.me && otherId !== undefined ? common.you : (text(data, 'toName') ?? text(data, 'operatorName') ?? (otherId && setting.name(otherId)) ?? '');
  switch (code) {
    case 'resumed':
    case 'transferred_to_ai':
    case 'agent_changed':
    case 'draft_rejected':
      return lines[code](who, agent);
    case 'transfer_asked':
    case 'transferred':
    case 'assigned':
      return other ? lines[code](who, other) : message.text;
    case 'department_changed':
      return lines[code](who, text(data, 'departmentName') ?? '');
    case 'mode_changed': {
      const mode = text(data, 'replyMode') ?? text(data, 'mode') ?? '';
      return isMode(mode, shared.mode) ? lines[code](who, shared.mode[mode]) : lines.mode_default(who);
    }
    case 'ai_paused':
    case 'ai_resumed':
      return lines[code](who, setting.contact?.name ?? '');
    case 'recalled':
    case 'agent_failed':
    case 'run_stopped':
    case 'draft_dropped':
      return lines[code](agent);
    default:
      return lines[code](who);
  }
}

function isMode<M extends object>(mode: string, names: M): mode is Extract<keyof M, string> {
  return Object.hasOwn(names, mode);
}

/** Why, in the reader's language where it is one of our words, else as somebody wrote it. */
function why(code: Code | undefined, message: Message, setting: Setting): string {
  const { reasons, triggers } = setting.words.t.thread;
  const reason = message.reason ?? message.decision?.reason ?? '';
  if (isMode(reason, reasons)) return reasons[reason];
  if (reason) return reason;
  const trigger = text(message.data, 'trigger') ?? '';
  if (code === 'handed_off' && isMode(trigger, triggers)) return triggers[trigger];
  return code === 'route_chosen' ? (text(message.data, 'routeLabel') ?? '') : '';
}

/** The words of such a line as one text, for those who hear it. */
export function lineText(message: Message, setting: Setting): string {
  const code = codeOf(message);
  if (!code) return message.text;
  return [head(code, message, setting), why(code, message, setting)].filter(Boolean).join(': ');
}

/** A line that nobody said: what happened, who did it and why, with the card that decided. */
export function systemLine(message: Message, setting: Setting): TemplateResult {
  const code = codeOf(message);
  const [glyph, tone = ''] = code ? looks[code] : [message.kind === 'activity' ? link : info];
  const bold = code ? head(code, message, setting) : '';
  const reason = code ? why(code, message, setting) : message.text;
  const cardTitle = text(message.data, 'cardTitle');
  return html`<p class="sys ${tone}">${icon(glyph)}<span>${bold ? html`<b><bdi>${bold}</bdi>${reason ? ':' : ''}</b> ` : nothing}${
    reason ? html`<bdi>${reason}</bdi>` : nothing
  }${cardTitle ? html` <bdi class="from-card">${setting.words.t.thread.card(cardTitle)}</bdi>` : nothing}</span>${moment(message.createdAt, setting)}</p>`;
}
