/** What the shop does for its chat: ways to begin, and who its customer is once somebody has signed in. */
import type { ConvChat } from '../widgets/chat.ts';

const address = new URL(location.href);
const chat: ConvChat = document.querySelector('conv-chat')!;
const tools = document.querySelector<HTMLFormElement>('.shop-tools')!;
const who = tools.elements.namedItem('as') as HTMLSelectElement;

/** Ways to begin, in the languages of the shop's customers. */
const questions: Readonly<Record<string, readonly string[]>> = {
  en: ['Which grinder suits my machine?', 'Where is my order?'],
  es: ['¿Qué molinillo va con mi máquina?', '¿Dónde está mi pedido?'],
  pt: ['Que moinho serve para a minha máquina?', 'Onde está a minha encomenda?'],
  de: ['Welche Mühle passt zu meiner Maschine?', 'Wo ist meine Bestellung?'],
  ar: ['أي مطحنة تناسب آلتي؟', 'أين طلبي؟'],
};

/** The shop's back end says who is signed in, so that the conversation follows its customer to every device. */
async function identityToken(): Promise<string | undefined> {
  const customer = who.value;
  if (!customer) return undefined;
  const answer = await fetch(`/demo/visitor-token?as=${encodeURIComponent(customer)}`);
  const { token } = (await answer.json()) as { token: string };
  return token;
}

who.value = address.searchParams.get('as') ?? '';
if (who.value) chat.getIdentityToken = identityToken;
who.addEventListener('change', async () => {
  // Signing in or out ends what the last one said here; the page begins anew, as a shop does.
  await chat.end();
  if (who.value) address.searchParams.set('as', who.value);
  else address.searchParams.delete('as');
  location.assign(address);
});

const root = document.documentElement;
function dress(): void {
  root.lang = address.searchParams.get('lang') ?? 'en';
  root.dir = address.searchParams.get('dir') ?? (root.lang === 'ar' ? 'rtl' : 'ltr');
  chat.questions = questions[root.lang] ?? questions['en']!;
  const theme = address.searchParams.get('theme');
  if (theme) root.dataset['theme'] = theme;
}
dress();
const language = tools.elements.namedItem('lang') as HTMLSelectElement;
language.value = root.lang;
language.addEventListener('change', () => {
  address.searchParams.set('lang', language.value);
  address.searchParams.delete('dir');
  history.replaceState(null, '', address);
  dress();
});
tools.addEventListener('click', (event) => {
  const { name } = event.target as HTMLButtonElement;
  const dark = root.dataset['theme'] ? root.dataset['theme'] === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  if (name === 'theme') address.searchParams.set('theme', dark ? 'light' : 'dark');
  if (name === 'dir') address.searchParams.set('dir', root.dir === 'rtl' ? 'ltr' : 'rtl');
  history.replaceState(null, '', address);
  dress();
});
tools.addEventListener('submit', (event) => event.preventDefault());
