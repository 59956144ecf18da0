import type { OutboundMessage } from './channel.ts';

/** What a button that stands for a route carries back. */
export const routePayload = (id: string) => `route:${id}`;

/** The route id in a button's payload, if it is one of ours. */
export function routeIdOf(payload: string | undefined): string | undefined {
  const match = /^route:([\w-]{1,64})$/.exec(payload ?? '');
  return match?.[1];
}

/** The text with the routes as a numbered list under it, for channels without buttons. */
export function withNumberedRoutes({ text, routes = [] }: OutboundMessage): string {
  return [text, ...routes.map(({ label, note }, index) => `${index + 1}. ${label}${note ? ` (${note})` : ''}`)].join('\n');
}

/** The number that a customer chose by writing only it: `2`, `2.`, `(2)`, `#2`. */
export function routeNumberOf(text: string): number | undefined {
  const match = /^\s*[#(]?([1-9]\d?)[.)]?\s*$/.exec(text);
  return match ? Number(match[1]) : undefined;
}
