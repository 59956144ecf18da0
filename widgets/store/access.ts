import type { z } from 'zod';
import type { NewApiKey, Scope, Workspace } from '../../server/contract/settings.ts';
import type { Operator } from '../../server/contract/operator.ts';
import type { Core, Result } from './core.ts';
import type { Settings } from './settings.ts';

/** What of a workspace is set. */
export type WorkspaceChange = Partial<Pick<Workspace, 'allowedHosts' | 'hours' | 'retention'>>;
export type KeyScope = z.infer<typeof Scope>;

/** Who may come in, and where links may lead; fetched with the sections that show it. */
export class Access {
  constructor(
    private readonly core: Core,
    private readonly settings: Settings,
  ) {}

  /** Makes an API key. It is in this answer and nowhere else: the list never has it. */
  async createKey(json: { name: string; scopes: KeyScope[] }): Promise<Result<z.infer<typeof NewApiKey>>> {
    const answer = await this.core.ask(() => this.core.client.api.v1['api-keys'].$post({ json, header: { 'idempotency-key': crypto.randomUUID() } }));
    if (answer.ok) await this.settings.readList('apiKeys');
    return answer;
  }

  /** Lets an operator in, or keeps it out. */
  async setActive(id: string, active: boolean): Promise<Result<Operator>> {
    const answer = await this.core.ask(() => this.core.client.api.v1.operators[':id'].$patch({ param: { id }, json: { active } }));
    if (answer.ok) await this.settings.readList('operators');
    return answer;
  }

  /** Changes what the workspace has; it is what is there from the answer on. @param version that is on screen */
  async setWorkspace(change: WorkspaceChange, version: number): Promise<Result<Workspace>> {
    const answer = await this.core.ask(() => this.core.client.api.v1.workspace.$patch({ json: change, header: { 'if-match': `"${version}"` } }));
    if (answer.ok) this.core.update((state) => (state.me ? { ...state, me: { ...state.me, workspace: answer.value } } : state));
    return answer;
  }
}
