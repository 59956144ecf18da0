import { expect } from 'chai';
import { css, html } from 'lit';
import { operatorTexts } from '../../widgets/locales/operator.ts';
import { ConvElement } from '../../widgets/ui/base.ts';
import { define } from '../../widgets/ui/define.ts';
import { words } from '../../widgets/ui/words.ts';

class Part extends ConvElement {
  static override styles = css`b { color: var(--conv-accent); font-size: var(--_fs-md); }`;
  readonly words = words(this, operatorTexts);
  override render(): unknown {
    return html`<b>${this.words.t.common.cancel}</b><input aria-label="Field"><button>Press</button>`;
  }
}
define('conv-part', Part);

class Whole extends ConvElement {
  override render(): unknown {
    return html`<conv-part></conv-part>`;
  }
}
define('conv-whole', Whole);

async function attach<E extends ConvElement>(tag: string, attributes: Record<string, string> = {}): Promise<E> {
  const element = document.createElement(tag) as E;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 300) throw new Error(`never came true: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const inside = (element: ConvElement, selector: string): HTMLElement => {
  const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`${selector} is not there`);
  return found;
};

describe('every element', () => {
  const root = document.documentElement;
  afterEach(() => {
    document.body.replaceChildren();
    root.removeAttribute('style');
    for (const name of ['data-theme', 'data-density', 'lang', 'dir']) root.removeAttribute(name);
  });

  it('lays its tokens under the document once, and takes them away with the last', async () => {
    const before = document.adoptedStyleSheets.length;
    const one = await attach('conv-part');
    const two = await attach('conv-part');
    expect(document.adoptedStyleSheets.length).to.equal(before + 1);
    one.remove();
    expect(document.adoptedStyleSheets.length).to.equal(before + 1);
    two.remove();
    expect(document.adoptedStyleSheets.length).to.equal(before);
  });

  it('does not touch the page: its colour scheme and its properties stay', async () => {
    await attach('conv-part', { theme: 'dark' });
    expect(getComputedStyle(root).colorScheme).to.equal('normal');
  });

  for (const [name, place] of [
    ['the root', () => root],
    ['the element', (element: HTMLElement) => element],
  ] as const) {
    it(`takes a host's token from ${name}`, async () => {
      const element = await attach('conv-part');
      const at = place(element);
      at.style.setProperty('--conv-accent', 'rgb(1, 2, 3)');
      at.style.setProperty('--conv-scale', '2');
      const { color, fontSize } = getComputedStyle(inside(element, 'b'));
      expect(color).to.equal('rgb(1, 2, 3)');
      expect(fontSize).to.equal('26px');
    });
  }

  it("takes a host's token from a plain rule on :root", async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':root { --conv-accent: rgb(4, 5, 6) }');
    document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
    const element = await attach('conv-part');
    expect(getComputedStyle(inside(element, 'b')).color).to.equal('rgb(4, 5, 6)');
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  });

  it('is dark under an ancestor that is, also inside another element, and by its own attribute', async () => {
    const accent = (part: ConvElement): string => getComputedStyle(inside(part, 'b')).color;
    root.dataset['theme'] = 'dark';
    const whole = await attach('conv-whole');
    const part = inside(whole, 'conv-part') as Part;
    await part.updateComplete;
    expect(accent(part)).to.equal('rgb(157, 185, 246)');
    root.dataset['theme'] = 'light';
    expect(accent(part)).to.equal('rgb(48, 80, 156)');
    whole.theme = 'dark';
    await whole.updateComplete;
    expect(accent(part)).to.equal('rgb(157, 185, 246)');
  });

  it('looks the same whatever the page does to every element', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { font: 40px serif; letter-spacing: 9px; text-transform: uppercase; color: red; line-height: 3 }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const element = await attach('conv-part');
    const { fontSize, letterSpacing, textTransform, lineHeight } = getComputedStyle(inside(element, 'b'));
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    expect({ fontSize, letterSpacing, textTransform, lineHeight }).to.deep.equal({
      fontSize: '13px',
      letterSpacing: 'normal',
      textTransform: 'none',
      lineHeight: '20px',
    });
  });

  it('keeps keys typed into its fields from the page, and hears them itself', async () => {
    const whole = await attach('conv-whole');
    const part = inside(whole, 'conv-part') as Part;
    await part.updateComplete;
    const heard: string[] = [];
    const listen = (name: string) => (): void => void heard.push(name);
    const onPage = listen('page');
    document.addEventListener('keydown', onPage);
    part.addEventListener('keydown', listen('part'));
    whole.addEventListener('keydown', listen('whole'));
    const press = (selector: string): void =>
      void inside(part, selector).dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, composed: true }));
    press('input');
    expect(heard).to.deep.equal(['part', 'whole']);
    heard.length = 0;
    press('button');
    document.removeEventListener('keydown', onPage);
    expect(heard).to.deep.equal(['part', 'whole', 'page']);
  });

  it('speaks the language of the page, at once when it changes', async () => {
    root.lang = 'es';
    const element = await attach<Part>('conv-part');
    expect(inside(element, 'b').textContent).to.equal('Cancelar');
    root.lang = 'de';
    await until(() => inside(element, 'b').textContent === 'Abbrechen');
    element.locale = 'en';
    await element.updateComplete;
    expect(inside(element, 'b').textContent).to.equal('Cancel');
  });

  it('says which language it speaks where the page speaks another, and only there', async () => {
    root.lang = 'fr';
    const element = await attach<Part>('conv-part');
    expect([element.lang, inside(element, 'b').textContent]).to.deep.equal(['en', 'Cancel']);
    root.lang = 'es-MX';
    await until(() => inside(element, 'b').textContent === 'Cancelar');
    expect(element.hasAttribute('lang')).to.equal(false);
    element.lang = 'pt';
    await until(() => inside(element, 'b').textContent === 'Cancelar' && element.language === 'pt');
    expect(element.lang).to.equal('pt');
  });

  it('is compact where an ancestor is', async () => {
    root.dataset['density'] = 'compact';
    const whole = await attach('conv-whole');
    expect(whole.compact).to.equal(true);
    expect(getComputedStyle(whole).getPropertyValue('--conv-row')).to.equal('52px');
  });

  it('may be defined twice', () => {
    define('conv-part', class extends Part {});
    expect(customElements.get('conv-part')).to.equal(Part);
  });
});
