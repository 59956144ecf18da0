import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from './repeat.ts';
import type { ConvElement } from './base.ts';
import { standClear } from './clear-of.ts';
import { icon } from './icon.ts';
import { undo as undoGlyph, x } from './icons.ts';
import { outermostRoot, region } from './outermost.ts';
import { buttonsSheet } from './sheets/buttons.ts';
import { toastSheet } from './sheets/toast.ts';

/** What can still be done about it. `undo` shows its arrow. */
export interface ToastAct {
  readonly label: string;
  readonly undo?: boolean;
  readonly keys?: string;
  run(): void;
}

export interface Toast {
  readonly text: string;
  readonly acts?: readonly ToastAct[];
  /** The word for a button that closes it; without acts only. */
  readonly dismiss: string;
}

interface Shown extends Toast {
  readonly id: number;
}

const shown = new WeakMap<HTMLElement, readonly Shown[]>();
let last = 0;

const plain = 5000;
const withActs = 10_000;

/**
 * Says what was done, with a way back, at the foot of the window, clear of where people write and answer; several stand in
 * a column. It goes by itself, never while the pointer or the focus is on it. Returns how to take it away at once.
 */
export function toast(host: ConvElement, what: Toast): () => void {
  const node = region(
    outermostRoot(host),
    'toasts',
    (made) => {
      made.className = 'toasts';
      made.setAttribute('role', 'status');
      made.setAttribute('popover', 'manual');
    },
    [buttonsSheet, toastSheet],
  );
  last += 1;
  const id = last;
  const remove = (): void =>
    draw(
      node,
      (shown.get(node) ?? []).filter((one) => one.id !== id),
    );
  draw(node, [...(shown.get(node) ?? []).slice(-3), { ...what, id }]);
  const rest = (): void => {
    if (node.matches(':hover, :focus-within')) setTimeout(rest, 1000);
    else remove();
  };
  setTimeout(rest, what.acts?.length ? withActs : plain);
  return remove;

  function draw(into: HTMLElement, all: readonly Shown[]): void {
    shown.set(into, all);
    if (into.isConnected) into.togglePopover(all.length > 0);
    render(
      repeat(
        all,
        (one) => one.id,
        (one) =>
          card(one, () =>
            draw(
              into,
              (shown.get(into) ?? []).filter((other) => other !== one),
            ),
          ),
      ),
      into,
    );
    standClear(into, all.length > 0);
  }
}

/** Takes back what was said last to be done, where that still stands there. False where nothing of it can be taken back. */
export function takeBack(host: ConvElement): boolean {
  const last = [...outermostRoot(host).querySelectorAll<HTMLElement>('.toasts .is-undo')].at(-1);
  last?.click();
  return last !== undefined;
}

function card(one: Shown, close: () => void): TemplateResult {
  const run = (act: ToastAct) => (): void => {
    close();
    act.run();
  };
  return html`<div class="toast"><span>${one.text}</span>${
    one.acts?.length
      ? one.acts.map(
          (act) =>
            html`<button type="button" class="btn ${act.undo ? 'is-undo' : ''}" @click=${run(act)}>${act.undo ? icon(undoGlyph) : nothing}${act.label}${
              act.keys ? html`<kbd>${act.keys}</kbd>` : nothing
            }</button>`,
        )
      : html`<button type="button" class="btn icon" aria-label=${one.dismiss} @click=${close}>${icon(x)}</button>`
  }</div>`;
}
