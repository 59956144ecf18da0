import { z } from 'zod';
import type { BuiltinSkill } from './skill.ts';

const parameters = z.object({
  meetingId: z.string().max(100).optional().describe('Which one, if there are several'),
  reason: z.string().max(200).default('').describe('Why, if the customer said so'),
});

export const cancelMeeting: BuiltinSkill<typeof parameters> = {
  name: 'cancel_meeting',
  description: 'Cancel a meeting that was booked in this conversation, once the customer has asked for it.',
  parameters,
  risk: 'medium',
  effects: true,
  async run({ meetingId, reason }, context) {
    const meetings = await context.meetings();
    const [next] = meetings;
    const meeting = meetingId === undefined ? next : meetings.find(({ id }) => id === meetingId);
    if (!meeting) return { result: { error: 'there is no such meeting', meetings }, summary: 'no such meeting' };
    if (meetingId === undefined && meetings.length > 1)
      return { result: { error: 'there are several: say which one', meetings }, summary: `${meetings.length} meetings` };
    await context.cancelMeeting(meeting, reason);
    return { result: { cancelled: meeting }, summary: meeting.about };
  },
};
