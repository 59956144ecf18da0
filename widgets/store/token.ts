import { ApiProblem, asProblem } from './problem.ts';

/** Asks the host for a fresh token of its operator. */
export type GetToken = () => string | Promise<string>;

/** Who a token speaks for, read from its claims; nothing of it is trusted, it only names what is shared. */
export interface Claims {
  readonly workspace: string;
  readonly sub: string;
  readonly role: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

/** The claims of a JWT, unverified; undefined for anything else. */
export function claimsOf(token: string): Claims | undefined {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Claims>;
    return { workspace: String(claims.workspace ?? ''), sub: String(claims.sub ?? ''), role: String(claims.role ?? ''), exp: Number(claims.exp ?? 0) };
  } catch {
    return undefined;
  }
}

/** Seconds before its end from which a token counts as over. */
const MARGIN = 20;

/** The operator's token: asked of the host once, and again when it is over or was refused; many callers wait for one answer. */
export class Tokens {
  private held?: string;
  private asking?: Promise<string>;

  constructor(
    private readonly ask: GetToken,
    private readonly now: () => number = Date.now,
  ) {}

  /** The token in force. Throws an {@link ApiProblem} `unauthorized` when the host has none. */
  current(): Promise<string> {
    if (this.asking) return this.asking;
    if (this.held && !this.over(this.held)) return Promise.resolve(this.held);
    return this.fresh();
  }

  /** Another token than the refused one: asks the host, unless somebody already has. */
  async renew(refused: string): Promise<string> {
    if (this.held === refused) this.held = undefined;
    const token = await this.current();
    if (token === refused) throw new ApiProblem('unauthorized', 401, 'The host gave the same token again');
    return token;
  }

  /** Takes a token that the host gave elsewhere, in place of the one held. */
  take(token: string): void {
    this.held = token;
  }

  private over(token: string): boolean {
    const claims = claimsOf(token);
    return claims !== undefined && claims.exp > 0 && claims.exp - MARGIN <= this.now() / 1000;
  }

  private fresh(): Promise<string> {
    const asking = (async () => {
      try {
        const token = await this.ask();
        if (!token) throw new ApiProblem('unauthorized', 401, 'The host gave no token');
        this.held = token;
        return token;
      } catch (thrown) {
        throw thrown instanceof ApiProblem ? thrown : new ApiProblem('unauthorized', 401, asProblem(thrown).detail);
      } finally {
        this.asking = undefined;
      }
    })();
    this.asking = asking;
    return asking;
  }
}
