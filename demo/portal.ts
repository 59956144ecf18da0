/** What Morrow's portal does for its inbox: it gets a token for whoever is signed in, and keeps the page's address. */
import type { ConvInbox, ConvProvider, ConvSettings } from '../widgets/index.ts';

const address = new URL(location.href);
const tools = document.querySelector<HTMLFormElement>('.host-tools')!;
const provider: ConvProvider = document.querySelector('conv-provider')!;
const inbox: ConvInbox = document.querySelector('conv-inbox')!;

const operator = address.searchParams.get('as') ?? 'ana';

/** The back end of the portal signs a token for its operator; the elements ask again before it ends. */
provider.getToken = async () => {
  const answer = await fetch(`/demo/token?as=${encodeURIComponent(operator)}`);
  const { token } = (await answer.json()) as { token: string };
  return token;
};

// The address names the conversation that is open, so that a link leads to it, and the browser's back to the one before.
function obey(): void {
  inbox.conversation = address.searchParams.get('conversation') ?? undefined;
  inbox.message = address.searchParams.get('message') ?? undefined;
}
obey();
inbox.addEventListener('conv-open', () => {
  history.pushState(null, '', location.href);
  remember('conversation', inbox.conversation ?? null);
  remember('message', null);
});
addEventListener('popstate', () => {
  const { searchParams } = new URL(location.href);
  for (const name of ['conversation', 'message']) put(name, searchParams.get(name));
  obey();
  follow();
});

// It names the list too, so that whoever opens the link sees the same.
const filter = (text: string | null): Readonly<Record<string, unknown>> | undefined => {
  try {
    const asked: unknown = JSON.parse(text ?? 'null');
    return typeof asked === 'object' && asked !== null ? (asked as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};
inbox.filter = filter(address.searchParams.get('filter'));
inbox.addEventListener('conv-filter', (event) => {
  const asked = event.detail.filter;
  remember('filter', Object.keys(asked).length > 0 ? JSON.stringify(asked) : null);
});

// The address names the screen: each stands in the place of the inbox. Who leaves one without having saved is asked first.
const screens: Readonly<Record<string, { title: string; show(): HTMLElement }>> = {
  '#conversations': { title: 'Conversations', show: () => inbox },
  '#drafts': { title: 'Drafts', show: () => document.createElement('conv-drafts') },
  '#tickets': { title: 'Tickets', show: () => document.createElement('conv-tickets') },
  '#report': { title: 'Handoffs', show: () => document.createElement('conv-report') },
  '#settings': { title: 'Settings', show: () => document.createElement('conv-settings') },
};
let shown: HTMLElement = inbox;
let place = '#conversations';
function follow(): void {
  const wanted = location.hash in screens ? location.hash : '#conversations';
  if (wanted !== place) {
    const next = screens[wanted]!.show();
    shown.replaceWith(next);
    shown = next;
    place = wanted;
  }
  document.querySelector('[data-place]')!.textContent = screens[wanted]!.title;
  for (const link of document.querySelectorAll('.host-nav a')) {
    if (link.getAttribute('href') === wanted) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}
document.querySelector('.host-nav')!.addEventListener('click', (event) => {
  const href = (event.target as Element).closest('a')?.getAttribute('href');
  if (!href || href === place || !('leave' in shown)) return;
  event.preventDefault();
  (shown as ConvSettings).leave(() => (location.hash = href));
});
addEventListener('hashchange', follow);
// A section of the settings that was chosen in the inbox opens there.
provider.addEventListener('conv-section', (event) => {
  if (shown !== inbox) return;
  location.hash = '#settings';
  follow();
  (shown as ConvSettings).section = event.detail.section;
});
// What the report would change is changed in the settings.
provider.addEventListener('conv-report-go', (event) => {
  if (shown.localName !== 'conv-report') return;
  location.hash = '#settings';
  follow();
  (shown as ConvSettings).section = event.detail.section;
});
// What another screen wants to be opened is opened in the inbox.
provider.addEventListener('conv-open', (event) => {
  if (shown === inbox) return;
  inbox.conversation = event.detail.conversationId ?? undefined;
  remember('conversation', inbox.conversation ?? null);
  location.hash = '#conversations';
});
follow();

function put(name: string, value: string | null): void {
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
}

function remember(name: string, value: string | null): void {
  put(name, value);
  address.hash = location.hash;
  history.replaceState(null, '', address);
}

// Look, theme, density, direction and language are the page's own; the elements follow it. A look is a style sheet, and nothing else.
const root = document.documentElement;
const look = document.createElement('link');
look.rel = 'stylesheet';
const looks = ['plain', 'contrast'];
function dress(): void {
  root.lang = address.searchParams.get('lang') ?? 'en';
  root.dir = address.searchParams.get('dir') ?? (root.lang === 'ar' ? 'rtl' : 'ltr');
  const theme = address.searchParams.get('theme');
  if (theme) root.dataset['theme'] = theme;
  const density = address.searchParams.get('density');
  if (density) root.dataset['density'] = density;
  const wanted = address.searchParams.get('look') ?? '';
  if (!looks.includes(wanted)) look.remove();
  else {
    look.href = `/theme-${wanted}.css`;
    document.head.append(look);
  }
}
dress();

const choice = (name: string): HTMLSelectElement => tools.elements.namedItem(name) as HTMLSelectElement;
choice('as').value = operator;
choice('lang').value = root.lang;
choice('look').value = address.searchParams.get('look') ?? '';
choice('as').addEventListener('change', () => {
  address.searchParams.set('as', choice('as').value);
  address.searchParams.delete('conversation');
  address.hash = location.hash;
  location.assign(address);
});
choice('lang').addEventListener('change', () => {
  remember('lang', choice('lang').value);
  remember('dir', null);
  dress();
});
choice('look').addEventListener('change', () => {
  remember('look', choice('look').value);
  dress();
});
tools.addEventListener('click', (event) => {
  const { name } = event.target as HTMLButtonElement;
  const dark = root.dataset['theme'] ? root.dataset['theme'] === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  if (name === 'theme') remember('theme', dark ? 'light' : 'dark');
  if (name === 'dir') remember('dir', root.dir === 'rtl' ? 'ltr' : 'rtl');
  dress();
});
tools.addEventListener('submit', (event) => event.preventDefault());
