/** Times to put a conversation off until, in the reader's own time zone. */
export interface SnoozeTime {
  readonly key: 'laterToday' | 'tomorrow' | 'nextMonday';
  readonly at: Date;
}

/** Hours until later today, and the hour that mornings begin at. */
const LATER_H = 3;
const MORNING_H = 9;
/** After this hour nothing is put off until later the same day. */
const EVENING_H = 20;

/** What may be chosen now: later today while the day lasts, tomorrow at nine, next Monday at nine. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const morning = (days: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING_H);
  const later = new Date(now.getFullYear(), now.getMonth(), now.getDate(), now.getHours() + LATER_H);
  const untilMonday = (8 - now.getDay()) % 7 || 7;
  return [
    ...(now.getHours() + LATER_H <= EVENING_H ? [{ key: 'laterToday' as const, at: later }] : []),
    { key: 'tomorrow', at: morning(1) },
    ...(untilMonday > 1 ? [{ key: 'nextMonday' as const, at: morning(untilMonday) }] : []),
  ];
}

/** A moment as a field for date and time holds it, in the reader's own time zone. */
export function fieldValue(moment: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
