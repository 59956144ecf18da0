import { ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Transfer } from '../../server/contract/conversation.ts';
import { operatorTexts } from '../locales/operator.ts';
import { StoreElement } from '../store/element.ts';
import { claimantOf, presentIn, typingIn } from '../store/select.ts';
import { sessionContext } from '../store/session.ts';
import type { Store } from '../store/store.ts';
import { Patience } from '../ui/blank.ts';
import { define } from '../ui/define.ts';
import type { MenuEntry } from '../ui/menu.ts';
import { select, shallow } from '../ui/select.ts';
import { Ticker } from '../ui/ticker.ts';
import { words } from '../ui/words.ts';
import type { ConvComposer } from './composer.ts';
import { connectionNotice } from './connection-notice.ts';
import type { Sought } from './events.ts';
import { ThreadKeys, type ThreadAction } from './shortcut-keys.ts';
import { failedNotice, failedThread, threadBones } from './thread-blank.ts';
import { Choosing } from './thread-choose.ts';
import { Finding } from './thread-finding.ts';
import { Following } from './thread-following.ts';
import type { ConvLog } from './thread-log.ts';
import type { ThreadMenu } from './thread-menu.ts';
import { Names } from './thread-names.ts';
import { composerPort, logPort } from './thread-ports.ts';
import { Seek } from './thread-seek.ts';
import { threadSheets } from './thread-sheet.ts';
import { sliceOf } from './thread-slice.ts';

/** What an open conversation is made of is fetched when the first one is opened, or is about to be. */
let made: typeof import('./thread-parts.ts') | undefined;
const fetchParts = async (): Promise<void> => {
  made = await import('./thread-parts.ts');
};

/**
 * One conversation: who is in control of it, everything that was said and done in it, and where one writes. It asks for
 * nothing but its id, and works alone or within `<conv-inbox>`.
 *
 * @attr conversation - id of the conversation; the id of one that was merged leads to the other
 * @attr message - id of an item of it that is brought into view
 * @attr has-back - shows a way back, for one column
 * @attr has-details - shows a button for the side panel
 * @attr has-keys - tells which keys lead through the pool beside it, while no conversation is open
 * @attr quiet - leaves it to what surrounds it to say that the connection is lost
 * @fires conv-open - the conversation that has waited longest is to be opened, where none is: `{conversationId}`
 * @fires conv-back - the way back was taken
 * @fires conv-details - the side panel is wanted
 * @csspart head - the bar at the top
 * @csspart composer - where one writes
 * @cssprop [--conv-message-width] - widest message
 */
export class ConvThread extends StoreElement {
  static override styles = threadSheets;

  /** Id of the conversation. */
  @property() conversation?: string;
  /** Id of an item that is brought into view, for a link that leads to it. */
  @property() message?: string;
  /** Shows a way back. */
  @property({ type: Boolean, attribute: 'has-back' }) hasBack = false;
  /** Shows a button for the side panel. */
  @property({ type: Boolean, attribute: 'has-details' }) hasDetails = false;
  /** Leaves it to what surrounds it to say that the connection is lost. */
  @property({ type: Boolean }) quiet = false;
  /** Tells which keys lead through the pool beside it. */
  @property({ type: Boolean, attribute: 'has-keys' }) hasKeys = false;

  private readonly finding = new Finding(this);
  @query('conv-log') private readonly log!: ConvLog | null;
  @query('conv-composer') private readonly composer!: ConvComposer | null;
  private readonly slice = select(
    this,
    () => this.store,
    (state) => (this.conversation ? sliceOf(state, this.conversation) : undefined),
    shallow,
  );
  private readonly words = words(this, operatorTexts);
  private readonly patience = new Patience(this);
  private readonly names = new Names();
  /** There once what an open conversation is made of is. */
  private menu?: ThreadMenu;
  /** The contact whose handles were asked for. */
  private askedContact?: string;
  /** The parts are on their way. */
  private asked = false;
  private readonly ticker = new Ticker(this, 'minute');
  private readonly choosing = new Choosing(this, () => this.conversation);
  private readonly within = new ContextProvider(this, { context: sessionContext });
  private readonly log$ = logPort(
    () => this.store,
    () => this.conversation,
  );
  private readonly composer$ = composerPort(
    () => this.store,
    () => this.conversation,
    () => this.showNewest(),
  );

  constructor() {
    super();
    void new ThreadKeys(this, (action) => this.act(action));
    const opened = (store: Store, id: string): void => {
      store.settings.need('operators', 'agents', 'intents', 'guidanceCards', 'channelAccounts');
      void store.drafts.read(id, 'rejected');
    };
    this.addController(new Seek(this, () => this.log));
    this.addController(
      new Following(
        () => this.store,
        () => this.conversation,
        opened,
      ),
    );
  }

