import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { composingTexts } from '../locales/composing.ts';
import { operatorTexts } from '../locales/operator.ts';
import type { UnsentFile } from '../store/state.ts';
import { announce } from '../ui/announce.ts';
import { isPicture, webAddress } from '../ui/attached.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { alert, file as fileGlyph, image, refresh, x } from '../ui/icons.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { composerSheet } from '../ui/sheets/composer.ts';
import { fileSize, number } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import type { FilesPort } from './thread-ports.ts';
import { told } from '../ui/told.ts';

/** What is on its way, by key. */
const underway = new Map<string, AbortController>();

/** A file as it goes along with a reply; refused at once where it is empty, or larger than `most` bytes. */
export function unsentFile(file: File, most: number | undefined): UnsentFile {
  const { name, type, size } = file;
  const one = { key: crypto.randomUUID(), name: name || 'file', type, size };
  if (size === 0) return { ...one, failed: { code: 'empty', detail: '' } };
  if (most !== undefined && size > most) return { ...one, failed: { code: 'too_large', detail: '', most } };
  return { ...one, file, share: 0 };
}

const without =
  (key: string) =>
  (files: readonly UnsentFile[]): readonly UnsentFile[] =>
    files.some((one) => one.key === key) ? files.filter((one) => one.key !== key) : files;

/** Sends a file, and keeps what becomes of it with the reply to the conversation that it was chosen for. */
export async function sendFile(port: FilesPort, of: string, { key, file }: UnsentFile): Promise<void> {
  if (!file) return;
  const put = (change: Partial<UnsentFile>): void =>
    port.changeFiles(of, (files) => (files.some((one) => one.key === key) ? files.map((one) => (one.key === key ? { ...one, ...change } : one)) : files));
  const control = new AbortController();
  underway.set(key, control);
  put({ share: 0, failed: undefined });
  const answer = await port.upload(file, (share) => put({ share }), control.signal);
  underway.delete(key);
  if (answer.ok) put({ sent: answer.value, sentAt: Date.now(), share: undefined, type: answer.value.type });
  else if (!control.signal.aborted) put({ share: undefined, failed: { code: answer.problem.code, detail: answer.problem.detail } });
}

/** Takes a file out of a reply; where it is on its way, that is given up. */
export function removeFile(port: FilesPort, of: string, key: string): void {
  port.changeFiles(of, without(key));
  underway.get(key)?.abort();
}

const sheet = css`
:host { display: block; }
.files { margin: 0; padding-block-start: 2px; list-style: none; max-block-size: 132px; overflow-y: auto; }
.attached { max-inline-size: 100%; }
.attached bdi { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-inline-size: 240px; }
.attached .dim { flex: none; color: var(--conv-ink-3); }
.attached img { flex: none; inline-size: 24px; block-size: 24px; margin-inline-start: -6px; border-radius: var(--conv-radius-sm); object-fit: cover; }
.attached.failed { block-size: auto; min-block-size: 28px; background: var(--conv-urgent-tint); }
.attached.failed :is(.dim, .i-sm) { color: var(--conv-urgent); }
.attached.failed .dim { flex: 0 1 auto; min-inline-size: 0; padding-block: 4px; overflow-wrap: anywhere; }
`;

/**
 * The files of a reply as chips: name, size, how far it is, and a way to cancel, remove or try again. Part of the composer,
 * fetched with the first file.
 *
 * @fires file-remove - one is to be taken out: its key
 */
export class ComposerFiles extends ConvElement {
  static override styles = [buttonsSheet, composerSheet, sheet];

