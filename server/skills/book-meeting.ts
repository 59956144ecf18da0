import { z } from 'zod';
import type { BuiltinSkill } from './skill.ts';

const parameters = z.object({
  startsAt: z.iso.datetime({ offset: true }).describe('When it begins, with its offset from UTC, such as 2026-03-02T15:00:00+01:00'),
  minutes: z.number().int().min(5).max(480).default(30).describe('How long it takes'),
  about: z.string().min(1).max(200).describe('What it is about, in a few words'),
});

/** Furthest ahead that a meeting may be, in days. */
const DAYS_AHEAD = 366;

export const bookMeeting: BuiltinSkill<typeof parameters> = {
  name: 'book_meeting',
  description: 'Book a meeting of the team with this customer, once the customer has agreed to the day and the time.',
  parameters,
  risk: 'medium',
  effects: true,
  async run({ startsAt, minutes, about }, context) {
    const at = new Date(startsAt);
    if (at <= context.now) return { result: { error: 'that time is over' }, summary: 'that time is over' };
    if (at.getTime() - context.now.getTime() > DAYS_AHEAD * 86_400_000) return { result: { error: 'that is too far ahead' }, summary: 'too far ahead' };
    const end = at.getTime() + minutes * 60_000;
    const meetings = await context.meetings();
    const taken = meetings.find((other) => Date.parse(other.startsAt) < end && at.getTime() < Date.parse(other.startsAt) + other.minutes * 60_000);
    if (taken) return { result: { error: 'this customer has a meeting then', meeting: taken }, summary: 'a meeting is booked then already' };
    const meeting = await context.bookMeeting({ startsAt: at.toISOString(), minutes, about });
    return { result: { booked: meeting }, summary: `${about}, ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC` };
  },
};
