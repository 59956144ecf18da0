import { expect } from 'chai';
import { launcherCss } from '../../widgets/ui/sheets/launcher.ts';
import { adoptTokens, releaseTokens } from '../../widgets/ui/tokens.ts';

/** Every `var(--conv-…, default)` of a text, with the default that it names. */
function defaults(text: string): [name: string, value: string][] {
  const found: [string, string][] = [];
  for (const match of text.matchAll(/var\((--conv-[\w-]+),\s*/g)) {
    const from = match.index + match[0].length;
    let depth = 0;
    let to = from;
    while (depth >= 0) {
      if (text[to] === '(') depth += 1;
      if (text[to] === ')') depth -= 1;
      to += 1;
    }
    found.push([match[1] ?? '', text.slice(from, to - 1)]);
  }
  return found;
}

const flat = (value: string): string => value.replace(/\s+/g, ' ').trim();

describe('the look of the launcher', () => {
  it('has for each token the default that the tokens have', () => {
    adoptTokens(document);
    const style = getComputedStyle(document.documentElement);
    const different = defaults(launcherCss).filter(([name, value]) => {
      const token = flat(style.getPropertyValue(name));
      return token !== '' && token !== flat(value);
    });
    releaseTokens(document);
    expect(different).to.deep.equal([]);
  });

  it('names a default for every token', () => {
    expect(launcherCss).not.to.match(/var\(--conv-[\w-]+\)/);
  });
});
