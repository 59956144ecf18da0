import { html, nothing, type TemplateResult } from 'lit';
import type { ContactRef, PatchConversation, SharedConversation } from '../../server/contract/conversation.ts';
import { contactTexts } from '../locales/contact.ts';
import { reasonTexts } from '../locales/reasons.ts';
import { ContactDesk } from '../store/contact-desk.ts';
import type { StoreElement } from '../store/element.ts';
import type { Store } from '../store/store.ts';
import { icon } from '../ui/icon.ts';
import { archive } from '../ui/icons.ts';
import { sameLanguage } from '../ui/languages.ts';
import { Menu } from '../ui/menu.ts';
import { toast } from '../ui/toast.ts';
import { words as ownWords, type Spoken } from '../ui/words.ts';
import type { Slice } from './conv-details.ts';
import { aiSection } from './details-ai.ts';
import { contactActs } from './begin-contact.ts';
import { contactSection } from './details-contact.ts';
import type { ContactData } from './details-data.ts';
import { ContactEditor } from './details-edit.ts';
import { loggedFacts } from './details-logged.ts';
import { factsSection, tagsSection, type Facts, type FactMenus } from './details-facts.ts';
import { LogDialog } from './details-log.ts';
import { othersSection } from './details-others.ts';
import { playbookSection } from './details-playbook.ts';
import { TicketsSection } from './details-tickets.ts';
import { filters, timelineSection, type TimelineFilter } from './details-timeline.ts';
import { PauseDialog } from './pause-dialog.ts';
import type { PoolWords } from './pool-row.ts';
import { TagPicker } from './tag-picker.ts';

/** What fills the side panel of a conversation, and what can be changed there. */
export class DetailsView {
  private readonly menus: FactMenus;
  private readonly pauseDialog: PauseDialog;
  private readonly logDialog: LogDialog;
  private readonly tickets: TicketsSection;
  private readonly texts: Spoken<typeof contactTexts.english>;
  private readonly filterMenu: Menu;
  /** What is asked for this panel alone, once there is a store to ask. */
  private own?: { readonly store: Store; readonly desk: ContactDesk; readonly editor: ContactEditor };
  private data?: ContactData;
  private looked = '';
  private filter: TimelineFilter = 'all';
  private filtered?: string;

  constructor(
    private readonly host: StoreElement,
    private readonly words: PoolWords,
  ) {
    this.menus = {
      assignee: new Menu(host),
      agent: new Menu(host),
      mode: new Menu(host),
      department: new Menu(host),
      priority: new Menu(host),
      tag: new TagPicker(host, words),
    };
    this.pauseDialog = new PauseDialog(host, words);
    this.texts = ownWords(host, contactTexts);
    ownWords(host, reasonTexts);
    this.logDialog = new LogDialog(host, words, this.texts);
    this.tickets = new TicketsSection(host, words);
    this.filterMenu = new Menu(host);
  }

