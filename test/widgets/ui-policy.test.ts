import { expect } from 'chai';
import { renamePolicy } from '../../widgets/ui/lit-policy.plugin.ts';
import { policyName } from '../../widgets/ui/policy.ts';

describe("Lit's Trusted Types policy", () => {
  for (const path of ['lit-html.js', 'development/lit-html.js']) {
    it(`gets our name and is shared in ${path}`, async () => {
      const source = await (await fetch(`/node_modules/lit-html/${path}`)).text();
      const rewritten = renamePolicy(source) ?? '';
      expect(rewritten)
        .to.contain(`createPolicy("${policyName}"`)
        .and.not.match(/createPolicy\(\s*['"]lit-html/);
    });
  }

  /** Runs the rewritten creation with a maker of policies that stands in for the browser's. */
  function create(maker: { createPolicy(name: string): object }): unknown {
    const code = renamePolicy("t.createPolicy('lit-html', { createHTML: (s) => s })") ?? '';
    return new Function('t', `return ${code}`)(maker);
  }

  const key = Symbol.for(policyName);
  let kept: unknown;
  beforeEach(() => {
    kept = Reflect.get(globalThis, key);
    Reflect.deleteProperty(globalThis, key);
  });
  afterEach(() => {
    if (kept === undefined) Reflect.deleteProperty(globalThis, key);
    else Reflect.set(globalThis, key, kept);
  });

  it('is created once for every bundle', () => {
    let made = 0;
    const maker = { createPolicy: () => ({ made: (made += 1) }) };
    expect(create(maker)).to.equal(create(maker));
    expect(made).to.equal(1);
  });

  it('is left out, and remembered as refused, where the page does not allow it', () => {
    const refusing = {
      createPolicy: (): object => {
        throw new TypeError('refused');
      },
    };
    expect(create(refusing)).to.equal(undefined);
    expect(Reflect.get(globalThis, key)).to.equal(null);
  });

  it('says nothing of a source that it does not know', () => expect(renamePolicy('const policy = none')).to.equal(null));
});
