import type { ReactiveController } from 'lit';
import type { ConvElement } from '../ui/base.ts';
import type { PoolSearch, SearchChoices } from './pool-search.ts';

/** Milliseconds after the last letter at which a search begins. */
const PAUSE_MS = 180;

/** Searches when the typing pauses, and fetches what helps with it when the field is first used. */
export class Searching implements ReactiveController {
  /** What suggests, and says how a search stands; once it is there. */
  help?: PoolSearch;
  private fetched = false;
  private typing?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly host: ConvElement,
    private readonly field: () => HTMLInputElement | null,
    private readonly choices: () => SearchChoices,
    private readonly find: (text: string) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.typing);
  }

  readonly begin = (): void => {
    if (this.fetched) return;
    this.fetched = true;
    void import('./pool-search.ts').then(
      ({ PoolSearch }) => {
        this.help = new PoolSearch(this.host, this.field, this.choices, this.typed);
        this.help.look();
      },
      () => (this.fetched = false),
    );
  };

  readonly typed = (text: string): void => {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.find(text), text === '' ? 0 : PAUSE_MS);
  };
}
