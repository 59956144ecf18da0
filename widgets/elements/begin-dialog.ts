import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { beginTexts } from '../locales/begin.ts';
import { composingTexts } from '../locales/composing.ts';
import { operatorTexts } from '../locales/operator.ts';
import { Begin } from '../store/begin.ts';
import type { StoreElement } from '../store/element.ts';
import type { Unsent } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { announce } from '../ui/announce.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { send as sendGlyph } from '../ui/icons.ts';
import { outermostRoot } from '../ui/outermost.ts';
import { words } from '../ui/words.ts';
import { accountField, BeginAccounts, wayField } from './begin-accounts.ts';
import {
  accountFor,
  beginningOf,
  emptyForm,
  identityOn,
  isWritten,
  missing,
  recipientOn,
  refusalOf,
  templatesOf,
  type BeginForm,
  type BeginRefusal,
} from './begin-form.ts';
import { BeginMessage } from './begin-message.ts';
import { placeOf, wrong } from './begin-refusal.ts';
import { beginSheets } from './begin-sheet.ts';
import { RecipientField, type ToField } from './begin-to.ts';
import { lineField } from './begin-write.ts';
import { called } from './called.ts';
import './composer-templates.ts';
import type { Filled } from './composer-templates.ts';
import type { MailCopies } from './mail-copies.ts';

/**
 * Asks on which account, to whom and what, and begins a conversation with it. It keeps what was written when it is closed,
 * until it is sent or thrown away. Part of the operators' elements, fetched when it is asked for.
 */
export class BeginDialog extends ConvElement {
  static override styles = beginSheets;

  @property({ attribute: false }) store?: Store;
  @state() private form: BeginForm = emptyForm;
  @state() private refusal?: BeginRefusal;
  @state() private busy = false;
  private readonly words = words(this, beginTexts);
  private readonly common = words(this, operatorTexts);
  private readonly composing = words(this, composingTexts);
  private readonly accounts = new BeginAccounts(this, () => this.store);
  private readonly dialog = new Dialog(this, () => this.from && isWritten(this.form) && announce(this.from, this.words.t.kept));
  private readonly message = new BeginMessage(
    this,
    {
      form: () => this.form,
      channel: () => (this.dialog.open && !this.templated ? this.account?.channel : undefined),
      store: () => this.store,
      kinds: () => this.accounts.kinds,
      keep: (change) => this.keep(change),
    },
    { words: this.words, common: this.common, composing: this.composing },
  );
  private readonly recipient = new RecipientField(this, () => this.calls);
  private calls?: Begin;
  private from?: StoreElement;
  private wantsFocus = false;
  /** The request under a key of its own: the same request again is the same conversation. */
  private asked?: { readonly body: string; readonly key: string };

  /** Opens it as it was left; with a contact, for that one. @param from whose page it is: the new conversation opens there */
  async show(from: StoreElement, contactId?: string): Promise<void> {
    const { store } = from;
    if (!store) return;
    if (store !== this.store) {
      this.store = store;
      this.calls = new Begin(store.core);
      this.form = emptyForm;
    }
    this.from = from;
    this.refusal = undefined;
    store.settings.need('channelAccounts');
    const [contact] = await Promise.all([contactId === undefined ? undefined : this.calls?.contact(contactId), this.accounts.read()]);
    if (contact?.ok) {
      const there =
        this.account && identityOn(contact.value, this.account.channel)
          ? this.account
          : this.accounts.all.find(({ channel }) => identityOn(contact.value, channel));
      const account = there ?? this.account;
      this.form = { ...this.form, accountId: account?.id, to: account && recipientOn({ contact: contact.value }, account.channel), typed: '' };
    }
    this.wantsFocus = true;
    this.dialog.show();
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const first = this.wantsFocus
      ? this.renderRoot.querySelector<HTMLElement>(this.form.to?.handle === undefined ? '#to' : '#subject, mail-editor, textarea, composer-templates')
      : null;
    if (first) this.wantsFocus = false;
    first?.focus();
  }

  override render(): unknown {
    return this.dialog.render(() => {
      const { t } = this.words;
      const { common } = this.common.t;
      const { account } = this;
      return {
        title: t.title,
        close: common.close,
        wide: true,
        body: html`<div class="dialog-body" @keydown=${this.handleEnter} @paste=${this.message.handlePaste}>${this.body(account)}</div>`,
        foot: html`<button type="button" class="btn ghost lg" @click=${this.discard}>${t.discard}</button><span class="push"></span>${wrong(this.refusal)}${
          this.templated ? nothing : html`<button type="submit" class="btn lg primary" ?disabled=${this.busy || !account}>${icon(sendGlyph)}${t.send}</button>`
        }`,
        submit: () => void this.submit(),
      };
    });
  }

