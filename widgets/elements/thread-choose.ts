import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { keyOf, type PoolFilter } from '../store/filter.ts';
import { conversationOf } from '../store/select.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { blank } from '../ui/blank.ts';
import { keyHint } from '../ui/keys.ts';
import { select, shallow } from '../ui/select.ts';
import { keysFor, type Action } from '../ui/shortcuts.ts';
import { number, waited } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';

/** Those who wait for a person, the most pressing first. */
const waitingOnes: PoolFilter = { handedOff: true, sort: 'priority' };

/** The conversation in which a person has waited longest, of those that are loaded. */
function longestWaiting(now: State): SharedConversation | undefined {
  const waiting = (now.pools[keyOf(waitingOnes)]?.ids ?? []).flatMap((id) => conversationOf(now, id) ?? []).filter((one) => one.waitingSince !== null);
  return waiting.toSorted((one, other) => ((one.waitingSince ?? '') < (other.waitingSince ?? '') ? -1 : 1))[0];
}

/** Follows what is unread and who waits, for as long as no conversation is open. */
export class Choosing implements ReactiveController {
  private store?: Store;
  private stops: (() => void)[] = [];
  private readonly slice;

  constructor(
    private readonly host: StoreElement,
    private readonly conversation: () => string | undefined,
  ) {
    host.addController(this);
    this.slice = select(
      host,
      () => this.store,
      (state) => ({ counts: state.counts[''], longest: longestWaiting(state) }),
      shallow,
    );
  }

  hostUpdate(): void {
    const store = this.conversation() ? undefined : this.host.store;
    if (store === this.store) return;
    this.hostDisconnected();
    this.store = store;
    if (store) this.stops = [store.pools.watchCounts({}), store.pools.watchPool(waitingOnes)];
  }

  hostDisconnected(): void {
    for (const stop of this.stops) stop();
    this.stops = [];
    this.store = undefined;
  }

  /** Opens the conversation in which a person has waited longest; false when nobody waits. */
  openLongest(): boolean {
    const longest = this.store && longestWaiting(this.store.get());
    if (longest) this.host.dispatchEvent(new CustomEvent('conv-open', { detail: { conversationId: longest.id }, bubbles: true, composed: true }));
    return longest !== undefined;
  }

  /** What stands where no conversation is open. `keys` tells those of the inbox round it. */
  render(words: Spoken<typeof operator>, now: number, keys: boolean): TemplateResult {
    const { t, tag } = words;
    const { choose } = t.thread;
    const key = (action: Action): string => keyHint(keysFor(this.host.chosenKeys, action));
    const { counts, longest } = this.slice.value ?? {};
    const waiting = counts?.views.handedOff.total ?? 0;
    const unread = counts?.all.unread ?? 0;
    const said =
      counts &&
      [
        unread > 0 ? choose.unread(unread, number(tag, unread)) : choose.allRead,
        longest?.waitingSince && waiting > 0 ? choose.waiting(waiting, number(tag, waiting), waited(words, longest.waitingSince, now)) : choose.noneWaits,
      ].join(' ');
    return blank({
      title: choose.title,
      text: said,
      acts: longest
        ? html`<button type="button" class="btn primary" @click=${() => this.openLongest()}>${choose.openLongest}${keys ? html` <kbd>${key('longest')}</kbd>` : nothing}</button>`
        : undefined,
      foot: keys
        ? html`<span class="keys"><span><kbd>${key('next')}</kbd> <kbd>${key('previous')}</kbd> ${choose.move}</span><span><kbd>${key('search')}</kbd> ${choose.search}</span></span>`
        : undefined,
    });
  }
}
