import type { ReactiveController, TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { ChannelKind } from '../../server/contract/settings.ts';
import type { Unsent } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import type { ConvElement } from '../ui/base.ts';
import type { BeginForm, BeginRefusal } from './begin-form.ts';
import { copiesField, messageField, type WrittenFields } from './begin-write.ts';
import { Attaching, type FilesOf } from './composer-attach.ts';
import { MailParts } from './composer-mail-parts.ts';
import type { MailCopies } from './mail-copies.ts';
import type { MailEditor } from './mail-editor.ts';
import { channelName } from './pool-row.ts';
import type { FilesPort } from './thread-ports.ts';

/** Whose message it is: what is written goes there. */
export interface MessagePort {
  form(): BeginForm;
  /** The channel that it goes out on; undefined while none is written. */
  channel(): Channel | undefined;
  store(): Store | undefined;
  kinds(): readonly ChannelKind[] | undefined;
  keep(change: Partial<Unsent>): void;
}

/** The message that a conversation begins with: its text, in a mail's editor once that is here, its copies and its files. */
export class BeginMessage implements ReactiveController {
  private readonly parts: MailParts;
  private readonly attaching: Attaching;
  /** The fields for copies were asked for. */
  private copies = false;

  constructor(
    private readonly host: ConvElement,
    private readonly port: MessagePort,
    private readonly words: Pick<WrittenFields, 'words' | 'common' | 'composing'>,
  ) {
    this.parts = new MailParts(
      host,
      () => this.field,
      () => this.editor,
    );
    this.attaching = new Attaching(
      host,
      () => this.filesOf(),
      () => undefined,
    );
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.port.channel() === 'email') this.parts.want();
    this.attaching.want(this.files, this.filesPort);
  }

  hostUpdated(): void {
    const toolbar = this.host.renderRoot.querySelector('mail-toolbar');
    if (toolbar) toolbar.editor = this.editor;
  }

  /** Why it cannot be sent as it stands. */
  get hindered(): string | undefined {
    const channel = this.port.channel();
    if (!channel) return undefined;
    const { attaching } = this;
    const { common, composing } = this.words;
    const name = channelName(common, channel);
    return attaching.hindrance(this.files, channel, name, composing) ?? attaching.leftOut(name, composing);
  }

  /** Nothing is written any more. */
  reset(): void {
    this.copies = false;
    this.attaching.reset();
  }

  /** Who gets copies of a mail. */
  renderCopies(refusal: BeginRefusal | undefined): TemplateResult {
    return copiesField(this.fields(refusal), this.copies, () => void this.showCopies());
  }

  /** The text, with its files. */
  render(refusal: BeginRefusal | undefined): TemplateResult {
    return messageField(this.fields(refusal), this.port.channel() === 'email');
  }

  /** Takes files that are pasted. */
  readonly handlePaste = (event: ClipboardEvent): void => this.attaching.handlePaste(event);

  private get field(): HTMLTextAreaElement | null {
    return this.host.renderRoot.querySelector('textarea');
  }

  private get editor(): MailEditor | null {
    return this.host.renderRoot.querySelector('mail-editor');
  }

  private get files(): NonNullable<Unsent['files']> {
    return this.port.form().unsent.files ?? [];
  }

  private get filesPort(): FilesPort {
    const { port } = this;
    return {
      changeFiles: (_of, change) => port.keep({ files: change(this.files) }),
      upload: (file, progress, signal) => port.store()!.upload(file, progress, signal),
      kinds: () => Promise.resolve(port.kinds()),
    };
  }

  private filesOf(): FilesOf | undefined {
    const channel = this.port.channel();
    return channel && { of: 'new', channel, files: this.files, port: this.filesPort };
  }

  private fields(refusal: BeginRefusal | undefined): WrittenFields {
    const { parts, attaching, filesPort, hindered, port } = this;
    return {
      ...this.words,
      form: port.form(),
      refusal,
      parts,
      attaching,
      port: filesPort,
      hindered,
      keep: (change) => port.keep(change),
      focus: () => (this.editor ?? this.field)?.focus(),
    };
  }

  private async showCopies(): Promise<void> {
    this.copies = true;
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<MailCopies>('mail-copies')?.focus();
  }
}
