import { html, type TemplateResult } from 'lit';
import type { StoreElement } from '../store/element.ts';
import { Menu } from '../ui/menu.ts';
import type { Slice } from './conv-details.ts';
import { aiSection } from './details-ai.ts';
import { contactActs } from './begin-contact.ts';
import { contactSection } from './details-contact.ts';
import { factsSection, tagsSection, type Facts, type FactMenus } from './details-facts.ts';
import { LogDialog } from './details-log.ts';
import { TicketsSection } from './details-tickets.ts';
import { timelineSection } from './details-timeline.ts';
import { PauseDialog } from './pause-dialog.ts';
import type { PoolWords } from './pool-row.ts';
import { TagPicker } from './tag-picker.ts';

/** What fills the side panel of a conversation, and what can be changed there. */
export class DetailsView {
  private readonly menus: FactMenus;
  private readonly pauseDialog: PauseDialog;
  private readonly logDialog: LogDialog;
  private readonly tickets: TicketsSection;

  constructor(
    private readonly host: StoreElement,
    private readonly words: PoolWords,
  ) {
    this.menus = { assignee: new Menu(host), agent: new Menu(host), mode: new Menu(host), department: new Menu(host), priority: new Menu(host), tag: new TagPicker(host, words) };
    this.pauseDialog = new PauseDialog(host, words);
    this.logDialog = new LogDialog(host, words);
    this.tickets = new TicketsSection(host, words);
  }

  render({ conversation, contact, me, timeline, ticketChanges, ...lists }: Slice & { readonly conversation: NonNullable<Slice['conversation']> }, now: number): TemplateResult {
    const { host, words } = this;
    const { id } = conversation;
    const facts: Facts = {
      words, conversation, me: me?.id, menus: this.menus, agents: lists.agents?.items ?? [], operators: lists.operators?.items ?? [], departments: lists.departments?.items ?? [],
      tags: lists.tags?.items ?? [], mayCreateTags: me?.role === 'admin', patch: (change) => void host.store?.conversations.patch(id, change),
    };
    const name = (who: string): string | undefined => [...facts.operators, ...facts.agents].find((one) => one.id === who)?.name;
    return html`${contactSection(words, conversation.contact, contact, now)}${contactActs(host, words, conversation.contact.id)}${aiSection(words, conversation, me?.id, now, me?.workspace.model.builtin ?? false, {
      pause: () => this.pauseDialog.show(conversation.contact), resume: () => void host.store?.contacts.resumeAi(conversation.contact.id),
    })}${factsSection(facts)}${tagsSection(facts)}${this.tickets.render(conversation, ticketChanges)}${timelineSection({
      teller: { words, me: me?.id, contact: conversation.contact, agent: conversation.agent?.name, name }, timeline, now,
      log: () => this.logDialog.show(id), more: () => void host.store?.contacts.loadOlderTimeline(id), again: () => void host.store?.contacts.loadTimeline(id),
    })}${this.pauseDialog.render()}${this.logDialog.render()}${this.tickets.dialog()}`;
  }
}
