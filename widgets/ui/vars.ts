import { noChange, type ElementPart } from 'lit';
import { Directive, directive, PartType, type PartInfo } from 'lit/directive.js';

type Values = Readonly<Record<string, string | undefined>>;

class Vars extends Directive {
  private set: Values = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('vars() stands in the tag, not in an attribute');
  }

  override render(_values: Values): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [values]: [Values]): typeof noChange {
    const { style } = part.element as HTMLElement;
    for (const name in this.set) if (values[name] === undefined) style.removeProperty(name);
    // What stays as it was is not written: a browser would work out the styles of all that is in the element.
    for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== this.set[name]) style.setProperty(name, value);
    this.set = values;
    return noChange;
  }
}

/**
 * Sets style properties of an element, custom ones too, by script: `<div ${vars({ '--v': '40%', 'block-size': '8px' })}>`.
 * A page without inline styles allowed refuses `style="…"` and the first pass of Lit's `styleMap`, not this.
 */
export const vars = directive(Vars);
