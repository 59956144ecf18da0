import { css, html, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import { operatorTexts } from '../locales/operator.ts';
import { StoreElement } from '../store/element.ts';
import { conversationOf } from '../store/select.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { calendar, handoff as handoffGlyph, people, voice, type Glyph } from '../ui/icons.ts';
import { signal } from '../ui/marks.ts';
import { select } from '../ui/select.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { bannerSheet } from '../ui/sheets/banner.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { dialogSheet } from '../ui/sheets/dialog.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { noticeSheet } from '../ui/sheets/notice.ts';
import { Ticker } from '../ui/ticker.ts';
import { clock, fullTime, millis, waited } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import { ResumeDialog } from './banner-resume.ts';
import { calledShort } from './called.ts';
import { connectionNotice } from './connection-notice.ts';
import { Following } from './thread-following.ts';

const routeGlyph: Record<string, Glyph> = { call: voice, meeting: calendar, team: people };
/** From this many milliseconds on a wait is told in minutes and hours. */
const long = 3_600_000;

/**
 * Says that a conversation waits for a person: who handed it over and why, how the customer wants to be reached, for how
 * long they have been waiting, and the two ways on. Shows nothing while the conversation is not handed off.
 *
 * @attr conversation - id of the conversation
 * @fires conv-assumed - the operator took the conversation; `detail.conversationId`
 */
export class HandoffBanner extends StoreElement {
  static override styles = [
    buttonsSheet,
    marksSheet,
    fieldsSheet,
    dialogSheet,
    noticeSheet,
    bannerSheet,
    css`
    :host(:not(:state(shown))) { display: none; }
    .banner p { overflow-wrap: anywhere; }
  `,
  ];

  /** Id of the conversation. */
  @property() conversation?: string;

  private readonly shown = select(
    this,
    () => this.store,
    (state) => (this.conversation ? conversationOf(state, this.conversation) : undefined),
  );
  private readonly me = select(
    this,
    () => this.store,
    (state) => state.me?.id,
  );
  private readonly words = words(this, operatorTexts);
  private readonly ticker = new Ticker(this, 'minute');
  private readonly resume = new ResumeDialog(this, this.words);
  private busy = false;

  constructor() {
    super();
    this.addController(
      new Following(
        () => this.store,
        () => this.conversation,
      ),
    );
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const handoff = this.told?.handoff;
    if (handoff || this.notice !== nothing) this.internals.states.add('shown');
    else this.internals.states.delete('shown');
    this.ticker.setPace(handoff && this.ticker.now - this.since(this.told) < long ? 'second' : 'minute');
  }

  override render(): unknown {
    const conversation = this.told;
    if (!conversation?.handoff || this.notice !== nothing) return this.notice;
    const { handoff, agent, contact, department } = conversation;
    const { t, tag } = this.words;
    const { banner } = t.thread;
    const who = handoff.by?.name || (handoff.by?.kind === 'agent' ? agent?.name : undefined) || agent?.name || t.thread.system;
    const yours = conversation.assignee !== null && conversation.assignee.id === this.me.value;
    const why =
      handoff.trigger === 'manual' && handoff.reason
        ? html`<bdi>${handoff.reason}</bdi>`
        : sentence(banner.why[handoff.trigger](apart(calledShort(contact, this.words))));
    const wait = this.ticker.now - this.since(conversation);
    return html`<section class="banner" aria-label=${banner.label}>${icon(handoffGlyph)}<div>
        <p><strong>${sentence(banner.handedOver(apart(who)))}</strong> ${why}</p>
        <p class="banner-facts">${
          handoff.route
            ? signal('copper', routeGlyph[handoff.route.kind] ?? handoffGlyph, html`<span>${sentence(banner.wants(apart(handoff.route.label)))}</span>`)
            : nothing
        }${
          handoff.fields
            ? handoff.fields.map(
                ({ label, value, valid }) =>
                  html`<bdi class=${valid ? '' : 'dim'} title=${label || nothing}>${valid ? value : this.words.t.shared.quoted(value)}</bdi>`,
              )
            : handoff.route?.kind === 'call' && contact.phone
              ? html`<span class="num">${contact.phone}</span>`
              : nothing
        }${
          department ? html`<bdi class="hide-narrow">${department.name}</bdi>` : nothing
        }${conversation.assignee ? html`<bdi>${yours ? banner.yours : conversation.assignee.name}</bdi>` : nothing}</p></div>
      <div class="banner-wait" title=${fullTime(tag, conversation.waitingSince ?? handoff.at)}><b aria-hidden="true">${
        wait < long ? clock(tag, wait) : waited(this.words, this.since(conversation), this.ticker.now)
      }</b><span aria-hidden="true">${banner.waiting}</span><span class="sr">${banner.waitingFor(waited(this.words, this.since(conversation), this.ticker.now))}</span></div>
      <div class="banner-acts">${
        yours ? nothing : html`<button type="button" class="btn primary" ?disabled=${this.busy} @click=${this.handleAssume}>${banner.assign}</button>`
      }${agent ? html`<button type="button" class="btn" @click=${this.handleResume}><span class="cut">${banner.resume(agent.name)}</span></button>` : nothing}</div>
    </section>${this.resume.render()}`;
  }

  /** How the connection stands, where nothing round this element says it. */
  private get notice(): unknown {
    return this.answers ? connectionNotice(this, this.words) : nothing;
  }

  /** The conversation as it is told of. */
  private get told(): SharedConversation | undefined {
    return this.resume.underway ?? this.shown.value;
  }

  private since(conversation: SharedConversation | undefined): number {
    const at = conversation?.waitingSince ?? conversation?.handoff?.at;
    return at ? millis(at) : this.ticker.now;
  }

  private readonly handleResume = (): void => {
    const { value: conversation } = this.shown;
    if (conversation) this.resume.show(conversation);
  };

  private readonly handleAssume = async (): Promise<void> => {
    const { store, conversation } = this;
    if (!store || !conversation) return;
    this.busy = true;
    this.requestUpdate();
    const answer = await store.conversations.assume(conversation);
    this.busy = false;
    this.requestUpdate();
    if (answer.ok) this.dispatchEvent(new CustomEvent('conv-assumed', { detail: { conversationId: answer.value.id }, bubbles: true, composed: true }));
  };
}

define('handoff-banner', HandoffBanner);

declare global {
  interface HTMLElementTagNameMap {
    'handoff-banner': HandoffBanner;
  }
}
