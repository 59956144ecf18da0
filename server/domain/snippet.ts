/** Characters of a found text that are shown, and how many of them stand before the match. */
const LENGTH = 160;
const LEAD = 40;

/** The part of a text round the first of the words searched for, on one line. */
export function snippetAround(text: string, q: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const lower = line.toLowerCase();
  const places = q.toLowerCase().split(/\s+/).filter(Boolean).map((word) => lower.indexOf(word)).filter((place) => place >= 0);
  const from = Math.max(0, Math.min(...(places.length > 0 ? places : [0])) - LEAD);
  return `${from > 0 ? '…' : ''}${line.slice(from, from + LENGTH)}${from + LENGTH < line.length ? '…' : ''}`;
}
