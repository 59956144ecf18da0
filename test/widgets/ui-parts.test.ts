import 'axe-core/axe.min.js';
import type { AxeResults } from 'axe-core';
import { expect } from 'chai';
import { html, render } from 'lit';
import { bot, face } from '../../widgets/ui/people.ts';
import { repeat } from '../../widgets/ui/repeat.ts';
import '../support/gallery/gallery.ts';

declare global {
  interface Window {
    axe: { run(context: Element, options: object): Promise<AxeResults> };
  }
}

type Gallery = HTMLElementTagNameMap['conv-gallery'];

const root = document.documentElement;
let gallery: Gallery;

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 300) throw new Error(`never came true: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const all = (selector: string): HTMLElement[] => [...(gallery.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
const one = (selector: string, text = ''): HTMLElement => {
  const found = all(selector).find((node) => (node.ariaLabel ?? node.innerText).includes(text));
  if (!found) throw new Error(`no ${selector} ${text}`);
  return found;
};
const focused = (): Element | null => gallery.shadowRoot?.activeElement ?? null;
const press = (key: string, more: KeyboardEventInit = {}): void =>
  void (focused() ?? gallery).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }));

async function findings(): Promise<string[]> {
  const { violations } = await window.axe.run(gallery, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary ?? ''}`));
}

