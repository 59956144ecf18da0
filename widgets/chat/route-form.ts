/** What a route asks for, filled in under its button; fetched when such a route is first chosen. */
import { css, html, nothing, render } from 'lit';
import type { VisitorMessage } from '../../server/contract/message.ts';
import { languageOf } from '../locales/catalogue.ts';
import { routeFormTexts } from '../locales/route-form.ts';
import { ApiProblem } from '../store/problem.ts';
import type { ConvElement } from '../ui/base.ts';
import type { VisitorStore } from './store.ts';

type Route = NonNullable<VisitorMessage['routes']>[number];

/** What was filled in, by the id of its field. */
export interface Filled {
  readonly fields: Readonly<Record<string, string>>;
  /** What was refused once is taken as it is. */
  readonly asIs: boolean;
}

const sheet = css`
.way-form { display: grid; gap: 10px; padding: 12px; border: var(--conv-stroke) solid var(--conv-accent-line); border-radius: var(--conv-radius-lg); }
.way-form label { display: grid; gap: 4px; font-size: var(--_fs-md); font-weight: 500; overflow-wrap: anywhere; }
.way-form label small { color: var(--conv-ink-3); font-weight: 400; }
.way-form input {
  inline-size: 100%; box-sizing: border-box; block-size: 36px; padding: 0 10px; border: var(--conv-stroke) solid var(--conv-control); border-radius: var(--conv-radius-lg);
  background: var(--conv-surface); color: inherit; font: inherit; font-weight: 400; font-size: max(16px, var(--_fs-lg));
}
.way-form input:focus { border-color: var(--conv-accent); outline: 3px solid var(--conv-accent-tint); }
.way-form [aria-invalid] { border-color: var(--conv-urgent); }
.way-form .bad { margin: 0; color: var(--conv-urgent); font-size: var(--_fs-sm); line-height: 16px; }
`;

/** The form that is open in a panel; there is one at a time. */
const open = new WeakMap<ConvElement, { readonly messageId: string; close(): void }>();

/**
 * Shows what a route asks for that was chosen for the visitor, without taking the focus; takes it away once that is known.
 * @param message that offers the route; undefined where nothing is asked
 */
export async function ask(host: ConvElement, store: VisitorStore, message: VisitorMessage | undefined): Promise<void> {
  const shown = open.get(host);
  const button = [...host.renderRoot.querySelectorAll('.way.is-chosen')].at(-1);
  const route = message?.routes?.find(({ id }) => id === message.chosenRouteId);
  if (!message) return shown?.close();
  if (route && button && !(shown?.messageId === message.id && button.nextElementSibling?.matches('.way-place')))
    await fillIn(host, button, route, store, message.id, true);
}

/**
 * Opens the form of a route under its button.
 * @param store takes what was filled in to the team
 * @param messageId of the message that offers the route
 * @param quietly the focus stays where it is
 */
export async function fillIn(
  host: ConvElement,
  button: Element,
  { id: routeId, label, fields }: Route,
  store: VisitorStore,
  messageId: string,
  quietly = false,
): Promise<void> {
  const t = await routeFormTexts.load(languageOf(host.language));
  const root = host.shadowRoot;
  if (!root || !button.isConnected || !fields) return;
  open.get(host)?.close();
  if (!root.adoptedStyleSheets.includes(sheet.styleSheet!)) root.adoptedStyleSheets.push(sheet.styleSheet!);
  const place = document.createElement('div');
  place.className = 'way-place';
  button.after(place);
  button.setAttribute('aria-expanded', 'true');
  let wrong = new Map<string, string>();
  let failed = false;
  let busy = false;
  let refused = false;

  const close = (): void => {
    open.delete(host);
    button.removeAttribute('aria-expanded');
    place.remove();
  };
  open.set(host, { messageId, close });

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const said = Object.fromEntries(fields.map(({ name }) => [name, String(data.get(name) ?? '').trim()]));
    failed = false;
    wrong = new Map(fields.filter(({ name, required }) => required && !said[name]).map(({ name }) => [name, t.missing]));
    if (wrong.size === 0) {
      busy = true;
      draw();
      try {
        await store.choose(messageId, routeId, { fields: said, asIs: refused });
        return close();
      } catch (thrown) {
        const errors = thrown instanceof ApiProblem ? thrown.errors : [];
        wrong = new Map(errors.map(({ path }) => [path.replace('fields.', ''), t.phone]));
        refused = wrong.size > 0;
        failed = !refused;
      }
      busy = false;
    }
    draw();
    place.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  };

  const draw = (): void => {
    render(
      html`<form class="way-form" novalidate aria-label="${label}: ${t.label}" @submit=${submit}>${fields.map(({ name, kind, label: asks, required }) => {
        const says = wrong.get(name);
        return html`<label><span dir="auto">${asks}${required ? nothing : html` <small>${t.optional}</small>`}</span><input name=${name} dir="auto" maxlength="1000" type=${kind === 'phone' ? 'tel' : 'text'}
        autocomplete=${kind === 'phone' ? 'tel' : 'off'} aria-required=${String(required)} aria-invalid=${says ? 'true' : nothing} aria-describedby=${says ? `way-${name}` : nothing}></label>${
          says ? html`<p class="bad" id="way-${name}" role="alert">${says}</p>` : nothing
        }`;
      })}${failed ? html`<p class="bad" role="alert">${t.failed}</p>` : nothing}<button class="btn primary" ?disabled=${busy}>${t.send}</button></form>`,
      place,
    );
  };
  draw();
  if (quietly) return;
  place.querySelector('input')?.focus();
  place.scrollIntoView({ block: 'nearest' });
}
