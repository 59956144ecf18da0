import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ContactRef } from '../../server/contract/conversation.ts';
import type { FilledReply } from '../../server/contract/macro.ts';
import type { composing } from '../locales/en/composing.ts';
import type { operator } from '../locales/en/operator.ts';
import type { Unsent } from '../store/state.ts';
import type { ConvElement } from '../ui/base.ts';
import { grow } from '../ui/grow.ts';
import type { Spoken } from '../ui/words.ts';
import { calledShort } from './called.ts';
import { MailParts } from './composer-mail-parts.ts';
import { MentionList } from './composer-mention-list.ts';
import type { Mentionable } from './composer-mentions.ts';
import { lineOf, writeAt } from './composer-parts.ts';
import { richOf } from './composer-send.ts';
import type { MailEditor, Written } from './mail-editor.ts';
import { QuickReplies } from './quick-reply-list.ts';

/** Whose text it is: what is typed goes there. */
export interface TextPort {
  unsent(): Unsent;
  /** Who can be mentioned. */
  people(): readonly Mentionable[];
  quickReplies(): Promise<readonly FilledReply[] | undefined>;
  /** Keeps a reply, with its formatting where it has any. */
  write(reply: string, rich: Unsent['rich']): void;
  keep(change: Partial<Unsent>): void;
  /** Nobody types any more. */
  left(): void;
}

/**
 * Where one types: a plain field, or the editor of a mail once that is here; with the lists that open at its caret, of people
 * in a note and of quick replies in anything else.
 */
export class ComposerText {
  readonly mentions: MentionList;
  readonly quick: QuickReplies;
  readonly parts: MailParts;

  constructor(
    private readonly host: ConvElement,
    private readonly port: TextPort,
    words: Spoken<typeof composing>,
  ) {
    this.mentions = new MentionList(host, () => this.field);
    this.quick = new QuickReplies(
      host,
      () => (this.note ? undefined : (this.editor?.line ?? (this.field && lineOf(this.field)) ?? undefined)),
      () => this.port.quickReplies(),
      words,
    );
    this.parts = new MailParts(
      host,
      () => this.field,
      () => this.editor,
    );
  }

  /** The editor of a mail, where one writes in that. */
  get editor(): MailEditor | null {
    return this.host.renderRoot.querySelector('mail-editor:not([hidden])');
  }

  /** What one types in, where there is anything. */
  get place(): HTMLElement | null {
    return this.editor ?? this.field;
  }

  /**
   * @param of the conversation, by the id that was opened
   * @param mail whether a reply goes out as a mail
   */
  render(of: string, contact: ContactRef, mail: boolean, words: Spoken<typeof operator>): TemplateResult {
    const { note, mentions, quick } = this;
    const unsent = this.port.unsent();
    const { composer } = words.t.thread;
    const placeholder = note ? composer.notePlaceholder : composer.placeholder(calledShort(contact, words));
    const rich = mail && !unsent.plain && this.parts.ready;
    return html`${
      rich
        ? html`<mail-editor ?hidden=${note} .of=${of} .text=${unsent.reply} .doc=${richOf(unsent)} .label=${composer.message} .placeholder=${placeholder}
            @mail-change=${this.handleRich} @focusout=${this.handleBlur}></mail-editor>`
        : nothing
    }${
      rich && !note
        ? nothing
        : html`<textarea class="composer-text" rows="2" dir="auto" .value=${live(note ? unsent.note : unsent.reply)}
            aria-label=${note ? composer.noteText : composer.message} placeholder=${placeholder}
            aria-autocomplete="list" aria-controls=${note && mentions.open ? 'mentions' : quick.activeId ? 'quick-replies' : nothing}
            aria-activedescendant=${note && mentions.open ? mentions.activeId : (quick.activeId ?? nothing)}
            @input=${this.handleInput} @blur=${this.handleBlur} @click=${this.handleCaret} ${grow(240)}></textarea>`
    }${note ? mentions.render(this.mention, composer.operators) : quick.render(of)}`;
  }

  /** Takes a key that is for the list of people. */
  handleKey(event: KeyboardEvent): boolean {
    return event.target === this.field && this.note && this.mentions.handle(event, this.mention);
  }

  /** Writes something where the caret stands. */
  insert(text: string): void {
    const { field, editor } = this;
    if (editor) editor.insert(text);
    else if (field) writeAt(field, text);
  }

  private get field(): HTMLTextAreaElement | null {
    return this.host.renderRoot.querySelector('textarea');
  }

  private get note(): boolean {
    return this.port.unsent().mode === 'note';
  }

  private readonly mention = (person: Mentionable, text: string, caret: number): void => {
    const { field, port } = this;
    if (!field) return;
    field.value = text;
    field.setSelectionRange(caret, caret);
    port.keep({ note: text, mentions: [...new Set([...port.unsent().mentions, person.id])] });
  };

  private readonly handleRich = ({ detail: { text, doc } }: CustomEvent<Written>): void => this.port.write(text, { text, doc });

  private readonly handleInput = (): void => {
    const { field, port } = this;
    if (!field) return;
    if (!this.note) return port.write(field.value, undefined);
    port.keep({ note: field.value, refusal: undefined });
    this.mentions.look(field, port.people());
  };

  private readonly handleBlur = (): void => {
    this.port.left();
    this.mentions.close();
  };

  private readonly handleCaret = (): void => {
    if (this.field && this.note) this.mentions.look(this.field, this.port.people());
  };
}
