import type { Working } from '../../server/contract/conversation.ts';
import type { Passing, State, Typist, Viewing } from './state.ts';

/** For how long something passing is believed without being told again, in milliseconds. */
export const LASTS = { working: 60_000, typing: 6_000, presence: 20_000, compose: 20_000 } as const;

/** What an agent does is told by the conversation and by passing events; whichever came last is right, for a time. */
export function putWorking(state: State, id: string, working: Working | null, now: number): State {
  if (!working) return dropPassing(dropPassing(state, 'working', id), 'compose', id);
  const known = state.working[id]?.value;
  if (known && known.since === working.since && known.stage === working.stage && known.skill === working.skill) return state;
  return { ...state, working: { ...state.working, [id]: { value: working, until: now + LASTS.working } } };
}

/** Somebody types, or no longer does. */
export function putTypist(state: State, conversationId: string, who: string, typist: Passing<Typist> | undefined, now: number): State {
  const before = state.typing[conversationId];
  if (!typist && !before?.[who]) return state;
  const { [who]: _gone, ...others } = before ?? {};
  const typing = { ...others, ...(typist ? { [who]: typist } : {}) };
  return sweep({ ...state, typing: { ...state.typing, [conversationId]: typing } }, now);
}

/**
 * What an operator has open now. That it is nothing is kept for a time as well, so that an answer that was on its way does not bring it back.
 * @param again it is only asked for again and again: what is the same is written down when it is about to be forgotten
 */
export function putPresence(state: State, operatorId: string, name: string, viewing: readonly Viewing[], now: number, again = false): State {
  const before = state.presence[operatorId];
  const same =
    before?.value.name === name &&
    before.value.viewing.length === viewing.length &&
    viewing.every((one, at) => one.conversationId === before.value.viewing[at]?.conversationId && one.since === before.value.viewing[at].since);
  if (same && again && before.until - now > LASTS.presence / 2) return state;
  return { ...state, presence: { ...state.presence, [operatorId]: { value: same ? before.value : { name, viewing }, until: now + LASTS.presence } } };
}

/** Forgets something passing of a conversation. */
export function dropPassing(state: State, kind: 'working' | 'compose', id: string): State {
  if (!state[kind][id]) return state;
  const { [id]: _gone, ...rest } = state[kind] as Record<string, unknown>;
  return { ...state, [kind]: rest };
}

/** Drops what is passing and has not been told again in time. */
export function sweep(state: State, now: number): State {
  const working = fresh(state.working, now);
  const compose = fresh(state.compose, now);
  const presence = fresh(state.presence, now);
  let typing = state.typing;
  for (const [id, typists] of Object.entries(state.typing)) {
    const left = fresh(typists, now);
    if (left === typists && Object.keys(left).length > 0) continue;
    const { [id]: _gone, ...others } = typing;
    typing = Object.keys(left).length > 0 ? { ...others, [id]: left } : others;
  }
  if (working === state.working && compose === state.compose && presence === state.presence && typing === state.typing) return state;
  return { ...state, working, compose, presence, typing };
}

function fresh<T>(passing: Readonly<Record<string, Passing<T>>>, now: number): Readonly<Record<string, Passing<T>>> {
  const entries = Object.entries(passing);
  const left = entries.filter(([, { until }]) => until > now);
  return left.length === entries.length ? passing : Object.fromEntries(left);
}

/** When the next passing thing is over; undefined when nothing passes. */
export function nextExpiry(state: State): number | undefined {
  const all = [
    ...Object.values(state.working),
    ...Object.values(state.compose),
    ...Object.values(state.presence),
    ...Object.values(state.typing).flatMap((typists) => Object.values(typists)),
  ];
  return all.length === 0 ? undefined : Math.min(...all.map(({ until }) => until));
}
