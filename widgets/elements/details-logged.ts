import type { TimelineEntry } from '../../server/contract/timeline.ts';
import type { contact as contactWords } from '../locales/en/contact.ts';
import { dayAndTime } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import type { LoggedFact } from './details-facts.ts';
import type { LogKind } from './details-log.ts';

const said = ({ data, text }: TimelineEntry, key: string): string => {
  const value = data[key];
  return typeof value === 'string' && value.trim() !== '' ? value : text;
};

/**
 * What the newest entries say of how things stand: the opportunity's stage, the meeting that comes next, the sequence.
 * @param entries the newest first
 */
export function loggedFacts(
  entries: readonly TimelineEntry[],
  { t, tag }: Spoken<typeof contactWords>,
  now: number,
  log: (kind: LogKind) => void,
): LoggedFact[] {
  const newest = (kind: string): TimelineEntry | undefined => entries.find((entry) => entry.kind === kind);
  const [stage, sequence, meeting] = [newest('opportunity_stage'), newest('sequence_enrolled'), nextMeeting(entries, now)];
  return [
    ...(stage ? [{ label: t.opportunity, text: said(stage, 'stage'), log: () => log('opportunity_stage') }] : []),
    ...(meeting ? [{ label: t.meeting, text: whenOf(meeting, tag), log: () => log('meeting_booked') }] : []),
    ...(sequence ? [{ label: t.sequence, text: said(sequence, 'sequence'), log: () => log('sequence_enrolled') }] : []),
  ];
}

/** The meeting that is still to come; of one of which nobody said when it is, the last one that was booked. A later cancellation takes it away. */
function nextMeeting(entries: readonly TimelineEntry[], now: number): TimelineEntry | undefined {
  const cancelled = entries.find(({ kind }) => kind === 'meeting_cancelled');
  const booked = entries.filter(({ kind, at }) => kind === 'meeting_booked' && (!cancelled || at > cancelled.at));
  const timed = booked.filter((entry) => startOf(entry) !== undefined);
  const coming = timed.filter((entry) => startOf(entry)! > now).toSorted((one, other) => startOf(one)! - startOf(other)!);
  return coming[0] ?? (timed.length > 0 ? undefined : booked[0]);
}

function startOf({ data }: TimelineEntry): number | undefined {
  const at = typeof data['startsAt'] === 'string' ? Date.parse(data['startsAt']) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function whenOf(entry: TimelineEntry, tag: string): string {
  const at = startOf(entry);
  return at === undefined ? entry.text : dayAndTime(tag, at);
}
