import type { ChildPart, DirectiveResult } from 'lit/directive.js';
import { directive } from 'lit/directive.js';
import { getCommittedValue, getDirectiveClass } from 'lit/directive-helpers.js';
import { type KeyFn, type RepeatDirective, type ItemTemplate, repeat as lit } from 'lit/directives/repeat.js';

const Repeat = getDirectiveClass(lit([], () => undefined)) as unknown as typeof RepeatDirective;

/**
 * Lit's own leaves a comment in the page for every item that goes: in a list whose rows come and go as it is scrolled through,
 * thousands of them, and each makes taking the next one out slower. Here they go with their items.
 */
class TidyRepeat extends Repeat {
  override update<T>(part: ChildPart, args: [Iterable<T>, KeyFn<T> | ItemTemplate<T>, ItemTemplate<T>]): ReturnType<RepeatDirective['update']> {
    const before = getCommittedValue(part);
    const stood = Array.isArray(before) ? (before.filter(Boolean) as ChildPart[]) : [];
    const shown = super.update(part, args);
    const after = getCommittedValue(part);
    const stands = new Set(Array.isArray(after) ? (after as ChildPart[]) : []);
    for (const one of stood) if (!stands.has(one)) (one.endNode as ChildNode | null)?.remove();
    return shown;
  }
}

/** Items as templates, each by its key: one that moves keeps its nodes. */
export const repeat = directive(TidyRepeat) as <T>(items: Iterable<T>, key: KeyFn<T>, template: ItemTemplate<T>) => DirectiveResult;
