import { ContextConsumer } from '@lit/context';
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { Answering } from '../elements/answering.ts';
import { ConvElement } from '../ui/base.ts';
import { deskTokens } from '../ui/desk-tokens.ts';
import type { Chosen } from '../ui/shortcuts.ts';
import { addTokens } from '../ui/tokens.ts';
import { SessionKeeper, sessionContext, type Session } from './session.ts';
import type { Store } from './store.ts';
import type { Connection } from './state.ts';
import type { GetToken } from './token.ts';

addTokens(deskTokens);

/**
 * What every operator's element is: it finds its store at the nearest `<conv-provider>` or `<conv-inbox>`, or makes its
 * own when it is given a token itself.
 *
 * @attr base - URL of the API without `/v1`; the page's own origin unless told
 * @attr workspace - slug of the workspace; that of the token unless told
 * @attr token - the operator's token, for pages that replace the attribute in time; otherwise set `getToken`
 * @fires conv-connection - how live it is, `{connection}`: `connecting`, `live`, `offline` or `unauthorized`
 * @fires conv-unauthorized - the host gave no token that the API takes
 * @fires conv-error - something that was asked for was refused: `{code, detail, action, conversationId?}`
 */
export abstract class StoreElement extends ConvElement {
  /** URL of the API without `/v1`. */
  @property() base?: string;
  /** Slug of the workspace. */
  @property() workspace?: string;
  /** The operator's token. */
  @property() token?: string;
  /** Asks the host for a fresh token; called again whenever one is over. */
  @property({ attribute: false }) getToken?: GetToken;

  private around?: Session;
  private own?: Session;
  private readonly keeper = new SessionKeeper((session) => {
    this.own = session;
    this.sessionChanged();
  });

  constructor() {
    super();
    this.addController(new Answering(this));
    const consumer = new ContextConsumer(this, {
      context: sessionContext,
      subscribe: true,
      callback: (session) => {
        this.around = session;
        this.sessionChanged();
      },
    });
    this.addController(consumer);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.keeper.end();
    this.around = undefined;
  }

  /** The store; undefined until it is known who the operator is. @internal */
  get store(): Store | undefined {
    return this.session?.store;
  }

  /** The keys that the operator has chosen. @internal */
  get chosenKeys(): Chosen {
    return this.store?.get().me?.shortcuts;
  }

  /** How live this element is. */
  get connection(): Connection {
    if (this.store) return this.store.get().connection;
    return this.session?.problem ? (this.session.problem.unanswered ? 'offline' : 'unauthorized') : 'connecting';
  }

  /** The session in force: one's own before that of what surrounds this element. @internal */
  get session(): Session | undefined {
    return this.accessible ? this.own : this.around;
  }

  /** True when this element made its session itself and has to answer for it. @internal */
  get answers(): boolean {
    return this.accessible;
  }

  /** Tries again at once: token, API and stream. */
  reconnect(): void {
    if (this.accessible) this.keeper.retry();
    else this.store?.reconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (['base', 'workspace', 'token', 'getToken'].some((name) => changed.has(name))) this.follow();
  }

  /** Another session, or another state of it. */
  protected sessionChanged(): void {
    this.requestUpdate();
  }

  private get accessible(): boolean {
    return this.getToken !== undefined || this.token !== undefined;
  }

  private follow(): void {
    if (!this.accessible) return this.own ? this.keeper.end() : undefined;
    const { base = '', workspace } = this;
    this.keeper.begin({ base, workspace, getToken: () => this.getToken?.() ?? this.token ?? '' });
  }
}
