import type { FilledReply } from '../../server/contract/macro.ts';
import type { MessageTemplate, SendMessage } from '../../server/contract/message.ts';
import type { ChannelKind } from '../../server/contract/settings.ts';
import type { Uploaded } from '../store/client.ts';
import type { Result } from '../store/core.ts';
import { ApiProblem } from '../store/problem.ts';
import { conversationOf, resolve, unreadOf, unsentOf } from '../store/select.ts';
import type { NewNote } from '../store/send.ts';
import type { Unsent, UnsentFile } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import type { LogPort } from './thread-log-port.ts';

type Source<T> = () => T | undefined;

/** What the files of a message ask for. */
export type FilesPort = Pick<ComposerPort, 'changeFiles' | 'upload' | 'kinds'>;

/** What the composer asks for; whoever holds the conversation does it. */
export interface ComposerPort {
  /** Keeps what is being written. */
  change(change: Partial<Unsent>): void;
  /** Sends it; `written` is what goes back to the composer when it is refused. */
  send(body: SendMessage, written?: Partial<Unsent>): void;
  /** Leaves a note; `written` is what goes back to the composer when it is refused. */
  note(body: NewNote, written?: Partial<Unsent>): void;
  /** The templates that may be sent where a free answer may not; undefined where they could not be read. */
  templates(): Promise<readonly MessageTemplate[] | undefined>;
  /** Changes the files that go along with a reply, also once another conversation is open. */
  changeFiles(conversationId: string, change: (files: readonly UnsentFile[]) => readonly UnsentFile[]): void;
  /** The same for the files of a note. */
  changeNoteFiles(conversationId: string, change: (files: readonly UnsentFile[]) => readonly UnsentFile[]): void;
  /** Sends a file for a message to come, with word of its progress from 0 to 1. */
  upload(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<Result<Uploaded>>;
  /** What each kind of channel carries; undefined where it could not be read. */
  kinds(): Promise<readonly ChannelKind[] | undefined>;
  /** The quick replies as they would be said here; undefined where they could not be read. */
  quickReplies(): Promise<readonly FilledReply[] | undefined>;
  assume(reason?: string): void;
  typing(typing: boolean): void;
  /** Shows what came while somebody wrote. */
  readNewest(): void;
}

/** Has the store do what the lines of a conversation ask for. */
export function logPort(storeNow: Source<Store>, idNow: Source<string>): LogPort {
  let read = '';
  /** The conversation that was all read, and how many messages of the customer it had. */
  let allRead = '';
  const withBoth = (act: (store: Store, id: string) => unknown): void => {
    const store = storeNow();
    const id = idNow();
    if (store && id) void act(store, id);
  };
  return {
    state: () => storeNow()?.get(),
    older: () => withBoth((store, id) => store.threads.loadOlder(id)),
    newer: () => withBoth((store, id) => store.threads.loadNewer(id)),
    newest: () => withBoth((store, id) => store.threads.loadNewest(id)),
    around: async (messageId) => (await storeNow()?.threads.loadAround(idNow() ?? '', messageId)) ?? false,
    trim: (trim) => withBoth((store, id) => store.threads.trim(id, trim)),
    begun: () => {
      read = '';
      allRead = '';
    },
    read: (seq, inView) =>
      withBoth((store, id) => {
        const state = store.get();
        const mark = `${id} ${seq}`;
        const all = `${id} ${conversationOf(state, id)?.inboundCount}`;
        const unread = unreadOf(state, id);
        if (unread === 0 && state.reads.get(resolve(state, id))) allRead = all;
        if (!inView || unread === 0 || mark === read || all === allRead) return;
        read = mark;
        return store.conversations.markRead(id, seq);
      }),
    again: () => withBoth((store, id) => store.threads.refreshThread(id)),
    retry: (message) => withBoth((store) => store.conversations.retryMessage(message.id)),
    fetchFile: (id) => withBoth((store) => store.conversations.fetchFile(id)),
    pictures: async (id, always) => (await storeNow()?.conversations.showPictures(id, always))?.ok ?? false,
    resend: ({ key, problem }) =>
      withBoth((store, id) =>
        store.sendAgain(
          id,
          key,
          problem?.code === 'agent_in_control'
            ? { assume: true }
            : problem?.code === 'newer_message'
              ? { expectedLastInboundSeq: undefined, expectedLastSeq: undefined }
              : {},
        ),
      ),
    discard: ({ key }) => withBoth((store, id) => store.discard(id, key)),
  };
}

function changeFiles(
  store: Store | undefined,
  conversationId: string,
  of: 'files' | 'noteFiles',
  change: (files: readonly UnsentFile[]) => readonly UnsentFile[],
): void {
  if (!store) return;
  const files = unsentOf(store.get(), conversationId)[of] ?? [];
  const changed = change(files);
  if (changed !== files) store.setUnsent(conversationId, { [of]: changed });
}

/** Has the store do what the composer asks for. */
export function composerPort(storeNow: Source<Store>, idNow: Source<string>, showNewest: () => void): ComposerPort {
  const withBoth = (act: (store: Store, id: string) => unknown): void => {
    const store = storeNow();
    const id = idNow();
    if (store && id) void act(store, id);
  };
  return {
    change: (change) => withBoth((store, id) => store.setUnsent(id, change)),
    send: (body, written) => {
      withBoth((store, id) => store.send(id, body, written));
      showNewest();
    },
    note: (body, written) => {
      withBoth((store, id) => store.note(id, body, written));
      showNewest();
    },
    templates: async () => {
      const answer = await storeNow()?.conversations.templates(idNow() ?? '');
      return answer?.ok ? answer.value.items : undefined;
    },
    changeFiles: (conversationId, change) => changeFiles(storeNow(), conversationId, 'files', change),
    changeNoteFiles: (conversationId, change) => changeFiles(storeNow(), conversationId, 'noteFiles', change),
    upload: (file, progress, signal) =>
      storeNow()?.upload(file, progress, signal) ?? Promise.resolve({ ok: false, problem: new ApiProblem('unreachable', 0, '') }),
    kinds: async () => {
      const answer = await storeNow()?.settings.channelKinds();
      return answer?.ok ? answer.value : undefined;
    },
    quickReplies: async () => {
      const store = storeNow();
      const id = idNow();
      if (!store || !id) return undefined;
      const answer = await store.core.ask(() => store.core.client.api.v1.conversations[':id']['quick-replies'].$get({ param: { id } }));
      return answer.ok ? answer.value.items : undefined;
    },
    assume: (reason) => withBoth((store, id) => store.conversations.assume(id, reason)),
    typing: (typing) => withBoth((store, id) => store.conversations.typing(id, typing)),
    readNewest: showNewest,
  };
}
