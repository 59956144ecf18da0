import { html, nothing, type TemplateResult } from 'lit';
import type { Identity } from '../../server/contract/contact.ts';
import type { composing } from '../locales/en/composing.ts';
import type { operator } from '../locales/en/operator.ts';
import type { ConvElement } from '../ui/base.ts';
import type { Spoken } from '../ui/words.ts';
import type { Target } from './composer-aim.ts';
import type { Obstacle } from './composer-base.ts';
import { optedOutBlock, silentBlock } from './composer-silent.ts';
import type { Filled } from './composer-templates.ts';
import { closedBlock, type ReplyWindow } from './composer-window.ts';
import type { ComposerPort } from './thread-ports.ts';

/** What can be done where a reply cannot go out. */
export interface StopPort {
  /** The customer's handles. */
  identities(): readonly Identity[];
  templates(): ComposerPort['templates'] | undefined;
  sendTemplate(filled: Filled): void;
  /** Writes to another handle of the customer. */
  writeTo(identityId: string): void;
}

/** Stands in place of a reply that cannot go out: why, the customer's other handles, and the templates that may be sent all the same. */
export class ComposerStop {
  /** One of the templates is being chosen. */
  private choosing = false;

  constructor(
    private readonly host: ConvElement,
    private readonly port: StopPort,
    private readonly words: Spoken<typeof operator>,
    private readonly own: Spoken<typeof composing>,
  ) {}

  /**
   * @param window the time for free answers, where there is a limit
   * @param lastInboundAt when the customer last wrote
   */
  render(obstacle: Obstacle, { identity, channel }: Target, window: ReplyWindow | undefined, lastInboundAt: string | null): TemplateResult {
    const { words, own, port, choosing } = this;
    const writeTo = (id: string): void => port.writeTo(id);
    if (obstacle === 'optedOut' && identity?.optedOutAt)
      return optedOutBlock({ ...identity, optedOutAt: identity.optedOutAt }, port.identities(), words, own, writeTo);
    if (obstacle !== 'closed' || !window) return silentBlock(channel, port.identities(), words, writeTo);
    return html`${closedBlock(window, channel, lastInboundAt, channel === 'whatsapp' && !choosing ? this.choose : undefined, words, own)}${
      choosing
        ? html`<composer-templates .read=${port.templates()} @template-send=${this.handleSend} @template-cancel=${this.leave}></composer-templates>`
        : nothing
    }`;
  }

  /** Chooses no template any more. */
  readonly leave = (): void => {
    if (!this.choosing) return;
    this.choosing = false;
    this.host.requestUpdate();
  };

  private readonly choose = (): void => {
    void import('./composer-templates.ts');
    this.choosing = true;
    this.host.requestUpdate();
  };

  private readonly handleSend = ({ detail }: CustomEvent<Filled>): void => {
    this.leave();
    this.port.sendTemplate(detail);
  };
}
