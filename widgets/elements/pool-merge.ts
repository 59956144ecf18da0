import { render, type ReactiveController } from 'lit';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import type { Spoken } from '../ui/words.ts';
import { MergeDialog } from './merge-dialog.ts';

const dialogs = new WeakMap<StoreElement, MergeDialog>();

/** Asks whether two conversations that were chosen in the pool are to be one; fetched when that is first wanted. */
export function mergeChosen(host: StoreElement, words: Spoken<typeof operator>, [one, other]: readonly string[]): void {
  if (!one || !other) return;
  const dialog = dialogs.get(host) ?? place(host, words);
  dialogs.set(host, dialog);
  void dialog.show(one, other);
}

/** The dialog, in a place of its own in its host: what is fetched this late stands in no template. */
function place(host: StoreElement, words: Spoken<typeof operator>): MergeDialog {
  const into = host.renderRoot.appendChild(document.createElement('div'));
  // Before the dialog's own controller, which opens what stands there.
  const drawing: ReactiveController & { dialog?: MergeDialog } = { hostUpdated: () => void render(drawing.dialog?.render(), into) };
  host.addController(drawing);
  drawing.dialog = new MergeDialog(host, words);
  return drawing.dialog;
}
