import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import { icon } from '../ui/icon.ts';
import { pause, play, robot } from '../ui/icons.ts';
import { ago } from '../ui/time.ts';
import { calledShort } from './called.ts';
import type { PoolWords } from './pool-row.ts';

/** Whether agents may answer this contact, why not, and the button that changes it. */
export function aiSection(
  words: PoolWords,
  conversation: SharedConversation,
  me: string | undefined,
  now: number,
  builtin: boolean,
  act: { pause(): void; resume(): void },
): TemplateResult {
  const { t } = words;
  const { contact } = conversation;
  const first = calledShort(contact, words);
  if (!contact.aiPaused) {
    return html`<section class="sec"><div class="ai-state">${icon(robot)}<p><span>${t.details.aiMay(first)}</span><small>${terms(words, conversation)}</small></p><button type="button" class="btn sm"
        @click=${act.pause}>${icon(pause, 'sm')}${t.details.pause}</button></div>${builtin && conversation.agent ? html`<p class="builtin">${t.shared.builtin}</p>` : nothing}</section>`;
  }
  const { by, at, reason } = contact.aiPaused;
  const who = by ? (by.id === me ? t.common.you : by.name) : t.thread.system;
  return html`<section class="sec"><div class="paused"><header>${icon(pause)}<span>${t.details.aiPaused(first)}</span></header>${
    reason ? html`<blockquote dir="auto">${reason}</blockquote>` : nothing
  }<footer><span>${t.details.pausedBy(who, ago(words, at, now))}</span><button type="button" class="btn sm" @click=${act.resume}>${icon(play, 'sm')}${t.details.resumeAi}</button></footer></div></section>`;
}

function terms({ t }: PoolWords, { agent, handoff, controller, replyMode }: SharedConversation): string {
  if (handoff) return t.details.aiAfterHandoff;
  if (!agent) return t.details.aiNoAgent;
  if (controller.kind === 'human') return t.details.aiPerson;
  return t.details.aiWithMode(agent.name, t.pool.mode[replyMode]);
}
