import type { AccountTest, ChannelKind } from '../../server/contract/settings.ts';
import type { Me, MeInput } from '../../server/contract/operator.ts';
import type { Core, Result } from './core.ts';
import { accountFacts, listOfKind, listPaths, type ListName, type Lists } from './lists.ts';
import { asProblem } from './problem.ts';
import type { Listing } from './state.ts';

/** How long news of accounts may gather before they are read again, in milliseconds. */
const GATHERS = 1_000;

/** Milliseconds until the operator is read again, where that failed. */
const AGAIN = 3_000;

/** What the team shapes, who the operator is, and what somebody wants from it. */
export class Settings {
  /** Of each list the last reading that began; what an earlier one brings is out of date. */
  private readonly readings = new Map<ListName, number>();
  /** How many show what accounts last received and what is wrong with them, and the reading that is to come for them. */
  private followers = 0;
  private gathering?: ReturnType<typeof setTimeout>;

  private again?: ReturnType<typeof setTimeout>;
  private stopped = false;

  /** How many changes of one's own settings were asked for. */
  private patches = 0;

  constructor(private readonly core: Core) {}

  /** Reads the operator, its settings and workspace; until they are known, again after what passes. */
  async loadMe(): Promise<Result<Me>> {
    const answer = await this.core.ask(() => this.core.client.api.v1.me.$get());
    if (answer.ok) this.core.update((state) => ({ ...state, me: answer.value }));
    else if (!this.stopped && !this.core.get().me && answer.problem.passes) {
      clearTimeout(this.again);
      this.again = setTimeout(() => void this.loadMe(), AGAIN);
    }
    return answer;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.again);
    clearTimeout(this.gathering);
  }

  /** Changes one's own settings: at once here, and back where that is refused. */
  async patchMe(change: Partial<MeInput>): Promise<Result<Me>> {
    this.patches += 1;
    const [mine, before] = [this.patches, this.core.get().me];
    const show = (me: Me | undefined): void => this.core.update((state) => ({ ...state, me }));
    if (before) show({ ...before, ...change });
    const answer = await this.core.ask(() => this.core.client.api.v1.me.$patch({ json: change }));
    // What was changed since is newer than the answer.
    if (mine === this.patches) show(answer.ok ? answer.value : before);
    if (!answer.ok) this.core.report({ action: 'patchMe', problem: answer.problem });
    return answer;
  }

  /** Sees to it that lists are read, each once; they are in `state.lists` and kept up to date. */
  need(...names: ListName[]): void {
    for (const name of names) {
      const list = this.core.get().lists[name];
      if (!list || (list.problem && !list.loading)) void this.readList(name);
    }
  }

  /** Reads a list again. */
  async readList<N extends ListName>(name: N): Promise<void> {
    const reading = (this.readings.get(name) ?? 0) + 1;
    this.readings.set(name, reading);
    this.setList(name, { loading: true, problem: undefined });
    const change = await this.core.client.all<Lists[N]>(listPaths[name].path).then(
      (items): Partial<Listing<Lists[N]>> => ({ items, loaded: true, loading: false }),
      (thrown: unknown): Partial<Listing<Lists[N]>> => ({ loading: false, problem: asProblem(thrown) }),
    );
    if (this.readings.get(name) === reading) this.setList(name, change);
  }

  /** The list as it is after a change of ours; a reading that began before the change would bring it back as it was. */
  private changeList<N extends ListName>(name: N, items: readonly Lists[N][]): void {
    this.setList(name, { items });
    if (this.core.get().lists[name]?.loading) void this.readList(name);
  }

  /** Creates (without `id`) or changes an item of a list; names the version that was seen. */
  async saveItem<N extends ListName>(name: N, item: { id?: string; version?: number; body: unknown }): Promise<Result<Lists[N]>> {
    const { id, version, body } = item;
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (id === undefined) headers['idempotency-key'] = crypto.randomUUID();
    else if (version !== undefined) headers['if-match'] = `"${version}"`;
    const path = id === undefined ? listPaths[name].path : `${listPaths[name].path}/${id}`;
    const answer = await this.core.ask<Lists[N]>(() =>
      this.core.client.request(path, { method: id === undefined ? 'POST' : 'PATCH', headers, body: JSON.stringify(body) }),
    );
    if (!answer.ok) return answer;
    const { value } = answer;
    const items = (this.core.get().lists[name]?.items ?? []) as readonly Lists[N][];
    const at = items.findIndex((one) => one.id === value.id);
    // What was changed and is not there any more has been deleted meanwhile.
    if (at >= 0) this.changeList(name, items.toSpliced(at, 1, value));
    else if (id === undefined) this.changeList(name, [...items, value]);
    return answer;
  }

  /** Deletes an item of a list. */
  async removeItem<N extends ListName>(name: N, id: string): Promise<Result<undefined>> {
    const answer = await this.core.tell(() => this.core.client.request(`${listPaths[name].path}/${id}`, { method: 'DELETE' }));
    if (!answer.ok) return answer;
    const items = (this.core.get().lists[name]?.items ?? []) as readonly Lists[N][];
    this.changeList(
      name,
      items.filter((one) => one.id !== id),
    );
    return answer;
  }

  /** What accounts of each kind of channel take. */
  async channelKinds(): Promise<Result<ChannelKind[]>> {
    const answer = await this.core.ask(() => this.core.client.api.v1['channel-kinds'].$get());
    return answer.ok ? { ok: true, value: answer.value.items } : answer;
  }

  /** Tries a channel account out as it is saved; sends a message where `to` names somebody. */
  testAccount(id: string, to?: string): Promise<Result<AccountTest>> {
    return this.core.ask(() => this.core.client.api.v1['channel-accounts'][':id'].test.$post({ param: { id }, json: to ? { to } : {} }));
  }

  /** Keeps up with what accounts last received and what is wrong with them, until what it answers is called. */
  followAccounts(): () => void {
    const followed = this.core.get().lists.channelAccounts;
    this.followers += 1;
    // Of what came meanwhile nobody was told.
    if (followed && !followed.loading) void this.readList('channelAccounts');
    else this.need('channelAccounts');
    return () => {
      this.followers -= 1;
    };
  }

  /** Settings of a kind changed somewhere: reads them again, where they are in use. */
  changed(kind: string): void {
    if (kind === accountFacts) return this.readAccountsSoon();
    const name = listOfKind(kind);
    const { lists } = this.core.get();
    if (name && lists[name]) void this.readList(name);
    if (!name || kind === 'workspace' || kind === 'operator') void this.loadMe();
  }

  private readAccountsSoon(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      if (this.followers > 0) void this.readList('channelAccounts');
    }, GATHERS);
  }

  /** Everything that was read may be behind: reads it again. */
  reloadAll(): void {
    for (const name of Object.keys(this.core.get().lists) as ListName[]) void this.readList(name);
    if (this.core.get().me) void this.loadMe();
  }

  private setList<N extends ListName>(name: N, change: Partial<Listing<Lists[N]>>): void {
    this.core.update((state) => {
      const before = state.lists[name] ?? { items: [], loaded: false, loading: false };
      return { ...state, lists: { ...state.lists, [name]: { ...before, ...change } } };
    });
  }
}
