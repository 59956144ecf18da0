import { html } from 'lit';

const [OPENS, CLOSES] = ['\u2068', '\u2069'];

/** Sets a name apart for a text that `sentence` shows: whatever its script, it does not turn the words round it. */
export const apart = (name: string): string => OPENS + name + CLOSES;

/**
 * One of our own sentences with names in it. It runs as the reader's language does, also where it begins with a name of
 * another script; each name that was set `apart` stands in a `<bdi>`.
 */
export function sentence(text: string): unknown {
  if (!text.includes(OPENS)) return text;
  return text.split(OPENS).map((part, at) => {
    const end = at === 0 ? -1 : part.indexOf(CLOSES);
    return end < 0 ? part : html`<bdi>${part.slice(0, end)}</bdi>${part.slice(end + 1)}`;
  });
}
