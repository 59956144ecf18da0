/** A page of the shared parts, to look at beside the reference: `?theme=dark&dir=rtl&lang=ar&density=compact`. */
import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { operatorTexts } from '../../../widgets/locales/operator.ts';
import { announce } from '../../../widgets/ui/announce.ts';
import { ConvElement } from '../../../widgets/ui/base.ts';
import { blank, rowBones } from '../../../widgets/ui/blank.ts';
import { channelGlyph } from '../../../widgets/ui/channels.ts';
import { define } from '../../../widgets/ui/define.ts';
import { Dialog } from '../../../widgets/ui/dialog.ts';
import { diffView } from '../../../widgets/ui/diff-view.ts';
import { grow } from '../../../widgets/ui/grow.ts';
import { icon } from '../../../widgets/ui/icon.ts';
import * as glyphs from '../../../widgets/ui/icons.ts';
import { keyHint } from '../../../widgets/ui/keys.ts';
import { atWork, bars, chip, count, dots, signal, tag, unread, urgentMark } from '../../../widgets/ui/marks.ts';
import { Menu } from '../../../widgets/ui/menu.ts';
import { bot, face } from '../../../widgets/ui/people.ts';
import { Popover } from '../../../widgets/ui/popover.ts';
import { RowWindow, down } from '../../../widgets/ui/rows.ts';
import { blankSheet } from '../../../widgets/ui/sheets/blank.ts';
import { buttonsSheet } from '../../../widgets/ui/sheets/buttons.ts';
import { composerSheet } from '../../../widgets/ui/sheets/composer.ts';
import { dialogSheet } from '../../../widgets/ui/sheets/dialog.ts';
import { draftSheet } from '../../../widgets/ui/sheets/draft.ts';
import { facesSheet } from '../../../widgets/ui/sheets/faces.ts';
import { fieldsSheet } from '../../../widgets/ui/sheets/fields.ts';
import { marksSheet } from '../../../widgets/ui/sheets/marks.ts';
import { menuSheet } from '../../../widgets/ui/sheets/menu.ts';
import { messagesSheet } from '../../../widgets/ui/sheets/messages.ts';
import { noticeSheet } from '../../../widgets/ui/sheets/notice.ts';
import { optionsSheet } from '../../../widgets/ui/sheets/options.ts';
import { paletteSheet } from '../../../widgets/ui/sheets/palette.ts';
import { poolSheet } from '../../../widgets/ui/sheets/pool.ts';
import { tabsSheet } from '../../../widgets/ui/sheets/tabs.ts';
import { segments, tabs } from '../../../widgets/ui/tabs.ts';
import { Ticker } from '../../../widgets/ui/ticker.ts';
import { ago, clock, dayMark, fileSize, waited } from '../../../widgets/ui/time.ts';
import { toast } from '../../../widgets/ui/toast.ts';
import { vars } from '../../../widgets/ui/vars.ts';
import { words } from '../../../widgets/ui/words.ts';

const people = ['Marta Oliveira', 'Dmitri Halloran', 'Priya Raman', 'Jonas Weidmann', 'نور الحداد', 'Alexandrina Papadopoulou-Whitcombe of the House'];
const total = 100_000;

class Gallery extends ConvElement {
  static override styles = [
    facesSheet,
    buttonsSheet,
    marksSheet,
    fieldsSheet,
    menuSheet,
    dialogSheet,
    noticeSheet,
    blankSheet,
    tabsSheet,
    optionsSheet,
    paletteSheet,
    draftSheet,
    messagesSheet,
    composerSheet,
    poolSheet,
    css`
      :host { display: block; background: var(--conv-surface); padding: 24px; --under: var(--conv-surface); container: none; border: 0; position: static; }
      section { padding-block: 16px; border-block-end: 1px solid var(--conv-line); display: flex; flex-wrap: wrap; gap: 12px 16px; align-items: center; }
      .wide { flex: 1 1 100%; }
      .rows { block-size: 300px; inline-size: 368px; flex: none; background: var(--conv-canvas); --under: var(--conv-canvas); }
      .pane { inline-size: 368px; background: var(--conv-canvas); }
      .field { inline-size: 220px; }
    `,
  ];

  readonly words = words(this, operatorTexts);
  private readonly ticker = new Ticker(this, 'second');
  private readonly more = new Menu(this);
  private readonly filter = new Popover(this);
  readonly dialog = new Dialog(this);
  readonly window = new RowWindow(this);
  private tab: 'all' | 'email' | 'sms' = 'all';
  private span: 'day' | 'week' = 'day';
  private readonly began = Date.now() - 846_000;