  protected override sessionChanged(): void {
    super.sessionChanged();
    if (this.session && this.session !== this.within.value) this.within.setValue(this.session);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.conversation) this.prepare();
    const { store } = this;
    const contact = this.slice.value?.conversation?.contact;
    if (store && contact && !this.slice.value?.contact && this.askedContact !== contact.id) {
      this.askedContact = contact.id;
      void store.contacts.loadContact(contact.id);
    }
  }

  override render(): unknown {
    const { value: slice } = this.slice;
    if (!this.conversation) return html`<div class="middle">${this.choosing.render(this.words, this.ticker.now, this.hasKeys)}</div>`;
    const { conversation, thread } = slice ?? {};
    if (thread?.problem && !conversation) return failedThread(this.words, thread.problem, this.reload);
    if (!slice || !conversation || !made)
      return html`${this.standing()}${this.patience.out(this.connection !== 'unauthorized') ? threadBones(this.words) : nothing}`;
    this.patience.out(false);
    const people = this.names.of(slice.operators?.items, slice.agents?.items, slice.intents?.items, slice.cards?.items);
    const typists = this.store ? typingIn(this.store.get(), conversation.id) : [];
    this.menu ??= new made.ThreadMenu(this, this.words);
    return html`${made.threadHead({
      conversation,
      me: slice.me?.id,
      words: this.words,
      menu: this.menu,
      hasBack: this.hasBack,
      hasDetails: this.hasDetails,
      present: this.store ? presentIn(this.store.get(), conversation.id) : [],
      state: this.store?.get(),
      back: () => this.tell('conv-back'),
      details: () => this.tell('conv-details'),
      assume: () => void this.composer?.assume(),
    })}<handoff-banner conversation=${conversation.id} @conv-assumed=${this.write}></handoff-banner>${this.question(slice.asked)}${this.notices()}${this.finding.render(this.conversation, () => this.log)}
      <conv-log .conversation=${conversation} .thread=${slice.thread} .drafts=${this.names.drafts(slice.drafts, conversation.id)} .working=${slice.working} .growing=${slice.growing}
        .typist=${typists.find(({ kind }) => kind === 'contact')?.name} .me=${slice.me?.id} .names=${people.names} .intents=${people.intents} .port=${this.log$} @conv-write=${this.write} @conv-copy-link=${this.handleCopyLink}></conv-log>
      <conv-composer exportparts="composer" .of=${this.conversation} .conversation=${conversation} .unsent=${slice.unsent} .items=${slice.thread.items} .identities=${slice.contact?.identities ?? []} .own=${this.names.own(slice.accounts?.items)} .operators=${people.mentionable}
        .writers=${typists.filter(({ kind }) => kind === 'operator')} .claimant=${this.store && claimantOf(this.store.get(), conversation.id)} .me=${slice.me?.id} .chosenKeys=${this.chosenKeys} .port=${this.composer$}></conv-composer>${this.menu.dialogs()}`;
  }

  /** Fetches what an open conversation is made of, when one is about to be opened. @internal */
  prepare(): void {
    if (this.asked || made) return;
    this.asked = true;
    fetchParts().then(
      () => this.requestUpdate(),
      () => (this.asked = false),
    );
  }

  /** Puts the caret where one writes. */
  override focus(): void {
    this.composer?.focus();
  }

  /** Asks for the conversation in which a person has waited longest; false when one is open, or nobody waits. */
  openLongestWaiting(): boolean {
    return this.choosing.openLongest();
  }

  /** Does what keys ask for with the conversation; false where it cannot be done now. @internal */
  act(action: ThreadAction): boolean {
    const conversation = this.slice.value?.conversation;
    return (
      conversation !== undefined && this.menu !== undefined && made !== undefined && made.actInThread(action, conversation, this.menu, this.composer, this.log)
    );
  }

  /** What can be done with the conversation, as its menu has it. @internal */
  get entries(): readonly MenuEntry[] {
    const conversation = this.slice.value?.conversation;
    return (conversation && this.menu?.entries(conversation)) ?? [];
  }

  /** Writes something into the reply, where the caret stands. */
  insert(text: string): void {
    this.composer?.insertReply(text);
  }

  /** Asks a teammate to take the conversation. */
  transfer(): void {
    this.menu?.transfer();
  }

  /** Makes a ticket of the conversation. */
  createTicket(): void {
    this.menu?.createTicket();
  }

  /** Brings an item of the conversation into view. False where it is not loaded. */
  reveal(id: string): boolean {
    return this.log?.reveal(id) ?? false;
  }

  /** What waits to be answered before the conversation changes hands. */
  private question(transfer: Transfer | undefined): unknown {
    if (!transfer) return nothing;
    void import('./transfer-banner.ts');
    return html`<transfer-banner .transfer=${transfer}></transfer-banner>`;
  }

  /** Shows where in the conversation words stand that were searched for, at the message that was found. */
  find(sought: Sought): void {
    if (this.conversation) this.finding.begin(sought, this.conversation);
  }

  private notices(): unknown {
    const { value: slice } = this.slice;
    const connection = this.standing();
    if (connection !== nothing || !slice?.thread.problem) return connection;
    const older = (): void => {
      if (this.conversation) void this.store?.threads.loadOlder(this.conversation);
    };
    return slice.thread.loaded
      ? failedNotice(this.words, this.words.t.thread.olderFailed, older)
      : failedNotice(this.words, this.words.t.thread.failed.title, this.reload);
  }

  /** How the connection stands, where nothing round this element says it. */
  private standing(): unknown {
    return this.quiet ? nothing : connectionNotice(this, this.words);
  }

  private tell(type: 'conv-back' | 'conv-details'): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail: { conversationId: this.conversation } }));
  }

  /** The newest line, wherever one had read. */
  private showNewest(): void {
    this.log?.toEnd();
  }

  private readonly reload = (): void => {
    if (this.conversation) void this.store?.threads.reloadThread(this.conversation);
  };

  private readonly handleCopyLink = ({ detail }: CustomEvent<{ messageId: string }>): void => {
    if (this.conversation) void this.menu?.copyLink(this.conversation, detail.messageId);
  };

  private readonly write = (): void => void this.updateComplete.then(() => this.composer?.focus());
}

define('conv-thread', ConvThread);

declare global {
  interface HTMLElementTagNameMap {
    'conv-thread': ConvThread;
  }
}
