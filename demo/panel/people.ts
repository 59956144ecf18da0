/** Whom a phone can belong to: customers of the seed, those of the samples, and those who turned up since. */
import { samples } from '../samples.ts';
import { contacts } from '../seed/contacts.ts';
import type { Feed } from './wire.ts';

export interface Person {
  handle: string;
  name: string;
}

/** Everybody on a channel, the seed's first. */
export function peopleOf(channel: string): Person[] {
  const seeded = Object.values(contacts).flatMap(({ name, handles }) => {
    const handle = (handles as Record<string, string>)[channel];
    return handle ? [{ handle, name }] : [];
  });
  const sampled = (samples[channel] ?? []).map(({ from, name = from }) => ({ handle: from, name }));
  return unique([...seeded, ...sampled]);
}

/** With those whom the feed names too. */
export function withStrangers(known: readonly Person[], { played, outbox }: Feed): Person[] {
  return unique([...known, ...played.map(({ from, name = from }) => ({ handle: from, name })), ...outbox.map(({ to }) => ({ handle: to, name: to }))]);
}

function unique(people: readonly Person[]): Person[] {
  const byHandle = new Map<string, Person>();
  for (const person of people) if (!byHandle.has(person.handle)) byHandle.set(person.handle, person);
  return [...byHandle.values()];
}