  render(
    { conversation, contact, me, timeline, ticketChanges, ...lists }: Slice & { readonly conversation: NonNullable<Slice['conversation']> },
    now: number,
  ): TemplateResult {
    const { host, words, texts } = this;
    const { id } = conversation;
    const { desk, editor } = this.desk(conversation);
    const facts: Facts = {
      words,
      conversation,
      me: me?.id,
      menus: this.menus,
      agents: lists.agents?.items ?? [],
      operators: lists.operators?.items ?? [],
      departments: lists.departments?.items ?? [],
      tags: lists.tags?.items ?? [],
      mayCreateTags: me?.role === 'admin',
      patch: (change) => void host.store?.conversations.patch(id, change),
      logged: loggedFacts(desk.facts, texts, now, (kind) => this.logDialog.show(id, kind)),
    };
    const name = (who: string): string | undefined => [...facts.operators, ...facts.agents].find((one) => one.id === who)?.name;
    return html`${contactSection(words, conversation.contact, contact, now, {
      texts,
      button: editor.button(),
      fields: editor.render(contact),
      translated: Boolean(me?.autoTranslate && conversation.contact.language && !sameLanguage(conversation.contact.language, me.language ?? words.tag)),
    })}${contactActs(host, words, conversation.contact.id, me?.role === 'admin' ? html`<button type="button" class="btn sm" data-act="data" @click=${() => void this.showData(conversation.contact)}>${icon(archive)}<span class="cut">${texts.t.data}</span></button>` : nothing)}${aiSection(
      words,
      conversation,
      me?.id,
      now,
      me?.workspace.model.builtin ?? false,
      {
        pause: () => this.pauseDialog.show(conversation.contact),
        resume: () => void host.store?.contacts.resumeAi(conversation.contact.id),
      },
    )}${factsSection({ ...facts, patch: (change) => void this.change(conversation, change) })}${playbookSection(desk.playbook, texts)}${tagsSection(facts)}${this.tickets.render(conversation, ticketChanges)}${othersSection(host, words, texts, desk, now, () => void desk.look(id, conversation.contact.id))}${timelineSection(
      {
        teller: { words, me: me?.id, contact: conversation.contact, agent: conversation.agent?.name, name },
        timeline,
        now,
        texts,
        filter: this.filter,
        menu: this.filterMenu,
        choose: (filter) => this.narrow(id, filter),
        log: () => this.logDialog.show(id),
        more: () => void host.store?.contacts.loadOlderTimeline(id),
        again: () => void host.store?.contacts.loadTimeline(id),
      },
    )}${this.pauseDialog.render()}${this.logDialog.render()}${this.tickets.dialog()}${this.data?.render() ?? nothing}`;
  }

  /** Asks anew where another conversation is shown, or this one is another than it was. */
  private desk(conversation: SharedConversation): { readonly desk: ContactDesk; readonly editor: ContactEditor } {
    const { host, words, texts } = this;
    const { store } = host;
    if (!this.own || (store && this.own.store !== store)) {
      const desk = new ContactDesk(store!.core, () => host.requestUpdate());
      this.own = { store: store!, desk, editor: new ContactEditor(host, words, texts, desk) };
      this.looked = '';
    }
    const { id, version, contact } = conversation;
    if (this.filtered !== id) {
      this.filtered = id;
      if (this.filter !== 'all') queueMicrotask(() => this.narrow(id, 'all'));
    }
    const look = `${id} ${version} ${contact.id} ${store?.get().reloads}`;
    if (look !== this.looked) {
      this.looked = look;
      void this.own.desk.look(id, contact.id);
    }
    return this.own;
  }

  /** Changes one of the facts, with a way back. */
  private async change({ id, assignee, agent, replyModeOverride, department, priority }: SharedConversation, change: PatchConversation): Promise<void> {
    const {
      host,
      texts: { t },
      words: {
        t: { common, details },
      },
    } = this;
    if (!(await host.store?.conversations.patch(id, change))?.ok) return;
    const facts: Readonly<Record<string, readonly [name: string, before: PatchConversation]>> = {
      assigneeId: [details.assignee, { assigneeId: assignee?.id ?? null }],
      agentId: [details.agent, { agentId: agent?.id ?? null }],
      replyMode: [details.mode, { replyMode: replyModeOverride }],
      departmentId: [details.department, { departmentId: department?.id ?? null }],
      priority: [details.priority, { priority }],
    };
    const [name, before] = facts[Object.keys(change)[0] ?? ''] ?? [];
    if (!name || !before) return;
    const undo = (): void => void host.store?.conversations.patch(id, before);
    toast(host, { text: t.saved(name), dismiss: common.dismiss, acts: [{ label: common.undo, undo: true, run: undo }] });
  }

  private async showData(contact: ContactRef): Promise<void> {
    this.data ??= new (await import('./details-data.ts')).ContactData(this.host, this.words);
    this.data.show(contact);
  }

  private narrow(id: string, filter: TimelineFilter): void {
    this.filter = filter;
    void this.host.store?.contacts.filterTimeline(id, filters[filter]);
    this.host.requestUpdate();
  }
}