  override render(): TemplateResult {
    return html`<main>
      ${this.renderMarks()}${this.renderControls()}${this.renderFloating()}${this.renderTimes()}${this.renderBlanks()}${this.renderRows()}
      ${this.dialog.render(() => ({
        title: 'Transfer to AI',
        lead: 'The agent answers at once what Marta is waiting for. You can take over again at any moment.',
        body: html`<fieldset class="options"><legend class="sr">Agent</legend>${['Nova', 'Vega', 'Sol'].map(
          (name, at) =>
            html`<label class="option"><input type="radio" class="box" name="agent" ?checked=${at === 0}>${bot({ name })}<span><b>${name}</b><small>Sends by itself</small></span></label>`,
        )}</fieldset><div><label class="label" for="why">Reason <small>${this.words.t.common.optional}</small></label><input class="field" id="why"></div>`,
        foot: html`<button type="button" class="btn lg" @click=${() => this.dialog.close()}>${this.words.t.common.cancel}</button>
          <button type="submit" class="btn lg primary">${icon(glyphs.robot)}Transfer to AI</button>`,
        close: this.words.t.common.close,
        submit: () => this.dialog.close(),
      }))}
    </main>`;
  }

  private renderMarks(): TemplateResult {
    return html`<section>${people.map((name) => face({ id: name, name }, 32, channelGlyph.whatsapp))}${face({ id: '+1 503', name: '+1 503 555 0148' }, 32)}
      ${([16, 18, 20, 24, 28, 32, 40] as const).map((size) => bot({ name: 'Nova' }, size))}${bot({ name: 'Sol', active: false }, 32)}
      ${urgentMark('Urgent')}${unread(this.words.tag, 2, 'unread')}${count(this.words.tag, 1240)}${tag('Hot Lead', 1)}${tag('VIP', 2)}${tag('Refund', 5)}
      ${signal('copper', glyphs.handoff, 'A call', waited(this.words, this.began, this.ticker.now))}${signal('madder', glyphs.alert, 'Not delivered')}
      ${signal('agent', glyphs.draft, 'Draft by Sol')}${atWork('Nova is composing')}${bars()}${dots()}
      ${chip('copper', 'Risk: money', glyphs.shield)}${chip('plain', 'Solved')}${chip('moss', 'Goal')}${chip('madder', 'Failed')}${chip('agent', 'AI')}${chip('ochre', 'Note')}
      <div class="wide">${Object.entries(glyphs).map(([name, glyph]) => html`<span title=${name}>${icon(glyph)}</span> `)}</div></section>`;
  }

  private renderControls(): TemplateResult {
    return html`<section><button class="btn primary">Approve &amp; send <kbd>${keyHint('mod+enter')}</kbd></button><button class="btn">${icon(glyphs.pencil)}Edit, then send <kbd>E</kbd></button>
      <button class="btn ghost danger">Reject</button><button class="btn danger primary">Delete</button><button class="btn" disabled>Disabled</button><button class="btn sm">Small</button>
      <span class="split"><button class="btn primary">Send</button><button class="btn primary" aria-label="More ways to send">${icon(glyphs.down)}</button></span>
      <button class="linkish">Try again</button><label class="with-icon">${icon(glyphs.search)}<span class="sr">Search</span><input class="field sm" type="search" placeholder="Search messages"></label>
      <select class="field" aria-label="Priority"><option>Urgent</option></select><input type="checkbox" class="box" aria-label="One" checked><input type="checkbox" class="box" aria-label="Two"><input type="radio" class="box" aria-label="Three" checked>
      <input type="checkbox" class="switch" role="switch" aria-label="Four" checked>
      ${segments(
        'Span',
        [
          { id: 'day', label: 'Day' },
          { id: 'week', label: 'Week' },
        ],
        this.span,
        (id) => this.turn(() => (this.span = id)),
      )}
      <div class="wide">${tabs(
        'Channel',
        [
          { id: 'all', label: 'All', end: count('en', 23) },
          { id: 'email', label: 'Email', glyph: glyphs.email, end: count('en', 9), name: 'Email, 9 unread' },
          { id: 'sms', label: 'SMS', glyph: glyphs.sms },
        ],
        this.tab,
        (id) => this.turn(() => (this.tab = id)),
      )}</div>
      <textarea class="field" aria-label="Growing" ${grow(120)}>One line</textarea>
      <p class="wide draft-text">${diffView('I am refunding €240.00 to the card.', 'I am refunding €240.00 and adding a voucher of €20.00.')}</p></section>`;
  }