  private body(account: ChannelAccount | undefined): TemplateResult {
    const { t } = this.words;
    const { accounts, form, refusal, message } = this;
    if (accounts.failed)
      return html`<p role="alert">${t.notRead} <button type="button" class="linkish" @click=${accounts.read}>${this.common.t.common.retry}</button></p>`;
    if (!accounts.loaded) return html`<p role="status">${this.common.t.common.loading}</p>`;
    if (!account) return html`<p role="status">${t.noAccounts}</p>`;
    const line = { refusal, common: this.common };
    return html`${accountField(accounts.all, account, refusal, this.words, this.common, this.handleAccount)}
    ${this.recipient.render(this.toField(account))}
    ${form.to && !form.to.contact ? lineField('name', t.name, form.name, line, (name) => this.change({ name }), true) : nothing}
    ${
      account.channel === 'email'
        ? html`${lineField('subject', t.subject, form.unsent.subject ?? '', line, (subject) => this.keep({ subject }))}${wrong(refusal, 'subject')}${message.renderCopies(refusal)}`
        : nothing
    }
    ${account.channel === 'whatsapp' ? wayField(form.way, this.words, (way) => this.change({ way })) : nothing}
    ${this.templated ? html`<composer-templates .read=${() => Promise.resolve(templatesOf(account))} @template-send=${({ detail }: CustomEvent<Filled>) => void this.submit(detail)} @template-cancel=${() => this.dialog.close()}></composer-templates>${wrong(refusal, 'text')}` : message.render(refusal)}`;
  }

  private get account(): ChannelAccount | undefined {
    return accountFor(this.accounts.all, this.form.accountId);
  }

  private get templated(): boolean {
    return this.account?.channel === 'whatsapp' && this.form.way === 'template';
  }

  private toField(account: ChannelAccount): ToField {
    return {
      words: this.words,
      common: this.common,
      channel: account.channel,
      form: this.form,
      refusal: this.refusal?.field === 'to' ? this.refusal.text : undefined,
      change: (change) => this.change(change),
    };
  }

  private change(change: Partial<BeginForm>): void {
    this.form = { ...this.form, ...change };
    this.refusal = undefined;
  }

  private keep(change: Partial<Unsent>): void {
    this.change({ unsent: { ...this.form.unsent, ...change } });
  }

  private async submit(template?: Filled): Promise<void> {
    const { account, calls } = this;
    if (!account || !calls || this.busy || (this.templated && !template)) return;
    this.recipient.settle(this.toField(account));
    const unfinished = [...this.renderRoot.querySelectorAll<MailCopies>('mail-copies')].find((copies) => !copies.commit());
    if (unfinished) return unfinished.focus();
    const { hindered } = this.message;
    if (!template && hindered) return announce(this, hindered);
    const lacking = missing(this.form, account.channel, template !== undefined, this.words);
    if (lacking) return this.refuse(lacking);
    const body = beginningOf(this.form, account, template, this.composing);
    const text = JSON.stringify(body);
    if (this.asked?.body !== text) this.asked = { body: text, key: crypto.randomUUID() };
    this.busy = true;
    const answer = await calls.begin(body, this.asked.key);
    this.busy = false;
    if (!answer.ok) return this.refuse(refusalOf(answer.problem, this.words));
    const { from } = this;
    this.empty();
    this.dialog.close();
    if (!from) return;
    announce(from, this.words.t.begun(called(answer.value.contact, this.common)));
    from.dispatchEvent(new CustomEvent('conv-open', { detail: { conversationId: answer.value.id }, bubbles: true, composed: true }));
  }

  private refuse(refusal: BeginRefusal): void {
    this.refusal = refusal;
    const place = placeOf(refusal);
    if (place) void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(place)?.focus());
  }

  private empty(): void {
    this.form = { ...emptyForm, accountId: this.form.accountId };
    Object.assign(this, { asked: undefined, refusal: undefined });
    this.recipient.reset();
    this.message.reset();
  }

  private readonly discard = (): void => {
    this.empty();
    this.dialog.close();
  };

  private readonly handleAccount = (event: Event): void => {
    const account = this.accounts.all.find(({ id }) => id === (event.target as HTMLSelectElement).value);
    if (!account) return;
    this.recipient.reset();
    this.change({ accountId: account.id, to: recipientOn(this.form.to, account.channel) });
  };

  /** Enter in a line goes on to the next, and sends nothing by mistake. */
  private readonly handleEnter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && event.target instanceof HTMLInputElement) event.preventDefault();
  };
}

define('begin-dialog', BeginDialog);

/** Opens the dialog that begins a conversation, in the page of an element; a contact may be given. */
export function beginConversation(from: StoreElement, contactId?: string): void {
  const root = outermostRoot(from);
  const dialog = root.querySelector('begin-dialog') ?? document.createElement('begin-dialog');
  if (!dialog.isConnected) root.prepend(dialog);
  void dialog.show(from, contactId);
}

declare global {
  interface HTMLElementTagNameMap {
    'begin-dialog': BeginDialog;
  }
}
