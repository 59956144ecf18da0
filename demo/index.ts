/** The team's side and the customer's: the portal, and beside it the shop or what the customer sees on another channel. */
import { mountAll } from './panel/all.ts';
import { mountCall } from './panel/call.ts';
import { mountMailbox } from './panel/mailbox.ts';
import { mountPhone } from './panel/phone.ts';

const number = { label: 'Number', example: '+31655509911' };

/** Fills the pane of each channel when it is first opened. */
const mounts: Readonly<Record<string, (pane: HTMLElement) => void>> = {
  sms: (pane) => mountPhone(pane, { channel: 'sms', handle: number, words: ['STOP', 'START', 'HELP'], app: false }),
  whatsapp: (pane) => mountPhone(pane, { channel: 'whatsapp', handle: number, words: [], app: true }),
  instagram: (pane) => mountPhone(pane, { channel: 'instagram', handle: { label: 'Instagram id', example: '5550090417' }, words: [], app: true }),
  custom: (pane) => mountPhone(pane, { channel: 'custom', handle: { label: 'Their id', example: 'partner-4410' }, words: [], app: false }),
  email: mountMailbox,
  voice: mountCall,
  all: mountAll,
};

const tabs = [...document.querySelectorAll<HTMLButtonElement>('[role="tab"]')];
const paneOf = (tab: HTMLElement) => document.getElementById(tab.getAttribute('aria-controls') ?? '')!;
const mounted = new Set<string>();

function choose(name: string): void {
  for (const tab of tabs) {
    const chosen = tab.name === name;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    paneOf(tab).hidden = !chosen;
    if (!chosen) continue;
    tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (!mounted.has(name)) mounts[name]?.(paneOf(tab));
    mounted.add(name);
  }
  history.replaceState(null, '', name === 'shop' ? location.pathname + location.search : `#${name}`);
}

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener('click', () => choose(tab.name));
  tab.addEventListener('keydown', (event) => {
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const to = { [forward]: (index + 1) % tabs.length, [back]: (index + tabs.length - 1) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[to];
    if (!next) return;
    event.preventDefault();
    choose(next.name);
    next.focus();
  });
}

const wanted = new URLSearchParams(location.search);
document.documentElement.dir = wanted.get('dir') === 'rtl' ? 'rtl' : 'ltr';
document.documentElement.dataset['theme'] = wanted.get('theme') ?? '';
for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe[data-page]')) frame.src = `${frame.dataset['page']}${location.search}`;
choose(tabs.find(({ name }) => `#${name}` === location.hash)?.name ?? 'shop');

document.querySelector('[name="reset"]')!.addEventListener('click', async ({ currentTarget }) => {
  const button = currentTarget as HTMLButtonElement;
  button.disabled = true;
  await fetch('/demo/reset', { method: 'POST' });
  button.disabled = false;
});
