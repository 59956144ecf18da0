import { html, type TemplateResult } from 'lit';
import type { StoreElement } from '../store/element.ts';
import { MacroDialog } from './macro-dialog.ts';
import type { BulkSet } from './pool-picks.ts';
import type { PoolWords } from './pool-row.ts';
import { PoolTags, type Chosen } from './pool-tags.ts';
import { SnoozeDialog } from './snooze-dialog.ts';

/** What is to be done to the chosen conversations and has to be asked for. */
export type Asked = 'snooze' | 'tags' | 'macro';

/** What asks what is to become of the chosen conversations; fetched with the first question. */
export class PoolAsk {
  private readonly later: SnoozeDialog;
  private readonly tags: PoolTags;
  private readonly macros: MacroDialog;

  constructor(host: StoreElement, words: PoolWords) {
    this.later = new SnoozeDialog(host);
    this.tags = new PoolTags(host, words);
    this.macros = new MacroDialog(host);
  }

  /** @param put does what was answered to all of them */
  ask(what: Asked, chosen: Chosen, put: (set: BulkSet) => void): void {
    if (what === 'tags') this.tags.ask(chosen, put);
    else if (what === 'macro') this.macros.ask(true, ({ id }) => put({ macroId: id }));
    else {
      this.later.ask(async (snoozedUntil) => {
        put({ snoozedUntil });
        return true;
      });
    }
  }

  /** The dialogs; they stand last in the template. */
  render(): TemplateResult {
    return html`${this.later.render()}${this.tags.render()}${this.macros.render()}`;
  }
}
