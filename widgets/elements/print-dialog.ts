import { html, type TemplateResult, type nothing } from 'lit';
import { deskTexts } from '../locales/desk.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import type { Thread } from '../store/state.ts';
import { Dialog } from '../ui/dialog.ts';
import { words, type Spoken } from '../ui/words.ts';
import type { ConvLog } from './thread-log.ts';

/** So many items are read for paper at most: those that came last. */
const MOST = 2_000;

type Stage = 'reading' | 'cut' | 'failed';

/**
 * Reads all of a conversation and prints it, since a browser does not wait for what is not there when it prints. Says meanwhile
 * how far it is, and what will be missing where not all can be read. For hosts with the sheets of dialogs and buttons.
 */
export class PrintDialog {
  private readonly words;
  private readonly dialog: Dialog;
  private stage: Stage = 'reading';
  private log?: ConvLog;

  constructor(
    private readonly host: StoreElement,
    private readonly usual: Spoken<typeof operator>,
  ) {
    this.words = words(host, deskTexts);
    this.dialog = new Dialog(host, () => this.letGo());
  }

  /** @param log the lines of the conversation, which keep what they have read until it is printed */
  async show(log: ConvLog, id: string): Promise<void> {
    if (this.dialog.open) return;
    this.log = log;
    this.stage = 'reading';
    log.going.keeps = true;
    const { thread } = log;
    if (thread.before === null && thread.after === null) return this.print();
    this.dialog.show();
    const stage = await this.read(id);
    if (!this.dialog.open) return;
    if (!stage) return this.print();
    this.stage = stage;
    this.host.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const {
        t: { print },
        tag,
      } = this.words;
      const { common } = this.usual.t;
      const number = new Intl.NumberFormat(tag);
      const said =
        this.stage === 'failed' ? print.failed : this.stage === 'cut' ? print.cut(number.format(this.count)) : print.soFar(number.format(this.count));
      return {
        title: print.title,
        lead: print.lead,
        close: common.close,
        body: html`<p role="status">${said}</p>`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${common.cancel}</button><button type="submit" class="btn lg primary">${print.now}</button>`,
        submit: () => void this.print(),
      };
    });
  }

  private get count(): number {
    return this.log?.thread.items.length ?? 0;
  }

  /** Reads to both ends, the newer first. @returns why not all is there; nothing where it is */
  private async read(id: string): Promise<Stage | undefined> {
    for (;;) {
      const thread = this.thread(id);
      if (!thread || !this.dialog.open) return undefined;
      if (thread.problem) return 'failed';
      if (thread.before === null && thread.after === null) return undefined;
      if (thread.items.length >= MOST) return 'cut';
      await (thread.after === null ? this.host.store?.threads.loadOlder(id) : this.host.store?.threads.loadNewer(id));
      this.host.requestUpdate();
      await this.host.updateComplete;
      // Somebody else is reading: what they read is waited for.
      if (this.thread(id) === thread) await new Promise(requestAnimationFrame);
    }
  }

  private thread(id: string): Thread | undefined {
    return this.host.store?.get().threads[id];
  }

  /** Prints what is there; the lines let go of it afterwards. */
  private async print(): Promise<void> {
    const { log } = this;
    this.dialog.close();
    await this.host.updateComplete;
    if (!log) return;
    log.going.keeps = true;
    await log.updateComplete;
    print();
    this.letGo();
  }

  private letGo(): void {
    if (!this.log) return;
    this.log.going.keeps = false;
    this.log.requestUpdate();
  }
}
