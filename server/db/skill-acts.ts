/** What agents do by their skills beside answering: meetings and stages, as the timeline has them. */
import { v7 as newId } from 'uuid';
import type { Meeting } from '../skills/skill.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { addActivity } from './timeline.ts';

/** Meetings that were booked in a conversation, begin later than now and were not cancelled, the next one first. */
export async function comingMeetings({ unit: { sql, workspaceId }, row, now }: HeldConversation): Promise<Meeting[]> {
  const rows = await sql<Meeting[]>`
    select b.data ->> 'meetingId' as id, b.data ->> 'startsAt' as starts_at, (b.data ->> 'minutes')::int as minutes, b.data ->> 'about' as about
    from activity b where b.workspace_id = ${workspaceId} and b.conversation_id = ${row.id} and b.kind = 'meeting_booked' and b.data ->> 'meetingId' is not null
      and b.data ->> 'startsAt' > ${now.toISOString()}
      and not exists (select from activity c where c.workspace_id = b.workspace_id and c.conversation_id = b.conversation_id and c.kind = 'meeting_cancelled' and c.data ->> 'meetingId' = b.data ->> 'meetingId')
    order by b.data ->> 'startsAt' limit 50`;
  return [...rows];
}

export async function bookMeeting(held: HeldConversation, by: ActorRow, booked: Omit<Meeting, 'id'>): Promise<Meeting> {
  const meeting = { id: newId(), ...booked };
  const { id: meetingId, startsAt, minutes, about } = meeting;
  await addActivity(held, by, { kind: 'meeting_booked', text: about, data: { meetingId, startsAt, minutes, about } });
  return meeting;
}

export async function cancelMeeting(held: HeldConversation, by: ActorRow, { id: meetingId, startsAt, about }: Meeting, reason: string): Promise<void> {
  await addActivity(held, by, { kind: 'meeting_cancelled', text: reason || about, data: { meetingId, startsAt, about } });
}

/** @returns the stage before; null where none was set here */
export async function setStage(held: HeldConversation, by: ActorRow, stage: string): Promise<string | null> {
  const {
    unit: { sql, workspaceId },
    row,
  } = held;
  const [last] = await sql<{ stage: string | null }[]>`
    select data ->> 'stage' as stage from activity where workspace_id = ${workspaceId} and conversation_id = ${row.id} and kind = 'opportunity_stage' order by at desc, id desc limit 1`;
  const from = last?.stage ?? null;
  if (from !== stage) await addActivity(held, by, { kind: 'opportunity_stage', text: stage, data: { stage, from } });
  return from;
}
