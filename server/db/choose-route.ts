/** A customer chooses how it wants to be reached. */
import { readAnswer } from '../domain/route-form.ts';
import { execute } from './control.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { notifyTeam } from './notification.ts';
import { beginForm, showChosen } from './route-form.ts';
import type { Filled } from './route-form.ts';
import type { ChosenRoute } from './routes.ts';

/**
 * The customer's word on how it wants to be reached; shown on the message that asked, and told to those who are to do it.
 * @param filled what the route asks for; undefined where that was not filled in along with it
 * @param asForm the chat then shows it as a form, instead of asking in words
 */
export async function chooseRoute(held: HeldConversation, route: ChosenRoute, by: ActorRow, filled?: Filled, asForm = false) {
  const before = { routeId: held.row.handoffRouteId, departmentId: held.row.departmentId };
  const said = filled && route.fields.flatMap((field) => (filled[field.name]?.trim() ? [readAnswer(field, filled[field.name]!).value] : [])).join(' · ');
  const applied = await execute(held, { type: 'choose_route', routeId: route.id, departmentId: route.departmentId }, by, {
    code: 'route_chosen',
    text: `${by.name || 'The customer'} chose ${route.label}`,
    reason: said || null,
    data: { routeId: route.id, label: route.label },
  });
  if (!applied.ok) return applied;
  const shown = await showChosen(held, route.id);
  if (before.routeId !== route.id || filled) await beginForm(held, route, filled, asForm ? shown : undefined);
  if (held.row.departmentId !== before.departmentId) await notifyTeam(held, { kind: 'handoff', text: by.name, data: { reason: route.label } });
  return applied;
}
