import type { ReactiveController } from 'lit';
import { operatorTexts } from '../locales/operator.ts';
import type { StoreElement } from '../store/element.ts';
import type { Connection, Outcome } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';

/**
 * For the element that made its session: tells the host page how the connection stands, and its reader what came of what
 * was asked.
 */
export class Answering implements ReactiveController {
  private readonly words;
  private store?: Store;
  private stop?: () => void;
  private told?: Connection;

  constructor(private readonly host: StoreElement) {
    this.words = words(host, operatorTexts);
  }

  hostUpdated(): void {
    const store = this.host.answers ? this.host.store : undefined;
    if (store !== this.store) {
      this.stop?.();
      this.store = store;
      this.stop = store?.subscribe(this.look);
    }
    this.look();
  }

  hostDisconnected(): void {
    this.stop?.();
    this.stop = undefined;
    this.store = undefined;
    this.told = undefined;
  }

  private readonly look = (): void => {
    if (!this.host.answers) return;
    this.tellConnection(this.host.connection);
    for (const outcome of this.store?.get().outcomes ?? []) {
      this.store?.dismissOutcome(outcome.id);
      this.show(outcome);
    }
  };

  private tellConnection(connection: Connection): void {
    if (connection === this.told) return;
    this.told = connection;
    this.host.requestUpdate();
    this.dispatch('conv-connection', { connection });
    if (connection === 'unauthorized') this.dispatch('conv-unauthorized', {});
  }

  private show({ problem, action, conversationId }: Outcome): void {
    const { t } = this.words;
    const { refused: names, why: reasons } = t.provider;
    const what = action in names ? names[action as keyof typeof names] : names.other;
    const why = problem.code in reasons ? reasons[problem.code as keyof typeof reasons] : undefined;
    this.dispatch('conv-error', { code: problem.code, detail: problem.detail, action, conversationId });
    toast(this.host, { text: why ? t.provider.because(what, why) : what, dismiss: t.common.dismiss });
  }

  private dispatch(type: string, detail: object): void {
    this.host.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
