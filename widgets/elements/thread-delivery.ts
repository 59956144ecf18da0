import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { DeliveryStatus, Message } from '../../server/contract/message.ts';
import { composingTexts } from '../locales/composing.ts';
import type { operator } from '../locales/en/operator.ts';
import { operatorTexts } from '../locales/operator.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { alert, check, checks, clock, undo, up, type Glyph } from '../ui/icons.ts';
import { Popover } from '../ui/popover.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { menuSheet } from '../ui/sheets/menu.ts';
import { fullTime, timeOfDay } from '../ui/time.ts';
import { words, type Spoken } from '../ui/words.ts';
import type { Setting } from './thread-setting.ts';
import { fault } from './why.ts';

type Entry = NonNullable<Message['deliveryLog']>[number];

const glyphs: Record<DeliveryStatus, Glyph> = {
  queued: clock,
  sending: up,
  sent: check,
  delivered: check,
  read: checks,
  failed: alert,
  bounced: alert,
  unknown: alert,
  recalled: undo,
};
const bad: ReadonlySet<DeliveryStatus> = new Set(['failed', 'bounced', 'unknown']);

/** True where a message did not arrive, or nobody knows whether it did. */
export function wentWrong({ delivery }: Message): boolean {
  return delivery !== null && bad.has(delivery.status);
}

const wordOf = (status: DeliveryStatus, { t }: Spoken<typeof operator>): string =>
  status === 'recalled' ? t.thread.recalledBefore : t.shared.delivery[status];

/** Where a message is on its way: always a mark and a word. */
export function delivery({ status, at }: NonNullable<Message['delivery']>, { words }: Pick<Setting, 'words'>): TemplateResult {
  return html`<span class="delivery ${bad.has(status) ? 'bad' : ''}" title=${fullTime(words.tag, at)}>${icon(glyphs[status], 'sm')}${wordOf(status, words)}</span>`;
}

/** The same for a message of which more is known: every status that it has had, on being pressed. */
export function deliveryOf(message: Message, setting: Setting): TemplateResult | typeof nothing {
  if (!message.delivery) return nothing;
  return message.deliveryLog?.length
    ? html`<message-delivery .now=${message.delivery} .log=${message.deliveryLog}></message-delivery>`
    : delivery(message.delivery, setting);
}

/** One's own message before the server has it. */
export function waiting({ words }: Setting): TemplateResult {
  return html`<span class="delivery">${icon(clock, 'sm')}${words.t.thread.waits}</span>`;
}

/** Below a message that did not arrive: why, and the way to send it again. */
export function deliveryFoot(message: Message, setting: Setting): TemplateResult | typeof nothing {
  const status = message.delivery?.status;
  if (!status || !(bad.has(status) || status === 'recalled')) return nothing;
  const t = setting.words.t.thread;
  const { error, why } = message.delivery!;
  return html`${error ? fault(error, why) : status === 'unknown' ? t.unknownAsk : nothing}<message-again .status=${status} @again=${() => setting.retry(message)}></message-again>`;
}

const deliverySheet = css`
:host { display: inline-flex; font: inherit; color: inherit; }
.delivery { display: inline-flex; align-items: center; gap: 3px; min-block-size: 24px; margin-block: -4px; padding: 0; border: 0; border-radius: var(--conv-radius-xs); background: none; color: inherit; font: inherit; cursor: pointer; }
.delivery:hover, .delivery[aria-expanded="true"] { text-decoration: underline; text-underline-offset: 2px; }
.delivery.bad { color: var(--conv-urgent); font-weight: 500; }
.popover { padding: 12px; border-radius: var(--conv-radius-lg); background: var(--conv-raised); box-shadow: var(--conv-shadow-2); }
ol { display: grid; gap: 8px; margin: 0; padding: 0; list-style: none; font-size: var(--_fs-md); line-height: 20px; font-weight: 400; }
li { display: grid; grid-template-columns: 16px 1fr auto; gap: 0 8px; align-items: center; }
li > .i { color: var(--conv-ink-3); }
li.bad > :is(.i, b) { color: var(--conv-urgent); }
b { font-weight: 500; }
time { color: var(--conv-ink-3); font-variant-numeric: tabular-nums; }
bdi, fault-text { grid-column: 2 / -1; max-inline-size: 320px; overflow-wrap: anywhere; white-space: normal; color: var(--conv-ink-2); }
`;

/** Where a message is on its way; pressed, every status that it has had, with time and the provider's reason. Part of the thread. */
export class MessageDelivery extends ConvElement {
  static override styles = [menuSheet, deliverySheet];

  @property({ attribute: false }) now?: Entry;
  /** Oldest first. */
  @property({ attribute: false }) log: readonly Entry[] = [];
  private readonly words = words(this, operatorTexts);
  private readonly composing = words(this, composingTexts);
  private readonly statuses = new Popover(this);

  override render(): unknown {
    const { now, log, words: spoken } = this;
    if (!now) return nothing;
    const { tag } = spoken;
    const label = this.composing.t.delivery.log;
    const line = ({ status, at, error, why }: Entry): TemplateResult =>
      html`<li class=${bad.has(status) ? 'bad' : ''}>${icon(glyphs[status], 'sm')}<b>${wordOf(status, spoken)}</b><time datetime=${at} title=${fullTime(tag, at)}>${timeOfDay(tag, at)}</time>${
        error ? fault(error, why) : nothing
      }</li>`;
    return this.statuses.render(
      {
        look: `delivery ${bad.has(now.status) ? 'bad' : ''}`,
        content: html`${icon(glyphs[now.status], 'sm')}${wordOf(now.status, spoken)}<span class="sr">, ${label}</span>`,
      },
      {
        look: 'popover',
        label,
        role: 'dialog',
        align: 'end',
        content: () => html`<ol class="statuses" tabindex="-1">${log.map(line)}</ol>`,
        opened: (floating) => floating.querySelector<HTMLElement>('ol')?.focus(),
      },
    );
  }
}

const againSheet = css`
:host { display: inline-flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 4px 8px; font: inherit; color: inherit; }
`;

/**
 * Sends a message again; asks first where it may have arrived already.
 *
 * @fires again - it is to be sent again
 */
export class MessageAgain extends ConvElement {
  static override styles = [buttonsSheet, againSheet];

  @property({ attribute: false }) status?: DeliveryStatus;
  @state() private asked = false;
  private readonly words = words(this, operatorTexts);
  private readonly composing = words(this, composingTexts);

  override render(): unknown {
    const { t } = this.words;
    const { delivery: texts } = this.composing.t;
    if (!this.asked || this.status !== 'unknown') return html`<button type="button" class="linkish" @click=${this.handleAgain}>${t.thread.sendAgain}</button>`;
    return html`<span role="alert">${texts.maybe}</span><button type="button" class="linkish" @click=${this.send}>${texts.anyway}</button><button type="button" class="linkish" @click=${() => this.ask(false)}>${t.common.cancel}</button>`;
  }

  private readonly handleAgain = (): void => {
    if (this.status === 'unknown') this.ask(true);
    else this.send();
  };

  private ask(asked: boolean): void {
    this.asked = asked;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('button')?.focus());
  }

  private readonly send = (): void => {
    this.asked = false;
    this.dispatchEvent(new CustomEvent('again'));
  };
}

define('message-delivery', MessageDelivery);
define('message-again', MessageAgain);

declare global {
  interface HTMLElementTagNameMap {
    'message-delivery': MessageDelivery;
    'message-again': MessageAgain;
  }
}
