/** How many parameters a template's text asks for: the highest number among `{{1}}`, `{{2}}`, … */
export function countParameters(body: string): number {
  return Math.max(0, ...[...body.matchAll(/\{\{(\d{1,2})\}\}/g)].map(([, number]) => Number(number)));
}

/** A template's text with its parameters in their places; a place without one stays as it is. */
export function fillTemplate(body: string, parameters: readonly string[]): string {
  return body.replace(/\{\{(\d{1,2})\}\}/g, (place, number: string) => parameters[Number(number) - 1] ?? place);
}
