/** The other end of the custom channel: a partner's system that takes Standard Webhooks. */
import { refusal, withChoices } from './stand-in.ts';
import type { Desk, Reply, StandIn } from './stand-in.ts';

/** Where orders are, by the last digit of their number. */
const states = ['being packed', 'with the carrier', 'out for delivery', 'delivered'];

interface Body {
  type: 'message' | 'ping';
  data: {
    to: { handle: string };
    text: string;
    subject?: string;
    html?: string;
    routes?: { id: string; label: string }[];
    attachments?: { name?: string; type?: string; url: string }[];
  };
}

/** As a good receiver does: a `webhook-id` that was seen before is answered and not taken a second time. */
export function partnerStandIn(desk: Desk): StandIn {
  const seen = new Set<string>();
  return ({ method, path, headers, body }) => {
    const media = desk.media.find(/^\/files\/(\w+)$/.exec(path)?.[1] ?? '');
    if (method === 'GET') return media ? { status: 200, body: media.bytes, type: media.type } : refusal(404, {});
    if (path === '/orders') return orderState(body);
    const id = String(headers['webhook-id'] ?? '');
    const payload = JSON.parse(body.toString()) as Body;
    if (payload.type === 'ping' || seen.has(id)) return { status: 200, body: { id } };
    seen.add(id);
    const { to, text, subject, routes = [], attachments = [] } = payload.data;
    const item = desk.outbox.keep({
      channel: 'custom',
      to: to.handle,
      text: withChoices(
        text,
        routes.map(({ label }) => label),
      ),
      subject,
      messageId: id,
      payload,
      headers: Object.entries(headers)
        .filter(([name]) => name.startsWith('webhook-'))
        .map(([name, value]) => ({ name, value: String(value) })),
      ...(routes.length > 0 && { choices: routes.map((route) => ({ id: route.id, title: route.label })), choiceStyle: 'button' as const }),
      ...(attachments.length > 0 && { attachments: attachments.map(({ name, type, url }) => ({ name, type, url })) }),
    });
    return { status: 200, body: { id }, after: () => desk.collect(item) };
  };
}

/** Its answer to a skill that asks for an order. */
function orderState(body: Buffer): Reply {
  const { data } = JSON.parse(body.toString()) as { data: { arguments: { orderNumber: string } } };
  const { orderNumber } = data.arguments;
  const digit = /(\d)\D*$/.exec(orderNumber)?.[1];
  if (digit === undefined) return refusal(404, { error: 'There is no such order.' });
  return { status: 200, body: { orderNumber, state: states[Number(digit) % states.length], depot: 'Lisbon' } };
}
