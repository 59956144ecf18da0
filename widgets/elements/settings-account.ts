/** An account as somebody fills it in: what is typed, what of it is new, and what of it goes to the API. */
import type { ChannelAccount, ChannelKind } from '../../server/contract/settings.ts';

/** A JSON Schema, as far as forms are made of it. */
export interface FieldSchema {
  readonly type?: string;
  readonly title?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
}

/** Fields of a part of an account, in the order of its schema. */
export const fieldsOf = (kind: ChannelKind, part: 'settings' | 'credentials'): [name: string, schema: FieldSchema][] =>
  Object.entries((kind[part] as FieldSchema).properties ?? {});

/** A secret that was typed; an empty one removes what was set. In a list, a number keeps the secret at that place. */
export type Secret = string | readonly (string | number)[];

/** What somebody typed. */
export interface AccountDraft {
  readonly channel: ChannelKind['kind'];
  readonly name: string;
  readonly address: string;
  readonly agentId: string;
  readonly departmentId: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Those that were touched. */
  readonly secrets: Readonly<Record<string, Secret>>;
}

/** A form of an account that is there, or of one to come. */
export function draftOf(channel: ChannelKind['kind'], account?: ChannelAccount): AccountDraft {
  return {
    channel,
    name: account?.name ?? '',
    address: account?.address ?? '',
    agentId: account?.agentId ?? '',
    departmentId: account?.departmentId ?? '',
    settings: account?.settings ?? {},
    secrets: {},
  };
}

/** Settings without what was left empty, which then is as the channel has it. */
function filled(settings: AccountDraft['settings']): Record<string, unknown> {
  const isEmpty = (value: unknown): boolean => value === '' || value === undefined || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => !isEmpty(value)));
}

/** What was there before, as the same form would send it. */
function plain(draft: AccountDraft): Record<string, unknown> {
  const { name, address, agentId, departmentId, settings } = draft;
  return { name: name.trim(), address: address.trim(), agentId: agentId || null, departmentId: departmentId || null, settings: filled(settings) };
}

/** Lists without empty places; a list whose secrets all stay says nothing. */
function secretsOf({ secrets }: AccountDraft): Record<string, Secret> {
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, typeof secret === 'string' ? secret : secret.filter((one) => one !== '')]));
}

/** The body of the request: the whole account where it is new, else what is different; undefined where nothing is. */
export function bodyOf(draft: AccountDraft, account?: ChannelAccount): Record<string, unknown> | undefined {
  const secrets = secretsOf(draft);
  const credentials = Object.keys(secrets).length > 0 ? { credentials: secrets } : {};
  if (!account) return { channel: draft.channel, ...plain(draft), ...credentials };
  const before = plain(draftOf(draft.channel, account));
  const changed = Object.entries(plain(draft)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]));
  const body = { ...Object.fromEntries(changed), ...credentials };
  return Object.keys(body).length > 0 ? body : undefined;
}

/** Whether something was typed that would be lost. */
export const isChanged = (draft: AccountDraft, account?: ChannelAccount): boolean =>
  account ? bodyOf(draft, account) !== undefined : JSON.stringify(draft) !== JSON.stringify(draftOf(draft.channel));

/** A field's name as people read it, where nobody has written a better one: `smtpHost` is `Smtp host`. */
export const readable = (name: string): string =>
  name.replaceAll(/([a-z\d])([A-Z])/g, (_, end: string, begin: string) => `${end} ${begin.toLowerCase()}`).replace(/^./, (first) => first.toUpperCase());
