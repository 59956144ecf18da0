import type { ReactiveController } from 'lit';
import type { Store } from '../store/store.ts';

/** Follows a conversation for as long as its element is in the page: opens it in the store, and closes it for another. Its host adds it. */
export class Following implements ReactiveController {
  private close?: () => void;
  private store?: Store;
  private id?: string;

  constructor(
    private readonly source: () => Store | undefined,
    private readonly conversation: () => string | undefined,
    /** Called when another conversation, or the same one in another store, is followed. */
    private readonly opened?: (store: Store, id: string) => void,
  ) {}

  hostUpdate(): void {
    const store = this.source();
    const id = this.conversation() || undefined;
    if (store === this.store && id === this.id) return;
    this.let();
    this.store = store;
    this.id = id;
    if (!store || !id) return;
    this.close = store.threads.openConversation(id);
    this.opened?.(store, id);
  }

  hostDisconnected(): void {
    this.let();
    this.store = undefined;
    this.id = undefined;
  }

  private let(): void {
    this.close?.();
    this.close = undefined;
  }
}