  /** Id of the conversation. */
  @property({ attribute: false }) of = '';
  @property({ attribute: false }) files: readonly UnsentFile[] = [];
  @property({ attribute: false }) port?: FilesPort;
  /** Pictures that the page does not let us show. */
  @state() private unshown: ReadonlySet<string> = new Set();
  private readonly words = words(this, composingTexts);
  private readonly common = words(this, operatorTexts);
  private readonly previews = new Map<string, string>();
  /** The key of the file that is being chosen again. */
  private asked?: string;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Only then: the browser is about to fetch what was shown just now, and says so in the console where it is gone.
    setTimeout(() => {
      if (!this.isConnected) this.forget(() => true);
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('files')) this.forget((key) => !this.files.some((one) => one.key === key));
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('files') || changed.has('of')) return;
    const before = new Map((changed.get('files') ?? []).map((one) => [one.key, one]));
    for (const one of this.files) {
      const was = before.get(one.key);
      if (one.sent && was && !was.sent) announce(this, this.words.t.files.attached(one.name));
      if (one.failed && !was?.failed) announce(this, `${one.name}: ${this.why(one)}`);
    }
  }

  override render(): unknown {
    return html`<ul class="files" role="list" aria-label=${this.words.t.files.list}>${this.files.map((one, index) => this.chip(one, index))}</ul><input type="file" hidden tabindex="-1" @change=${this.handleChoice}>`;
  }

  private chip(one: UnsentFile, index: number): TemplateResult {
    const {
      words: { t, tag },
      common,
    } = this;
    const { name, size, share = 0, sent, failed, file } = one;
    const sending = !sent && !failed;
    return html`<li class="attached ${failed ? 'failed' : ''}">${this.picture(one)}<bdi title=${name}>${name}</bdi><span class="dim" title=${failed ? this.why(one) : nothing}>${
      failed ? this.why(one) : sending ? number(tag, share, { style: 'percent' }) : fileSize(tag, size)
    }</span>${failed?.code === 'interrupted' ? html`<button type="button" class="linkish" aria-label="${t.files.chooseAgain}: ${name}" @click=${() => this.ask(one)}>${t.files.chooseAgain}</button>` : nothing}${failed && file ? html`<button type="button" class="btn ghost sm icon" aria-label="${common.t.common.retry}: ${name}" title=${common.t.common.retry} @click=${() => this.retry(one)}>${icon(refresh, 'xs')}</button>` : nothing}<button
      type="button" class="btn ghost sm icon" aria-label=${sending ? t.files.cancel(name) : t.files.remove(name)} @click=${() => this.takeOut(index)}>${icon(x, 'xs')}</button>${
        sending ? html`<progress max="1" .value=${share} aria-label=${t.files.uploading(name)}></progress>` : nothing
      }</li>`;
  }

  private picture(one: UnsentFile): TemplateResult {
    const { key, type, failed } = one;
    const shown = isPicture({ type });
    const source = failed || !shown || this.unshown.has(key) ? undefined : this.preview(one);
    if (source) return html`<img src=${source} alt="" @error=${() => (this.unshown = new Set([...this.unshown, key]))}>`;
    return icon(failed ? alert : shown ? image : fileGlyph, 'sm');
  }

  private preview({ key, file, sent }: UnsentFile): string | undefined {
    if (!file) return sent && webAddress(sent.thumbnailUrl ?? sent.url);
    const made = this.previews.get(key) ?? URL.createObjectURL(file);
    this.previews.set(key, made);
    return made;
  }

  private why({ failed }: UnsentFile): string {
    const { t, tag } = this.words;
    if (failed?.code === 'too_large') return failed.most === undefined ? t.files.tooLarge : t.files.tooLargeMost(fileSize(tag, failed.most));
    if (failed?.code === 'empty') return t.files.empty;
    if (failed?.code === 'interrupted') return t.files.interrupted;
    if (failed?.code === 'unreachable' || failed?.code === 'timeout') return t.files.unreachable;
    return failed ? t.files.failedWhy(told(failed, this.common)) : t.files.failed;
  }

  private retry(one: UnsentFile): void {
    if (this.port) void sendFile(this.port, this.of, one);
  }

  /** Asks for a file again whose upload ended with the page. */
  private ask(one: UnsentFile): void {
    this.asked = one.key;
    this.renderRoot.querySelector('input')?.click();
  }

  private readonly handleChoice = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = '';
    const { of, port, asked } = this;
    if (!file || !port || !asked) return;
    const again = { ...unsentFile(file, undefined), key: asked };
    port.changeFiles(of, (files) => files.map((one) => (one.key === asked ? again : one)));
    if (!again.failed) void sendFile(port, of, again);
  };

  /** Takes one out; the focus goes to the next, or back to the composer with the last. */
  private takeOut(index: number): void {
    const one = this.files[index];
    if (!one || !this.port) return;
    removeFile(this.port, this.of, one.key);
    this.files = this.files.filter(({ key }) => key !== one.key);
    announce(this, this.words.t.files.removed(one.name));
    this.dispatchEvent(new CustomEvent('file-remove', { detail: one.key }));
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`li:nth-child(${Math.min(index + 1, this.files.length)}) .btn:last-of-type`)?.focus(),
    );
  }

  private forget(which: (key: string) => boolean): void {
    for (const [key, address] of this.previews) {
      if (!which(key)) continue;
      URL.revokeObjectURL(address);
      this.previews.delete(key);
    }
  }
}

define('composer-files', ComposerFiles);

declare global {
  interface HTMLElementTagNameMap {
    'composer-files': ComposerFiles;
  }
}
