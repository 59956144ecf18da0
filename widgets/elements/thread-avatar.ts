import type { State } from '../store/state.ts';

/** Where the picture of an operator or agent is, as the lists have it; undefined where it has none. */
export function avatarOf(state: Pick<State, 'lists'> | undefined, id: string | null): string | undefined {
  const { operators, agents } = state?.lists ?? {};
  return operators?.items.find((one) => one.id === id)?.picture ?? agents?.items.find((one) => one.id === id)?.avatarUrl ?? undefined;
}