describe('the shared parts', () => {
  beforeEach(async () => {
    root.lang = 'en-GB';
    gallery = document.createElement('conv-gallery');
    document.body.append(gallery);
    await gallery.updateComplete;
  });
  afterEach(() => {
    gallery.remove();
    for (const name of ['data-theme', 'dir', 'lang']) root.removeAttribute(name);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`pass axe when ${theme}`, async function () {
      this.timeout(60_000);
      root.dataset['theme'] = theme;
      await Promise.all((gallery.shadowRoot?.getAnimations() ?? []).filter((one) => one instanceof CSSTransition).map((one) => one.finished));
      expect(await findings()).to.deep.equal([]);
    });
  }

  it('open a menu that arrow keys and letters move in, and give the focus back', async () => {
    const button = one('button', 'More actions');
    button.focus();
    button.click();
    const menu = one('[role=menu]', 'More actions');
    await until(() => menu.matches('.is-placed') && focused() !== button);
    press('Home');
    expect(focused()?.textContent).to.contain('Transfer to a teammate');
    press('ArrowDown');
    expect(focused()?.textContent).to.contain('Create ticket');
    press('ArrowUp');
    press('ArrowUp');
    expect(focused()?.textContent).to.contain('Latest');
    press('c');
    expect(focused()?.textContent).to.contain('Create ticket');
    press('c');
    expect(focused()?.textContent).to.contain('Copy link');
    (focused() as HTMLElement).click();
    await until(() => !menu.matches(':popover-open'));
    expect(focused()).to.equal(button);
    await until(() => one('[data-region=announce]').textContent === 'Copied');
  });

  it('say in the menu why something is refused, and do not do it', async () => {
    const button = one('button', 'More actions');
    button.click();
    const menu = one('[role=menu]', 'More actions');
    await until(() => menu.matches('.is-placed'));
    one('.menu-item', 'Leave').click();
    expect(menu.matches(':popover-open')).to.equal(true);
    expect(one('.menu-item', 'Leave').innerText).to.contain('Assignees must transfer first');
    menu.hidePopover();
  });

  for (const dir of ['ltr', 'rtl'] as const) {
    it(`hang a menu on the start of its button in ${dir}`, async () => {
      root.dir = dir;
      const button = one('button', 'Filter');
      button.click();
      const floating = one('.popover', 'Filter');
      await until(() => floating.matches('.is-placed'));
      const [at, box] = [button.getBoundingClientRect(), floating.getBoundingClientRect()];
      const edge = dir === 'ltr' ? box.left - at.left : box.right - at.right;
      expect(Math.abs(edge)).to.be.below(2);
      floating.hidePopover();
    });
  }

  it('open a dialog with its title, hold the focus, and give it back', async () => {
    const button = one('button', 'Dialog');
    button.focus();
    button.click();
    await until(() => all('dialog[open]').length === 1);
    const dialog = one('dialog');
    expect(one(`#${dialog.getAttribute('aria-labelledby') ?? ''}`).innerText).to.equal('Transfer to AI');
    expect(dialog.contains(focused())).to.equal(true);
    one('dialog .btn', 'Cancel').click();
    await until(() => all('dialog').length === 0);
    expect(focused()).to.equal(button);
  });

  it('leave nothing open when their element is taken out of the page and put back', async () => {
    one('button', 'Dialog').click();
    await until(() => all('dialog[open]').length === 1);
    gallery.remove();
    document.body.append(gallery);
    await until(() => all('dialog').length === 0);
    one('button', 'Dialog').click();
    await until(() => all('dialog:modal').length === 1);
    gallery.dialog.close();
    await until(() => all('dialog').length === 0);
  });

  it('show a toast with a way back, and take it away once used', async () => {
    one('button', 'Toast').click();
    one('button', 'Toast').click();
    await until(() => all('.toast').length === 2);
    expect(one('[data-region=toasts]').getAttribute('role')).to.equal('status');
    one('.toast .btn', 'Undo').click();
    await until(() => all('.toast').length === 1 && one('[data-region=announce]').textContent === 'Undone');
  });

  it('move among tabs by arrow keys, along the line of reading', async () => {
    for (const [dir, key] of [
      ['ltr', 'ArrowRight'],
      ['rtl', 'ArrowLeft'],
    ] as const) {
      root.dir = dir;
      one('[role=tab]', 'All').focus();
      one('[role=tab]', 'All').click();
      await gallery.updateComplete;
      press(key);
      await gallery.updateComplete;
      expect(one('[role=tab][aria-selected=true]').ariaLabel).to.contain('Email');
    }
  });

  it('lay a picture over the letters of a face once it is there; where none comes the letters stay, and it is not asked for again', async () => {
    const box = document.createElement('div');
    gallery.shadowRoot!.append(box);
    const pixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const draw = (avatarUrl: string | null): void =>
      void render([bot({ name: 'Nova', avatarUrl }, 24), face({ id: '1', name: 'Ana Duarte', picture: avatarUrl }, 16)], box);
    const pictures = (): HTMLImageElement[] => [...box.querySelectorAll('img')];
    const sizes = (): number[][] => [...box.children].map((node) => [node.getBoundingClientRect().width, node.getBoundingClientRect().height]);
    draw(null);
    const before = sizes();
    draw(pixel);
    expect(pictures().map((node) => getComputedStyle(node).opacity)).to.deep.equal(['0', '0']);
    await until(() => pictures().every((node) => getComputedStyle(node).opacity === '1'));
    expect([sizes(), pictures().map((node) => node.alt), pictures()[1]!.getBoundingClientRect().width]).to.deep.equal([before, ['', ''], 16]);
    draw('data:image/png;base64,"><script>no picture');
    expect(pictures().map((node) => getComputedStyle(node).opacity)).to.deep.equal(['0', '0']);
    await until(() => {
      draw('data:image/png;base64,"><script>no picture');
      return pictures().length === 0;
    });
    expect([sizes(), box.innerText.replaceAll(/\s/g, '')]).to.deep.equal([before, 'NAD']);
    box.remove();
  });

  it('draw few of a hundred thousand rows, wherever the list stands', async () => {
    const rows = one('.rows');
    await until(() => all('.rows-in > .row').length > 0);
    expect(rows.scrollHeight).to.equal(100_000 * 72);
    for (const top of [0, 3_000_000, rows.scrollHeight]) {
      rows.scrollTop = top;
      const seen = (): HTMLElement | undefined => {
        const { top: from, bottom } = rows.getBoundingClientRect();
        return all('.rows-in > .row').find((row) => row.getBoundingClientRect().top < bottom - 40 && row.getBoundingClientRect().bottom > from + 40);
      };
      await until(() => seen() !== undefined);
      expect(all('.rows-in > .row').length).to.be.below(40);
    }
    gallery.window.reveal(500);
    expect(gallery.window.sight.first).to.be.within(495, 501);
  });
});

describe('a list whose items come and go', () => {
  const list = document.createElement('ul');
  const show = (ids: readonly number[]): void =>
    void render(
      html`${repeat(
        ids,
        (id) => id,
        (id) => html`<li>${id}</li>`,
      )}`,
      list,
    );
  const said = (): string => [...list.children].map((item) => item.textContent).join(' ');

  it('leaves nothing of those that went, and keeps the nodes of those that moved', () => {
    show([1, 2, 3]);
    const [, second] = list.children;
    const nodes = list.childNodes.length;
    for (let turn = 0; turn < 20; turn += 1) {
      show([turn * 10 + 4, turn * 10 + 5, 2]);
      expect(list.childNodes.length).to.equal(nodes);
      expect(list.children[2]).to.equal(second);
      show([2, turn * 10 + 6, turn * 10 + 7]);
      expect(list.childNodes.length).to.equal(nodes);
      expect(said()).to.equal(`2 ${turn * 10 + 6} ${turn * 10 + 7}`);
    }
    show([]);
    show([9]);
    expect(said()).to.equal('9');
    show([1, 2, 3]);
    expect(list.childNodes.length).to.equal(nodes);
  });
});
