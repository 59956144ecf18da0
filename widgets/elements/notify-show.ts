import type { Notification as Note } from '../../server/contract/events.ts';
import { languageOf } from '../locales/catalogue.ts';
import { notifyTexts } from '../locales/notify.ts';
import { operatorTexts } from '../locales/operator.ts';
import { asks } from '../store/notifications.ts';
import type { StoreElement } from '../store/element.ts';
import { number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { chime } from './notify-sound.ts';
import { badge } from './notify-title.ts';
import { said, smallPrint, wants } from './notify-words.ts';

/** How long notifications that come together gather, in milliseconds. */
const GATHERS = 200;
/** More at once are told in one sentence. */
const SINGLY = 2;
/** How long a tab holds on to one that it shows, so that no other shows it later, in milliseconds. */
const HELD = 90_000;

/**
 * Shows notifications as they come: in the element, by the browser, by a sound, each as its operator wants it; and how many
 * are unread before the title of the page. Of all tabs of an origin one shows it: that which the reader is at, else one
 * that can be seen, else any.
 */
export class NotifyShow {
  private readonly texts;
  private readonly shared;
  private readonly gathered: Note[] = [];
  private gathering?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly host: StoreElement,
    private readonly open: (conversationId: string) => void,
    private readonly showList: () => void,
  ) {
    this.texts = words(host, notifyTexts);
    this.shared = words(host, operatorTexts);
  }

  /** Looks for what came; to be called with every change. */
  look(): void {
    const { store } = this.host;
    if (!store) return;
    badge(this, store.get().notifications.unread);
    for (const one of store.news.take()) void this.meet(one);
  }

  /** The element is gone. */
  stop(): void {
    clearTimeout(this.gathering);
    badge(this, 0);
  }

  private async meet(one: Note): Promise<void> {
    const delay = document.hasFocus() ? 0 : document.visibilityState === 'visible' ? 150 : 400;
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    if (!(await claim(`convene-notification ${one.id}`))) return;
    await notifyTexts.load(languageOf(this.host.language));
    const { store } = this.host;
    if (!store || store.get().notifications.items.some(({ id, readAt }) => id === one.id && readAt !== null)) return;
    // Whoever has it before them needs no word of it.
    if (document.hasFocus() && one.conversationId && !asks(one) && store.threads.openIds().includes(one.conversationId))
      return store.news.opened(one.conversationId);
    this.gathered.push(one);
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      this.tell(this.gathered.splice(0));
    }, GATHERS);
  }

  private tell(all: readonly Note[]): void {
    const { store } = this.host;
    const set = store?.get().me?.notifications ?? {};
    const here = all.filter(({ kind }) => wants(set, kind, 'element') && !(kind === 'transfer' && this.asksShown));
    if (here.length > SINGLY) this.toast(this.texts.t.several(number(this.texts.tag, here.length)), { label: this.texts.t.show, run: this.showList });
    else
      for (const one of here)
        this.toast(said(one, this.texts, store), one.conversationId ? { label: this.texts.t.open, run: () => this.choose(one) } : undefined);
    if (!document.hasFocus()) this.tellBrowser(all.filter(({ kind }) => wants(set, kind, 'browser')));
    if (all.some(({ kind }) => wants(set, kind, 'sound'))) chime();
  }

  /** The inbox shows questions to take over, and what became of one's own, by itself. */
  private get asksShown(): boolean {
    const root = this.host.getRootNode();
    return root instanceof ShadowRoot && root.host.localName === 'conv-inbox';
  }

  private toast(text: string, act: { label: string; run(): void } | undefined): void {
    toast(this.host, { text, dismiss: this.texts.t.dismiss, ...(act ? { acts: [act] } : {}) });
  }

  private tellBrowser(all: readonly Note[]): void {
    if (all.length === 0 || !('Notification' in window) || Notification.permission !== 'granted') return;
    const one = all.length === 1 ? all[0] : undefined;
    const title = one ? said(one, this.texts, this.host.store) : this.texts.t.several(number(this.texts.tag, all.length));
    try {
      const shown = new Notification(title, { body: one ? smallPrint(one, this.shared) : '', tag: all[0]?.id ?? '', lang: this.texts.tag, silent: true });
      shown.onclick = () => {
        window.focus();
        if (one) this.choose(one);
        else this.showList();
        shown.close();
      };
    } catch {
      // Some browsers have them for service workers only.
    }
  }

  private choose(one: Note): void {
    if (one.readAt === null && !asks(one)) void this.host.store?.news.markRead([one.id]);
    if (one.conversationId) this.open(one.conversationId);
  }
}

/** Whether this tab is the first to take something; without locks, as on a page without TLS, each tab is on its own. */
function claim(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock ? new Promise<void>((over) => setTimeout(over, HELD)) : undefined;
      })
      .catch(() => resolve(true));
  });
}
