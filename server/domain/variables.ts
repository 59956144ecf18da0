/** What can stand in a quick reply between double braces. */
const VARIABLES = [
  'contact.name',
  'contact.firstName',
  'contact.company',
  'contact.email',
  'operator.name',
  'operator.firstName',
  'agent.name',
  'conversation.subject',
  'workspace.name',
] as const;
type Variable = (typeof VARIABLES)[number];

/** What is known; an empty one is not. */
export type Facts = Readonly<Partial<Record<Variable, string | null>>>;

const isVariable = (name: string): name is Variable => (VARIABLES as readonly string[]).includes(name);

/** The first word of a name; the whole where it has one word, or begins with a title's dot. */
export function firstName(name: string): string {
  const [first = ''] = name.trim().split(/\s+/u);
  return first.endsWith('.') ? name.trim() : first;
}

/**
 * A text with what is known in the place of its variables.
 * @returns the text, and the variables that stay in it because nothing is known for them, each once
 */
export function fillIn(text: string, facts: Facts): { text: string; unknown: string[] } {
  const unknown = new Set<string>();
  const filled = text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (place, name: string) => {
    const known = isVariable(name) ? facts[name]?.trim() : undefined;
    if (!known) unknown.add(name);
    return known || place;
  });
  return { text: filled, unknown: [...unknown] };
}
