import type { VisitorSession } from '../../server/contract/chat.ts';
import { ApiProblem } from '../store/problem.ts';
import { claimsOf } from '../store/token.ts';
import type { ChatClient } from './client.ts';
import { alone, Kept } from './kept.ts';
import { vaultName, type ChatPlace } from './vault.ts';

/** A session as the browser keeps it, with what the panel shows before the server has been asked again. */
export interface Session {
  readonly token: string;
  /** Whom the host's back end vouched for; null for an anonymous visitor. */
  readonly sub: string | null;
  readonly contactId: string;
  readonly workspace: VisitorSession['workspace'];
  readonly agent: VisitorSession['agent'];
  /** Null where no files may be sent. */
  readonly files: VisitorSession['files'];
}

/** The host's word on who its visitor is: a JWT of its back end, undefined for nobody in particular. `fresh` asks past any that is held. */
export type Identify = (fresh: boolean) => Promise<string | undefined>;

/** The visitor's session: begun once for all tabs, renewed when it is over, never shared between two customers of one browser. */
export class Sessions {
  readonly #kept: Kept<Session>;

  constructor(
    private readonly place: ChatPlace,
    private readonly client: ChatClient,
    private readonly identify: Identify,
    private readonly language: () => string,
  ) {
    this.#kept = new Kept(vaultName(place));
  }

  /** The session that is kept, when it is this visitor's; asks the server nothing. */
  async current(): Promise<Session | null> {
    const { value } = this.#kept;
    return value && value.sub === (await this.sub()) ? value : null;
  }

  /** The kept session, or a new one; never the one that the server has refused, by its token. Throws an `ApiProblem`. */
  begin(refused?: string): Promise<Session> {
    return alone(this.#kept.name, async () => {
      const current = await this.current();
      return current && current.token !== refused ? current : this.#open();
    });
  }

  /** Whom the host vouches for now; null for nobody in particular. */
  async sub(): Promise<string | null> {
    return subOf(await this.identify(false));
  }

  /** Ends the session here, in the other tabs and on the server; leaves nothing behind. */
  async end(): Promise<void> {
    const { value } = this.#kept;
    this.#kept.value = null;
    if (value) await this.client.end(value.token).catch(() => undefined);
  }

  /** Calls back when another tab began, renewed or ended the session. */
  watch(changed: (session: Session | null) => void): () => void {
    return this.#kept.watch(() => changed(this.#kept.value));
  }

  async #open(): Promise<Session> {
    const held = await this.identify(false);
    try {
      return await this.#openAs(held);
    } catch (problem) {
      if (held === undefined || !(problem instanceof ApiProblem) || (problem.status !== 401 && problem.status !== 422)) throw problem;
      // The host's token may only be old: once more with a new one.
      const fresh = await this.identify(true);
      if (fresh === held) throw problem;
      return this.#openAs(fresh);
    }
  }

  async #openAs(identityToken: string | undefined): Promise<Session> {
    const { workspace, channelAccountId } = this.place;
    const {
      token,
      contact,
      workspace: shown,
      agent,
      files,
    } = await this.client.begin({ workspace, channelAccountId, identityToken, language: this.language() });
    const session: Session = { token, sub: subOf(identityToken), contactId: contact.id, workspace: shown, agent, files };
    this.#kept.value = session;
    return session;
  }
}

function subOf(identityToken: string | undefined): string | null {
  return identityToken === undefined ? null : (claimsOf(identityToken)?.sub ?? null);
}
