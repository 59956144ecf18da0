import { html, nothing } from 'lit';
import type { ConvElement } from '../ui/base.ts';
import type { Sought } from './events.ts';
import type { ConvLog } from './thread-log.ts';

/** What was searched for in a conversation, for as long as its places are shown there. */
export class Finding {
  private sought?: Sought & { readonly of: string };

  constructor(private readonly host: ConvElement) {}

  /** Shows the places in a conversation. */
  begin(sought: Sought, of: string): void {
    this.sought = { ...sought, of };
    void import('./thread-find.ts').then(() => this.host.requestUpdate());
  }

  render(of: string, log: () => ConvLog | null): unknown {
    return this.sought?.of === of ? html`<thread-find .sought=${this.sought} .log=${log} @conv-find-end=${this.end}></thread-find>` : nothing;
  }

  private readonly end = (): void => {
    this.sought = undefined;
    this.host.requestUpdate();
  };
}
