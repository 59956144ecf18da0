/** What an account of a channel takes, and what of it may be seen. */
import type { z } from 'zod';
import { webhookUrl } from '../channels/channel.ts';
import type { ChannelKind } from '../channels/channel.ts';
import { channelOf } from '../channels/registry.ts';
import { sealCredentials, unsealCredentials } from '../db/secrets.ts';
import type { Keyring } from '../db/secrets.ts';
import type { Credentials, GivenCredentials } from '../contract/settings.ts';
import type { SettingRow } from '../db/settings.ts';
import { whyOf } from '../domain/fault.ts';
import { check } from './body.ts';
import type { ApiDeps } from './deps.ts';
import { invalid, ProblemError } from './problem.ts';

/** Channels that take no webhooks: ours is the chat, and LinkedIn is logged by hand. */
export const WITHOUT_WEBHOOK: readonly ChannelKind[] = ['chat', 'linkedin'];

/** A part of an account as its channel takes it; errors name the part. */
function checkPart(part: 'settings' | 'credentials', schema: z.ZodType<Record<string, unknown>>, value: unknown): Record<string, unknown> {
  try {
    const read = check(schema, value);
    const unknown = Object.keys(value as object).find((key) => !(key in read));
    if (unknown !== undefined) throw invalid(`${part}.${unknown.slice(0, 100)}`, 'is not known to this channel');
    return read;
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.errors || error.errors[0]?.path.startsWith(`${part}.`)) throw error;
    const errors = error.errors.map(({ path, message }) => ({ path: [part, path].filter(Boolean).join('.'), message }));
    throw new ProblemError('invalid', `${errors[0]?.path}: ${errors[0]?.message}`, { errors });
  }
}

/**
 * The columns for a request. Credentials that are given take the place of those before, name by name; an empty one
 * removes it. What an account lacks is no fault here: it is refused when it shall receive or send.
 */
export function accountColumns(input: Record<string, unknown>, before: SettingRow | null, id: string, keys: Keyring): Record<string, unknown> {
  const { credentials, settings, ...rest } = input;
  const kind = (before?.['channel'] ?? input['channel']) as ChannelKind;
  if (before && input['channel'] !== undefined && input['channel'] !== kind) throw invalid('channel', 'cannot be changed; make another account');
  const channel = channelOf(kind);
  const columns = { ...rest, ...(settings === undefined ? {} : { settings: checkPart('settings', channel.settings, settings) }) };
  if (credentials === undefined) return columns;
  const known = knownCredentials(keys, id, before?.['credentials']);
  const given = mapValues(credentials as z.infer<typeof GivenCredentials>, (value, name) => keepPlaces(name, value, known[name]));
  const merged = Object.entries({ ...known, ...given }).filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0));
  const checked = checkPart('credentials', channel.credentials, Object.fromEntries(merged)) as Credentials;
  return { ...columns, credentials: sealCredentials(keys, id, checked) };
}

const mapValues = <A, B>(values: Record<string, A>, map: (value: A, name: string) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value, name)]));

/** Numbers in a list stand for the secrets that were at those places: one can be added to another without knowing it. */
function keepPlaces(name: string, value: string | (string | number)[], known: string | string[] | undefined): string | string[] {
  if (typeof value === 'string') return value;
  return value.map((one, place) => {
    const kept = typeof one === 'string' ? one : [known ?? []].flat()[one];
    if (kept === undefined) throw invalid(`credentials.${name}.${place}`, 'names a secret that is not there');
    return kept;
  });
}

/** What was sealed under a key that this server does not have any more is as good as not set: it has to be entered again. */
function knownCredentials(keys: Keyring, id: string, sealed: unknown): Credentials {
  try {
    return unsealCredentials(keys, id, (sealed ?? null) as Uint8Array | null);
  } catch {
    return {};
  }
}

/** An account without its secrets: which of them are set is told, never what they are. */
export function accountView({ credentials, ...row }: SettingRow, { config, publicUrl }: ApiDeps): Record<string, unknown> {
  const known = knownCredentials(config.encryptionKeys, row.id, credentials);
  const kind = row['channel'] as ChannelKind;
  const secretCounts = Object.fromEntries(Object.entries(known).flatMap(([name, value]) => (Array.isArray(value) ? [[name, value.length]] : [])));
  const lastErrorWhy = whyOf(row['lastError'] as string | null);
  return {
    ...row,
    ...(lastErrorWhy && { lastErrorWhy }),
    hasCredentials: Object.keys(known),
    secretCounts,
    webhookUrl: WITHOUT_WEBHOOK.includes(kind) ? '' : webhookUrl(publicUrl, row.id),
  };
}
