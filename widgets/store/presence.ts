import type { Viewer } from '../../server/contract/presence.ts';
import type { Core } from './core.ts';
import { LASTS, putPresence } from './reduce-passing.ts';
import type { State } from './state.ts';

/** How often a page says what it shows, in milliseconds; the server believes it for 7 s. */
const BEAT = 3_000;
/** For how long a page that is out of sight still counts as read, in milliseconds. */
const AWAY = 120_000;
/** How long going from one conversation to another may take before it is told, in milliseconds. */
const SETTLES = 150;

/** Says which conversations this page shows, and keeps who else has them open. Fetched with the first conversation. */
export class Presence {
  private readonly viewerId = crypto.randomUUID();
  private timer?: ReturnType<typeof setTimeout>;
  /** Since when the page is out of sight. */
  private hiddenAt?: number;
  /** What the server was told last, so that leaving is told once. */
  private told = '';

  constructor(
    private readonly core: Core,
    private readonly open: () => readonly string[],
  ) {
    if (document.visibilityState === 'hidden') this.hiddenAt = core.now();
    document.addEventListener('visibilitychange', this.handleSight);
    addEventListener('pagehide', this.handleLeave);
    addEventListener('pageshow', this.changed);
  }

  /** Another conversation is open, or none. */
  readonly changed = (): void => this.later(SETTLES);

  stop(): void {
    document.removeEventListener('visibilitychange', this.handleSight);
    removeEventListener('pagehide', this.handleLeave);
    removeEventListener('pageshow', this.changed);
    this.handleLeave();
  }

  private later(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.say(), wait);
  }

  private async say(): Promise<void> {
    const away = this.hiddenAt !== undefined && this.core.now() - this.hiddenAt > AWAY;
    const ids = away ? [] : this.open().slice(0, 20);
    const now = ids.join();
    if (now === '' && this.told === '') return;
    this.told = now;
    const asked = this.core.now();
    const answer = await this.core.ask(() => this.core.client.api.v1.presence.$post({ json: { viewerId: this.viewerId, conversationIds: [...ids] } }));
    if (answer.ok) this.core.update((state) => putViewers(state, ids, answer.value.items, asked, this.core.now()));
    if (this.told === now && now !== '') this.later(BEAT);
  }

  private readonly handleSight = (): void => {
    this.hiddenAt = document.visibilityState === 'hidden' ? this.core.now() : undefined;
    this.later(0);
  };

  /** The last word of a page that goes; it outlives the page. */
  private readonly handleLeave = (): void => {
    clearTimeout(this.timer);
    if (this.told === '') return;
    this.told = '';
    const body = JSON.stringify({ viewerId: this.viewerId, conversationIds: [] });
    void this.core.tell(() =>
      this.core.client.request('/v1/presence', { method: 'POST', headers: { 'content-type': 'application/json' }, body, keepalive: true }),
    );
  };
}

/**
 * Who has these conversations open, all of them: who is not named has none of them open.
 * @param asked when that was asked, in milliseconds since 1970: what was told since is newer
 */
function putViewers(state: State, conversationIds: readonly string[], viewers: readonly Viewer[], asked: number, now: number): State {
  const here = new Set([...conversationIds, ...viewers.map(({ conversationId }) => conversationId)]);
  const names = new Map([
    ...Object.entries(state.presence).map(([id, { value }]) => [id, value.name] as const),
    ...viewers.map(({ operatorId, name }) => [operatorId, name] as const),
  ]);
  let next = state;
  for (const [id, name] of names) {
    const before = state.presence[id];
    if (before && before.until - LASTS.presence > asked) continue;
    const seen = viewers.filter(({ operatorId }) => operatorId === id).map(({ conversationId, since }) => ({ conversationId, since }));
    const elsewhere = before?.value.viewing.filter(({ conversationId }) => !here.has(conversationId)) ?? [];
    if (seen.length > 0 || elsewhere.length < (before?.value.viewing.length ?? 0)) next = putPresence(next, id, name, [...seen, ...elsewhere], now, true);
  }
  return next;
}
