import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { ChannelKind } from '../../server/contract/settings.ts';
import type { composing } from '../locales/en/composing.ts';
import type { UnsentFile } from '../store/state.ts';
import type { ConvElement } from '../ui/base.ts';
import { icon } from '../ui/icon.ts';
import { paperclip } from '../ui/icons.ts';
import { fileSize, number } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import type { FilesPort } from './thread-ports.ts';

/** Files that the API takes with one message. */
const most = 10;

/** What files would go along with. */
export interface FilesOf {
  /** Id of the conversation. */
  readonly of: string;
  /** Of a reply; a note is bound to none. */
  readonly channel: Channel | undefined;
  readonly files: readonly UnsentFile[];
  readonly port: FilesPort;
}

type Limits = ChannelKind['limits']['attachments'];
type Words = Spoken<typeof composing>;

/**
 * Takes the files that are chosen, pasted, or dropped anywhere on the conversation; what shows and sends them is fetched
 * with the first. `now` says what they would go along with: undefined while none are taken.
 */
export class Attaching implements ReactiveController {
  /** Files are being dragged over the conversation, and would be taken. */
  over = false;
  /** Why not all of the files were taken that were given last: how many go with a message, or that nothing was fetched. */
  private refused?: number | 'failed';
  private kinds?: readonly ChannelKind[];
  private zone?: HTMLElement;
  private wanted = false;

  constructor(
    private readonly host: ConvElement,
    private readonly now: () => FilesOf | undefined,
    private readonly begins: () => unknown,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    const root = this.host.getRootNode();
    this.zone = root instanceof ShadowRoot && root.host instanceof HTMLElement ? root.host : this.host;
    for (const [type, listener] of this.listeners) this.zone.addEventListener(type, listener);
  }

  hostDisconnected(): void {
    for (const [type, listener] of this.listeners) this.zone?.removeEventListener(type, listener);
    this.over = false;
  }

  /** Another conversation is open. */
  reset(): void {
    this.refused = undefined;
  }

  /** Fetches what shows files, where there are any from before. */
  want(files: readonly UnsentFile[], port: FilesPort | undefined): void {
    if (this.wanted || files.length === 0 || !port) return;
    this.wanted = true;
    import('./composer-files.ts').catch(() => (this.wanted = false));
    void this.readKinds(port).then(() => this.host.requestUpdate());
  }

  /** Takes files, as many as a message carries. */
  readonly take = async (given: readonly File[]): Promise<void> => {
    const asked = this.now();
    if (!asked || given.length === 0) return;
    const { of, channel, port } = asked;
    const [parts] = await Promise.all([import('./composer-files.ts').catch(() => undefined), this.readKinds(port)]);
    this.host.requestUpdate();
    if (!parts) return void (this.refused = 'failed');
    const limits = this.limits(channel);
    const taken: UnsentFile[] = [];
    port.changeFiles(of, (files) => {
      const room = Math.max(0, (limits ? Math.min(most, limits.maxCount) : limits === null ? 0 : most) - files.length);
      taken.push(...given.slice(0, room).map((file) => parts.unsentFile(file, limits?.maxBytes)));
      return taken.length > 0 ? [...files, ...taken] : files;
    });
    // The host hears of the files later, so it still knows whether these are the first.
    if (taken.length > 0 && this.now()?.of === of) this.begins();
    this.refused = taken.length < given.length ? Math.min(most, limits === null ? 0 : (limits?.maxCount ?? most)) : undefined;
    for (const one of taken) if (!one.failed) void parts.sendFile(port, of, one);
  };

  /** Takes the files of a paste; one that brings text is left to the field. */
  readonly handlePaste = (event: ClipboardEvent): void => {
    const { clipboardData: data } = event;
    if (!data || data.files.length === 0 || data.getData('text/plain') !== '' || !this.now()) return;
    event.preventDefault();
    void this.take([...data.files]);
  };

  /** The button that asks for files. `chosen` is called once some were. */
  button(chosen: () => void, { t }: Words): TemplateResult {
    const choose = ({ currentTarget }: Event): void => ((currentTarget as HTMLElement).nextElementSibling as HTMLInputElement).click();
    const pick = ({ currentTarget }: Event): void => {
      const input = currentTarget as HTMLInputElement;
      void this.take([...(input.files ?? [])]);
      input.value = '';
      chosen();
    };
    return html`<button type="button" class="btn ghost icon attach" aria-label=${t.files.attach} title=${t.files.attach} @click=${choose}>${icon(paperclip)}</button><input type="file" multiple hidden tabindex="-1" @change=${pick}>`;
  }

  /** Laid over the composer while files are dragged. */
  overlay({ t }: Words): TemplateResult | typeof nothing {
    return this.over ? html`<div class="drop-zone" aria-hidden="true">${icon(paperclip)}${t.files.drop}</div>` : nothing;
  }

  /** Why a reply cannot go out with its files, in words; undefined where it can. */
  hindrance(files: readonly UnsentFile[], channel: Channel | undefined, name: string, { t, tag }: Words): string | undefined {
    if (files.length === 0) return undefined;
    const limits = this.limits(channel);
    if (limits === null) return t.files.none(name);
    if (files.some(({ failed }) => failed)) return t.files.unsent;
    if (files.some(({ sent }) => !sent)) return t.files.underway;
    if (limits && files.length > limits.maxCount) return t.files.tooManyFor(name, number(tag, limits.maxCount));
    const large = limits && files.find(({ size }) => size > limits.maxBytes);
    return large ? t.files.tooLargeFor(name, fileSize(tag, limits.maxBytes)) : undefined;
  }

  /** Why not all files were taken, in words. */
  leftOut(name: string, { t, tag }: Words): string | undefined {
    const { refused } = this;
    if (refused === undefined) return undefined;
    return refused === 'failed' ? t.files.failed : refused === 0 ? t.files.none(name) : t.files.tooManyFor(name, number(tag, refused));
  }

  /** What a channel carries: null where nothing, undefined where that is not known. */
  private limits(channel: Channel | undefined): Limits | undefined {
    return this.kinds?.find(({ kind }) => kind === channel)?.limits.attachments;
  }

  private async readKinds(port: FilesPort): Promise<void> {
    this.kinds ??= await port.kinds();
  }

  private setOver(over: boolean): void {
    if (over === this.over) return;
    this.over = over;
    this.host.requestUpdate();
  }

  /** Over a conversation files never do what they do elsewhere: to be opened in place of the page. */
  private readonly handleDrag = (event: DragEvent): void => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const taken = this.now() !== undefined;
    event.dataTransfer.dropEffect = taken ? 'copy' : 'none';
    this.setOver(taken);
  };

  private readonly handleLeave = ({ relatedTarget }: DragEvent): void => {
    if (!(relatedTarget instanceof Node && this.zone?.contains(relatedTarget))) this.setOver(false);
  };

  private readonly handleDrop = (event: DragEvent): void => {
    this.setOver(false);
    const { dataTransfer: data } = event;
    if (event.defaultPrevented || !data?.types.includes('Files')) return;
    event.preventDefault();
    const items = [...data.items].filter((item) => item.kind === 'file' && !item.webkitGetAsEntry()?.isDirectory);
    void this.take(items.flatMap((item) => item.getAsFile() ?? []));
  };

  private readonly listeners = [
    ['dragenter', this.handleDrag],
    ['dragover', this.handleDrag],
    ['dragleave', this.handleLeave],
    ['drop', this.handleDrop],
  ] as const;
}
