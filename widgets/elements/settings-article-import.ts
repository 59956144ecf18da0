/** Articles from files and pages: each with its own outcome, to be looked over or saved at once. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ArticleDraft, ImportFault } from '../../server/contract/knowledge.ts';
import { announce } from '../ui/announce.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { alert, book, check, file } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import type { KnowledgeWords } from './settings-article-form.ts';
import type { SettingsHost } from './settings-sections.ts';

/** Bytes of a file that fit into a request. */
const MOST_BYTES = 5_900_000;

interface Taken {
  readonly source: string;
  readonly draft?: ArticleDraft;
  readonly fault?: ImportFault | 'failed' | 'not_url';
  readonly saved?: boolean;
}

export class ArticleImport {
  private readonly dialog: Dialog;
  private files: readonly File[] = [];
  private urls = '';
  private taken: readonly Taken[] = [];
  private busy = false;
  private afterwards?: () => void;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: KnowledgeWords,
    private readonly lookOver: (draft: ArticleDraft) => void,
  ) {
    this.dialog = new Dialog(host, () => {
      const { afterwards } = this;
      this.afterwards = undefined;
      afterwards?.();
    });
  }

  show(): void {
    this.files = [];
    this.urls = '';
    this.taken = [];
    this.dialog.show();
  }

  render(): unknown {
    const {
      taken,
      busy,
      words: { t },
    } = this;
    const done = taken.length > 0;
    const open = taken.filter(({ draft, saved }) => draft && !saved);
    return this.dialog.render(() => ({
      title: t.importTitle,
      lead: t.importLead,
      close: t.common.close,
      body: done ? html`<ul class="taken">${taken.map((one, at) => this.row(one, at))}</ul>` : this.choice(),
      foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${done ? t.common.close : t.common.cancel}</button>${
        done
          ? html`<button type="button" class="btn lg" ?disabled=${busy} @click=${() => this.show()}>${t.again}</button><button type="submit" class="btn lg primary" ?disabled=${busy || open.length === 0}>${t.saveAll}</button>`
          : html`<button type="submit" class="btn lg primary" ?disabled=${busy || (this.files.length === 0 && this.urls.trim() === '')}>${busy ? t.reading : t.read}</button>`
      }`,
      submit: () => void (done ? this.saveAll() : this.takeAll()),
    }));
  }

  private choice(): TemplateResult {
    const {
      words: { t },
    } = this;
    return html`<div class="one"><label class="label" for="import-files">${t.chooseFiles}</label><input type="file" id="import-files" class="field" multiple accept=".pdf,.docx,.md,.markdown,.txt,.html,.htm,application/pdf,text/markdown,text/plain,text/html" aria-describedby="import-files-h"
        @change=${this.handleFiles}><p class="hint" id="import-files-h">${t.kinds}</p></div>
      <div class="one"><label class="label" for="import-urls">${t.urls}</label><textarea class="field" id="import-urls" rows="4" dir="ltr" .value=${this.urls} @input=${(
        event: Event,
      ) => {
        this.urls = (event.target as HTMLTextAreaElement).value;
        this.host.requestUpdate();
      }}></textarea></div>`;
  }

  private row({ source, draft, fault, saved }: Taken, at: number): TemplateResult {
    const { t } = this.words;
    const why = fault && (fault === 'failed' ? t.failed : fault === 'not_url' ? t.notUrl : t.fault[fault]);
    return html`<li>${icon(saved ? check : draft ? book : fault ? alert : file)}<div><b dir="auto">${draft?.title ?? source}</b>${draft ? html`<small dir="auto">${source}</small>` : nothing}${
      why ? html`<small class="bad">${why}</small>` : draft || saved ? nothing : html`<small>${t.reading}</small>`
    }</div>${saved ? html`<small>${t.savedMark}</small>` : draft ? html`<button type="button" class="btn" data-at=${at} @click=${() => this.look(draft)}>${t.lookOver}</button>` : nothing}</li>`;
  }

  private look(draft: ArticleDraft): void {
    this.afterwards = () => this.lookOver(draft);
    this.dialog.close();
  }

  /** One request for each, so that one that fails or takes long keeps no other back. */
  private async takeAll(): Promise<void> {
    const {
      host: { store },
      files,
    } = this;
    if (!store || this.busy) return;
    const urls = [...new Set(this.urls.split(/\s+/).filter(Boolean))];
    this.taken = [...files.map(({ name }) => ({ source: name })), ...urls.map((source) => ({ source }))];
    if (this.taken.length === 0) return;
    this.busy = true;
    this.host.requestUpdate();
    const ask = async (json: { files?: { name: string; data: string }[]; urls?: string[] }): Promise<Partial<Taken>> => {
      const answer = await store.core.ask(() => store.core.client.api.v1.articles.import.$post({ json }));
      const item = answer.ok ? answer.value.items[0] : undefined;
      return item ? { draft: item.draft ?? undefined, fault: item.fault ?? undefined } : { fault: 'failed' };
    };
    const work = [
      ...files.map(
        (one) => async () => (one.size > MOST_BYTES ? { fault: 'too_large' as const } : ask({ files: [{ name: one.name, data: await base64(one) }] })),
      ),
      ...urls.map((url) => async () => (/^https?:\/\/\S+$/i.test(url) ? ask({ urls: [url] }) : { fault: 'not_url' as const })),
    ];
    for (const [at, take] of work.entries()) {
      const got = await take();
      this.taken = this.taken.with(at, { ...this.taken[at]!, ...got });
      this.host.requestUpdate();
    }
    this.busy = false;
    this.host.requestUpdate();
    announce(
      this.host,
      this.taken
        .map(({ source, fault }) =>
          fault ? `${source}: ${fault === 'failed' || fault === 'not_url' ? this.words.t.failed : this.words.t.fault[fault]}` : source,
        )
        .join(', '),
    );
  }

  private async saveAll(): Promise<void> {
    const {
      host: { store },
      words: { t, tag },
    } = this;
    if (!store || this.busy) return;
    this.busy = true;
    for (const [at, { draft, saved }] of this.taken.entries()) {
      if (!draft || saved) continue;
      const answer = await store.settings.saveItem('articles', { body: draft });
      this.taken = this.taken.with(at, { ...this.taken[at]!, ...(answer.ok ? { saved: true } : { draft, fault: 'failed' }) });
      this.host.requestUpdate();
    }
    this.busy = false;
    this.host.requestUpdate();
    const count = this.taken.filter(({ saved }) => saved).length;
    if (this.taken.some(({ saved }) => !saved)) return;
    this.afterwards = () => toast(this.host, { text: t.savedAll(count, number(tag, count)), dismiss: t.common.dismiss });
    this.dialog.close();
  }

  private readonly handleFiles = (event: Event): void => {
    this.files = [...((event.target as HTMLInputElement).files ?? [])];
    this.host.requestUpdate();
  };
}

async function base64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
