import { css, html, nothing, type TemplateResult } from 'lit';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { MergePreview } from '../../server/contract/merge.ts';
import type { operator } from '../locales/en/operator.ts';
import type { mergeTexts } from '../locales/merge.ts';
import { channelGlyph } from '../ui/channels.ts';
import { icon } from '../ui/icon.ts';
import { handoff, info, pause, people } from '../ui/icons.ts';
import { face } from '../ui/people.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { ago, number } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { called } from './called.ts';

type Words = Spoken<typeof mergeTexts.english>;
type Common = Spoken<typeof operator>;

/** What the dialog of a merge adds to the shared looks. */
export const mergeOwnSheet = css`
.merge-says { color: var(--conv-ink-3); font-size: var(--_fs-sm); margin-block: 12px 4px; }
.merge-list { display: grid; max-block-size: 320px; overflow-y: auto; margin-inline: -8px; }
.merge-one { display: grid; grid-template-columns: 32px minmax(0, 1fr); gap: 0 14px; align-items: center; inline-size: 100%; padding: 8px; text-align: start; border-radius: var(--conv-radius-lg); --under: var(--conv-raised); }
.merge-one:hover { background: var(--conv-hover); }
.merge-one b, .merge-side b { display: block; overflow-wrap: anywhere; }
.merge-one p { color: var(--conv-ink-3); font-size: var(--_fs-sm); line-height: 16px; }
.merge-person { display: flex; gap: 8px; align-items: start; margin-block-start: 12px; }
.aside + .aside { margin-block-start: 8px; }
`;

/** Who a conversation is with, what it is about, and when something was last said in it. */
export function mergeSide({ contact, channel, subject, lastMessage, lastActivityAt }: Conversation, { t, tag }: Words, common: Common): TemplateResult {
  const about = subject?.trim() || lastMessage?.snippet || '';
  const when = t.last(ago({ t: common.t, tag }, lastMessage?.at ?? lastActivityAt, Date.now()));
  return html`${face({ id: contact.id, name: contact.name }, 32, channel === 'custom' ? undefined : channelGlyph[channel])}<div><b dir="auto">${called(contact, common)}</b>
    <p>${sentence(new Intl.ListFormat(tag, { type: 'unit', style: 'short' }).format(about ? [apart(about.slice(0, 60)), when] : [when]))}</p></div>`;
}

/** What will come of a merge; of two contacts, with the question whether they are one person. */
export function mergeSummary(preview: MergePreview, words: Words, common: Common, person: { checked: boolean; check: (event: Event) => void }): TemplateResult {
  const { t, tag } = words;
  const { messages, notes, draft, tickets, tags, controller, assignee, replyMode, contacts } = preview;
  const list = (parts: readonly string[]): string => new Intl.ListFormat(tag, { type: 'conjunction' }).format(parts);
  const along = list([
    t.messages(messages, number(tag, messages)),
    ...(draft ? [t.draft] : []),
    ...(notes > 0 ? [t.notes(notes, number(tag, notes))] : []),
    ...(tickets.length > 0 ? [t.tickets(tickets.length, list(tickets.map((one) => number(tag, one, { useGrouping: false }))))] : []),
    ...(tags.length > 0 ? [t.tags(tags.length, list(tags.map(({ name }) => name)))] : []),
  ]);
  const holder = controller.kind === 'agent' ? t.agentControls(controller.name ?? '') : assignee ? t.personControls(assignee.name) : t.teamControls;
  const mode = controller.kind === 'agent' ? ` ${t.mode(common.t.shared.mode[replyMode])}` : '';
  const handles = list((contacts?.handles ?? []).filter(({ channel }) => channel !== 'chat').map(({ handle }) => handle));
  return html`<p class="aside">${icon(info)}<span>${t.along(along)}</span></p>
    <p class="aside ${preview.handoff ? 'copper' : ''}">${icon(preview.handoff ? handoff : people)}<span>${holder}${mode}${preview.handoff ? ` ${t.handedOff}` : ''}</span></p>${
      contacts
        ? html`<p class="aside">${icon(contacts.paused ? pause : people)}<span>${t.contacts(contacts.from || common.t.shared.visitor, contacts.into || common.t.shared.visitor, handles || common.t.shared.channel.chat)}${contacts.paused ? ` ${t.pauseHolds}` : ''}</span></p>
        <label class="merge-person"><input type="checkbox" class="box" .checked=${person.checked} @change=${person.check}><span>${t.onePerson}</span></label>`
        : nothing
    }`;
}