  private renderFloating(): TemplateResult {
    const undo = { label: this.words.t.common.undo, undo: true, keys: 'Z', run: () => announce(this, 'Undone') };
    return html`<section>${this.more.menu({ look: 'btn ghost icon', content: icon(glyphs.kebab), label: 'More actions' }, 'More actions', () => [
      { label: 'Transfer to a teammate', glyph: glyphs.transfer, keys: 'T', run: () => this.dialog.show() },
      { label: 'Create ticket', glyph: glyphs.ticket, run: () => announce(this, 'Ticket') },
      { label: 'Copy link', glyph: glyphs.link, keys: 'mod+shift+c', run: () => announce(this, 'Copied') },
      'line',
      { label: 'Leave', glyph: glyphs.leave, refused: 'Assignees must transfer first', run: () => announce(this, 'Left') },
      { heading: 'Sort' },
      { label: 'Latest', checked: true, run: () => announce(this, 'Latest') },
    ])}
      ${this.filter.render({ look: 'btn', content: 'Filter' }, { look: 'popover', label: 'Filter', role: 'dialog', content: () => html`<header><h3>Notifications</h3></header><p class="menu-head">Only conversations that</p><label class="menu-item"><input type="checkbox" class="box">Are unread</label>` })}
      <button class="btn" @click=${() => this.dialog.show()}>Dialog</button>
      <button class="btn" @click=${() => toast(this, { text: '4 conversations closed', dismiss: this.words.t.common.dismiss, acts: [undo] })}>Toast</button></section>
      <div class="notice copper" role="status">${icon(glyphs.offline)}<span><b>You are offline.</b> What you send goes out when you are back.</span></div>`;
  }

  private renderTimes(): TemplateResult {
    const { now } = this.ticker;
    const back = [0, 120e3, 5 * 3600e3, 3 * 864e5, 40 * 864e5, 500 * 864e5].map((passed) => now - passed);
    return html`<section>${back.map((at) => html`<time>${ago(this.words, at, now)}</time>`)}<b class="num">${clock(this.words.tag, now - this.began)}</b>
      <span>${dayMark(this.words, now, now)}</span><span>${fileSize(this.words.tag, 312_000)}</span></section>`;
  }

  private renderBlanks(): TemplateResult {
    return html`<section><div class="pane">${blank({ glyph: glyphs.handoff, title: 'Nobody is waiting for a person', text: 'When an agent hands a conversation to your team, it shows here with the route that the customer chose.', acts: html`<button class="btn">Show all open</button>` })}</div>
      <div class="pane">${rowBones(4, this.words.t.common.loading)}</div></section>`;
  }

  private renderRows(): TemplateResult {
    return html`<section><div class="rows" tabindex="0" role="group" aria-label="Rows" ${this.window.scroller()}><ul class="rows-in" ${vars({ 'block-size': down(total) })}>${repeat(
      this.window.indices(total),
      (at) => at,
      (
        at,
      ) => html`<li class="row ${at % 3 === 0 ? 'is-unread' : ''} ${at === 1 ? 'is-selected' : ''}" ${vars({ 'inset-block-start': down(at) })} aria-posinset=${at + 1} aria-setsize=${total}>
        <span class="row-pick">${face({ id: String(at), name: people[at % people.length] }, 32, channelGlyph.email)}</span>
        <a class="row-link" href="#${at}"><span class="row-line"><span class="row-name" dir="auto">${people[at % people.length]}</span><span class="row-from">${at}</span><time>2 min</time></span>
          <span class="row-line"><span class="row-text" dir="auto">Does the Wren fit under a 40 cm shelf with the hopper on?</span></span>
          <span class="row-line">${signal('copper', glyphs.handoff, 'A call', '14 min')}${tag('VIP', 2)}</span></a></li>`,
    )}</ul></div></section>`;
  }

  private turn(change: () => void): void {
    change();
    this.requestUpdate();
  }
}

const asked = new URLSearchParams(location.search);
const root = document.documentElement;
for (const name of ['theme', 'density']) if (asked.has(name)) root.setAttribute(`data-${name}`, asked.get(name) ?? '');
for (const name of ['dir', 'lang']) if (asked.has(name)) root.setAttribute(name, asked.get(name) ?? '');
define('conv-gallery', Gallery);

declare global {
  interface HTMLElementTagNameMap {
    'conv-gallery': Gallery;
  }
}
