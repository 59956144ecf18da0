import { css, html, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import { Slice } from 'prosemirror-model';
import { EditorState, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { linkTarget, type MailNode } from './mail-html.ts';
import { hasCommand } from '../ui/keys.ts';
import { clearFormatting, isOn, linkAt, plugins, toggle, type Tool } from './mail-keys.ts';
import { drop, paste } from './mail-paste.ts';
import { bare, mailSchema } from './mail-schema.ts';
import { docOf, restored, twinOf } from './mail-text.ts';
import { gapsOf, type WrittenLine } from './quick-reply-list.ts';

/** What somebody wrote: with its formatting, and as the text that it is without. */
export interface Written {
  readonly text: string;
  readonly doc: MailNode;
}

const sheet = css`
:host { display: block; min-inline-size: 0; }
:host([hidden]) { display: none; }
.mail { max-block-size: 320px; overflow-y: auto; box-sizing: border-box; padding: 8px 12px; min-block-size: 72px; font-size: var(--_fs-lg); line-height: 20px; outline: none; overflow-wrap: anywhere; white-space: break-spaces; color: var(--conv-ink); }
.mail > * { margin: 0; }
.mail p { margin: 0; }
.mail :is(ul, ol) { margin: 0; padding-inline-start: 24px; list-style: revert; }
.mail ul { list-style: disc; }
.mail ol { list-style: decimal; }
.mail blockquote { margin: 0; padding-inline-start: 10px; border-inline-start: 2px solid var(--conv-line-strong); color: var(--conv-ink-2); }
.mail a { color: var(--conv-accent); text-decoration: underline; text-underline-offset: 2px; }
.mail strong { font-weight: 600; }
.mail em { font-style: italic; }
.is-empty > p:first-child::before { content: attr(data-none); }
.is-empty::before { content: attr(aria-placeholder); float: inline-start; block-size: 0; color: var(--conv-ink-3); pointer-events: none; }
.ProseMirror-hideselection { caret-color: transparent; }
.ProseMirror-selectednode { outline: var(--conv-focus-width) solid var(--conv-focus); }
`;

/**
 * Where a formatted text is written. It tells of every change; what it is told to show, it shows only where that is not what
 * it has told of last, so that nothing but the writer moves text or caret. Part of the composer, fetched when it is needed.
 *
 * @fires mail-change - the text changed: {@link Written}
 * @fires mail-state - text or caret changed: the tools may look different
 * @fires mail-link - a link is to be made or changed
 */
export class MailEditor extends ConvElement {
  static override styles = [sheet];

  /** Whose text it is: another one has a history of its own. */
  @property({ attribute: false }) of = '';
  @property({ attribute: false }) text = '';
  /** The text with its formatting, where it has any. */
  @property({ attribute: false }) doc?: unknown;
  @property() label = '';
  @property() placeholder = '';
  @query('.mail') private readonly place!: HTMLElement;
  private view?: EditorView;
  private told = '';
  /** What was told of and has not come back yet: that it comes back is no news. */
  private underway: string[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.view) this.open(this.kept ?? this.fresh());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.kept = this.view?.state;
    this.view?.destroy();
    this.view = undefined;
  }

  /** What was written when the element was taken out of the page. */
  private kept?: EditorState;

  override render(): unknown {
    return html`<div class="mail"></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.view) this.open(this.fresh());
    else if (changed.has('of')) this.view.updateState(this.fresh());
    else if (this.text === this.told) this.underway = [];
    else if (!this.underway.includes(this.text)) this.follow(this.view);
    if (changed.has('label') || changed.has('placeholder')) this.view?.setProps({ attributes: this.attributes$ });
    if (changed.has('of') || changed.has('text')) this.tell('mail-state');
  }

  override focus(): void {
    this.view?.focus();
  }

  /** Puts the caret where it stood in the text without formatting, and the focus with it. */
  async select(start: number, end: number): Promise<void> {
    await this.updateComplete;
    const { view } = this;
    if (!view) return;
    const { at } = twinOf(view.state.doc);
    const place = (offset: number): number => at[Math.min(offset, at.length - 1)] ?? 1;
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, place(start), place(end))));
    view.focus();
  }

  /** Whether a tool is on where the caret stands. */
  isOn(tool: Tool): boolean {
    return this.view !== undefined && isOn(this.view.state, tool);
  }

  /** Does what a tool does, and gives the focus back to the text. */
  run(tool: Exclude<Tool, 'link'>): void {
    const { view } = this;
    if (!view) return;
    if (tool === 'clear') clearFormatting(() => view.state, view.dispatch.bind(view));
    else toggle(tool)(view.state, view.dispatch.bind(view), view);
    view.focus();
  }

  /** Address of the link at the caret. */
  get link(): string | undefined {
    return this.view && linkAt(this.view.state)?.href;
  }

  /** Links what is selected, or the link at the caret to elsewhere, or writes the address itself; an empty one unlinks. False for what is no address. */
  setLink(typed: string): boolean {
    const { view } = this;
    if (!view) return false;
    const { state } = view;
    const here = linkAt(state);
    const { from, to, empty } = state.selection;
    const [start, end] = empty && here ? [here.from, here.to] : [from, to];
    if (typed.trim() === '') view.dispatch(state.tr.removeMark(start, end, mailSchema.marks.link));
    else {
      const href = linkTarget(typed);
      if (!href) return false;
      const mark = mailSchema.marks.link.create({ href });
      view.dispatch(
        start === end
          ? state.tr.replaceSelectionWith(mailSchema.text(typed.trim(), [mark]), false)
          : state.tr.removeMark(start, end, mailSchema.marks.link).addMark(start, end, mark),
      );
    }
    view.focus();
    return true;
  }

  /** Writes something where the caret stands. */
  insert(text: string): void {
    if (!this.view) return;
    this.view.dispatch(this.view.state.tr.insertText(text).scrollIntoView());
    this.view.focus();
  }

  /** What stands on the line before the caret, and a way to put a text in its place. */
  get line(): WrittenLine | undefined {
    const { view } = this;
    if (!view?.state.selection.empty) return undefined;
    const { $from } = view.state.selection;
    const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\n');
    return { before: before.slice(before.lastIndexOf('\n') + 1), replace: (length, text) => this.replace($from.pos - length, $from.pos, text) };
  }

  private replace(from: number, to: number, text: string): void {
    const { view } = this;
    if (!view) return;
    view.dispatch(view.state.tr.replace(from, to, new Slice(docOf(text).content, 1, 1)).scrollIntoView());
    view.focus();
    const gap = gapsOf(twinOf(view.state.doc).text);
    if (gap && gapsOf(text)) void this.select(...gap.first);
  }

  /** Somebody put text in or took it out from outside. What is only longer, as by a draft that was taken, keeps its formatting. */
  private follow(view: EditorView): void {
    const more = this.told !== '' && !this.doc && this.text.startsWith(`${this.told}\n`) ? docOf(this.text.slice(this.told.length + 1)) : undefined;
    if (more) view.dispatch(view.state.tr.insert(view.state.doc.content.size, more.content));
    else view.updateState(this.fresh());
  }

  private fresh(): EditorState {
    this.told = this.text;
    this.underway = [];
    return EditorState.create({ doc: restored(this.text, this.doc), plugins: plugins({ link: () => this.tell('mail-link'), clear: () => this.run('clear') }) });
  }

  private open(state: EditorState): void {
    this.view = new EditorView(
      { mount: this.place },
      {
        state,
        attributes: this.attributes$,
        // With ⌘ or Ctrl, Enter is not the editor's, which would take it away from all others.
        handleDOMEvents: bare({ paste, drop, keydown: (_view, event: KeyboardEvent) => event.key === 'Enter' && hasCommand(event) }),
        dispatchTransaction: (change) => {
          const { view } = this;
          if (!view) return;
          view.updateState(view.state.apply(change));
          if (change.docChanged) {
            const { doc } = view.state;
            this.told = twinOf(doc).text;
            this.underway.push(this.told);
            this.dispatchEvent(new CustomEvent<Written>('mail-change', { bubbles: true, detail: { text: this.told, doc: doc.toJSON() as MailNode } }));
          }
          this.tell('mail-state');
        },
      },
    );
  }

  private readonly attributes$ = ({ doc }: EditorState): Record<string, string> =>
    bare({
      class: `mail${doc.childCount === 1 && doc.firstChild?.isTextblock && doc.content.size === 2 ? ' is-empty' : ''}`,
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': this.label,
      'aria-placeholder': this.placeholder,
      dir: 'auto',
    });

  private tell(type: 'mail-state' | 'mail-link'): void {
    this.dispatchEvent(new CustomEvent(type));
  }
}

define('mail-editor', MailEditor);

declare global {
  interface HTMLElementTagNameMap {
    'mail-editor': MailEditor;
  }
}
