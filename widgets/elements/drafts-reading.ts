import type { ReactiveControllerHost } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operatorTexts } from '../locales/operator.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import type { Words } from '../ui/words.ts';
import { avatarOf } from './thread-avatar.ts';
import { Names } from './thread-names.ts';
import type { Setting } from './thread-setting.ts';

/** How the last messages beside a draft are read: what is opened in them, and who is who. Nothing of them is sent from here. */
export class DraftReading {
  private readonly names = new Names();
  private readonly opened = new Set<string>();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly words: Words<(typeof operatorTexts)['english']>,
    private readonly store: () => Store | undefined,
    private readonly state: () => State | undefined,
    private readonly open: () => void,
  ) {}

  /** What the messages of a conversation are drawn with. */
  of(conversation: SharedConversation, now: number): Setting {
    const { lists, me } = this.state() ?? {};
    const known = this.names.of(lists?.operators?.items, lists?.agents?.items, lists?.intents?.items, lists?.guidanceCards?.items);
    const nothingToDo = (): void => undefined;
    return {
      words: this.words,
      now,
      me: me?.id,
      contact: conversation.contact,
      channel: conversation.channel,
      agent: conversation.agent?.name,
      name: (id) => known.names.get(id),
      avatar: (id) => avatarOf(this.state(), id),
      intent: (name) => known.intents.get(name),
      opened: (key) => this.opened.has(key),
      toggle: (key) => {
        if (!this.opened.delete(key)) this.opened.add(key);
        this.host.requestUpdate();
      },
      retry: this.open,
      fetchFile: nothingToDo,
      pictures: (id) => async (always) => (await this.store()?.conversations.showPictures(id, always))?.ok ?? false,
      resend: nothingToDo,
      discard: nothingToDo,
    };
  }
}
