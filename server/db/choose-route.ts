/** A customer chooses how it wants to be reached. */
import { readAnswer } from '../domain/route-form.ts';
import { execute } from './control.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { notifyTeam } from './notification.ts';
import { beginForm } from './route-form.ts';
import type { Filled } from './route-form.ts';
import type { ChosenRoute } from './routes.ts';

/** The customer's word on how it wants to be reached; shown on the message that asked, and told to those who are to do it. */
export async function chooseRoute(held: HeldConversation, route: ChosenRoute, by: ActorRow, filled?: Filled) {
  const { sql, workspaceId } = held.unit;
  const before = { routeId: held.row.handoffRouteId, departmentId: held.row.departmentId };
  const said = filled && route.fields.flatMap((field) => (filled[field.name]?.trim() ? [readAnswer(field, filled[field.name]!).value] : [])).join(' · ');
  const applied = await execute(held, { type: 'choose_route', routeId: route.id, departmentId: route.departmentId }, by, {
    code: 'route_chosen',
    text: `${by.name || 'The customer'} chose ${route.label}`,
    reason: said || null,
    data: { routeId: route.id, label: route.label },
  });
  if (!applied.ok) return applied;
  const [asked] = await sql<{ id: string; identityId: string; channel: string }[]>`
    update message set chosen_route_id = ${route.id} where workspace_id = ${workspaceId} and id = (
      select id from message where workspace_id = ${workspaceId} and conversation_id = ${held.row.id} and routes is not null order by seq desc limit 1)
    returning id, identity_id, channel`;
  if (asked) {
    held.itemChanged(asked.id);
    held.visitorItemChanged(asked.id, asked.identityId, asked.channel);
  }
  if (before.routeId !== route.id || filled) await beginForm(held, route, filled);
  if (held.row.departmentId !== before.departmentId) await notifyTeam(held, { kind: 'handoff', text: by.name, data: { reason: route.label } });
  return applied;
}
