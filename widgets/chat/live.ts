import type { ConvChat, ConvChatEvents } from '../elements/conv-chat.ts';
import type { ConvChatPanel } from '../elements/conv-chat-panel.ts';
import '../elements/conv-chat-panel.ts';
import { beaconSheet } from '../ui/sheets/beacon.ts';
import { plainFacesSheet } from '../ui/sheets/plain-faces.ts';
import { adoptTokens, releaseTokens } from '../ui/tokens.ts';
import { Beacon } from './beacon.ts';
import { drawing, make } from './dom.ts';
import { unreadOf } from './state.ts';
import { VisitorStore } from './store.ts';
import type { ChatPlace } from './vault.ts';

const chevron = 'M4.5 6.25 8 9.75l3.5-3.5';

/** What the launcher is made of and knows. */
export interface Launcher {
  readonly host: ConvChat;
  readonly root: ShadowRoot;
  readonly frame: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly internals: ElementInternals;
  place(): ChatPlace;
  language(): string;
  label(): string;
}

/** The chat behind its launcher, from when somebody has opened it: the store, the marks on the button, the panel. */
export class LiveChat {
  opened = false;
  readonly #narrow = matchMedia('(width < 480px)');
  readonly #closedIcon: Element | null;
  #store?: VisitorStore;
  #beacon?: Beacon;
  #panel?: ConvChatPanel;
  #leave?: () => void;
  #key = '';
  #identityToken?: string;
  #unread = 0;

  constructor(private readonly launcher: Launcher) {
    for (const { styleSheet } of [plainFacesSheet, beaconSheet]) if (styleSheet) launcher.root.adoptedStyleSheets.push(styleSheet);
    this.#closedIcon = launcher.button.firstElementChild;
    launcher.frame.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.opened) return;
      event.stopPropagation();
      this.close();
    });
  }

  /** Reads what the page says anew: another workspace or another visitor is another chat. */
  follow(): void {
    const { host } = this.launcher;
    const { base, workspace, channelAccountId } = this.launcher.place();
    const key = [base, workspace, channelAccountId, host.identityToken, Boolean(host.getIdentityToken)].join('|');
    if (key !== this.#key) this.drop();
    this.#key = key;
    if (!host.isConnected || !workspace) return;
    if (this.opened) void this.#furnish();
    else void this.#begun().resume();
    this.#beacon?.draw(this.opened);
  }

  /** Opens the panel; settles when it is drawn. */
  async open(): Promise<void> {
    if (this.opened) return;
    this.opened = true;
    // One that was taken out of the page meanwhile is opened when it comes back.
    if (!this.launcher.host.isConnected) return;
    this.#raise();
    this.#tell('conv-open');
    await this.#furnish();
    if (this.opened) this.#panel?.focus();
  }

  close(): void {
    if (!this.opened) return;
    const { frame, root, button } = this.launcher;
    const inside = root.activeElement;
    this.opened = false;
    if (frame.matches(':popover-open')) frame.hidePopover();
    frame.removeAttribute('popover');
    this.#fit();
    if (inside) button.focus();
    this.#tell('conv-close');
  }

  /** Ends the session everywhere. */
  async end(): Promise<void> {
    this.#identityToken = undefined;
    await this.#begun().end();
    this.#ended();
  }

  /** The element has come back into the page. */
  back(): void {
    this.follow();
    if (this.opened) this.#raise();
  }

  /** Lets go of everything but whether it is open. */
  drop(): void {
    if (!this.#store) return;
    releaseTokens(document);
    this.#narrow.removeEventListener('change', this.#fit);
    this.#leave?.();
    this.#store.stop();
    this.#beacon?.clear();
    this.#panel?.remove();
    this.#store = undefined;
    this.#beacon = undefined;
    this.#panel = undefined;
  }

  #begun(): VisitorStore {
    if (this.#store) return this.#store;
    const { host, button, place, language, label } = this.launcher;
    const store = new VisitorStore({ ...place(), identify: (fresh) => this.#identify(fresh), language, ended: () => this.#ended() });
    this.#store = store;
    adoptTokens(document);
    // As long as it listens, the window holds it.
    this.#narrow.addEventListener('change', this.#fit);
    this.#beacon = new Beacon(store, { button, language, label, open: () => void host.open() });
    const leaves = [
      store.subscribe(() => {
        const { length } = unreadOf(store.get());
        if (length !== this.#unread) this.#tell('conv-unread', { unread: (this.#unread = length) });
        this.#beacon?.draw(this.opened);
      }),
      store.news((message) => this.#tell('conv-message', { message })),
    ];
    this.#leave = () => {
      for (const leave of leaves) leave();
    };
    return store;
  }

  /** Puts the panel in place, with everything that it needs. */
  async #furnish(): Promise<void> {
    const { host, frame, place } = this.launcher;
    const store = this.#begun();
    if (!this.#panel) {
      this.#panel = make('conv-chat-panel', { exportparts: 'panel' }, make('slot', { name: 'foot', slot: 'foot' }));
      this.#panel.addEventListener('close', () => this.close());
      frame.prepend(this.#panel);
    }
    const panel = this.#panel;
    panel.store = store;
    panel.base = place().base;
    panel.greeting = host.greeting;
    panel.questions = host.questions;
    panel.locale = host.locale || undefined;
    this.#fit();
    void store.open();
    await panel.updateComplete;
  }

  #ended(): void {
    this.close();
    this.drop();
  }

  async #identify(fresh: boolean): Promise<string | undefined> {
    const { host } = this.launcher;
    if (!host.getIdentityToken || (host.identityToken && !fresh)) return host.identityToken || undefined;
    if (fresh || this.#identityToken === undefined) this.#identityToken = (await host.getIdentityToken()) || undefined;
    return this.#identityToken;
  }

  /** Into the top layer, above whatever the page stacks up. */
  #raise(): void {
    const { frame } = this.launcher;
    frame.setAttribute('popover', 'manual');
    frame.showPopover();
    this.#fit();
  }

  readonly #fit = (): void => {
    const { frame, button, internals } = this.launcher;
    const full = this.opened && this.#narrow.matches;
    frame.classList.toggle('full', full);
    internals.states[this.opened ? 'add' : 'delete']('open');
    button.setAttribute('aria-expanded', String(this.opened));
    if (this.#closedIcon) button.firstElementChild?.replaceWith(this.opened ? drawing(chevron) : this.#closedIcon);
    if (this.#panel) {
      this.#panel.full = full;
      this.#panel.hidden = !this.opened;
      this.#panel.shown = this.opened;
    }
    this.#beacon?.draw(this.opened);
  };

  #tell(type: keyof ConvChatEvents, detail?: unknown): void {
    this.launcher.host.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }
}
