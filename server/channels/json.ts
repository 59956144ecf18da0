/** Reading of JSON whose shape nobody vouches for: what is missing or of another type is undefined, never a fault. */
export type Json = Record<string, unknown>;

/** The value as an object; an empty one when it is none. */
export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The value as a list of objects; items that are none are dropped. */
export function asObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item)) : [];
}

/** The value as a string; numbers are written out; undefined for anything else and for the empty string. */
export function asString(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The body as JSON, or undefined when it is not JSON in UTF-8. */
export function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

/** A time given in seconds or milliseconds since 1970, as a number or in digits; undefined when it is neither. */
export function asDate(value: unknown, unit: 'seconds' | 'milliseconds'): Date | undefined {
  const text = asString(value);
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  const date = new Date(Number(text) * (unit === 'seconds' ? 1000 : 1));
  return Number.isNaN(date.getTime()) ? undefined : date;
}
