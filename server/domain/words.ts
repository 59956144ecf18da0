/**
 * Texts that the workspace says by itself, in the customer's language: at a handoff the last word is not the agent's.
 */
const HANDOFF: Record<string, { routes: string; plain: string }> = {
  en: { routes: 'We are passing you to a person. How shall we reach you?', plain: 'We are passing you to a person, who will write to you here.' },
  es: { routes: 'Le pasamos con una persona. ¿Cómo prefiere que le contactemos?', plain: 'Le pasamos con una persona, que le escribirá aquí.' },
  pt: { routes: 'Vamos passar a conversa a uma pessoa. Como prefere ser contactado?', plain: 'Vamos passar a conversa a uma pessoa, que vai escrever aqui.' },
  de: {
    routes: 'Wir geben Sie an einen Menschen weiter. Wie erreichen wir Sie am besten?',
    plain: 'Wir geben Sie an einen Menschen weiter, der Ihnen hier schreibt.',
  },
  fr: { routes: 'Nous vous passons une personne. Comment préférez-vous être contacté ?', plain: 'Nous vous passons une personne, qui vous écrira ici.' },
  it: {
    routes: 'La mettiamo in contatto con una persona. Come preferisce essere contattato?',
    plain: 'La mettiamo in contatto con una persona, che le scriverà qui.',
  },
  nl: { routes: 'We verbinden u door met een medewerker. Hoe kunnen we u bereiken?', plain: 'We verbinden u door met een medewerker, die u hier schrijft.' },
  pl: { routes: 'Przekazujemy rozmowę człowiekowi. Jak możemy się z Państwem skontaktować?', plain: 'Przekazujemy rozmowę człowiekowi, który napisze tutaj.' },
  ru: { routes: 'Передаём разговор сотруднику. Как с вами лучше связаться?', plain: 'Передаём разговор сотруднику, он напишет вам здесь.' },
  tr: { routes: 'Sizi bir çalışanımıza aktarıyoruz. Size nasıl ulaşalım?', plain: 'Sizi bir çalışanımıza aktarıyoruz; size buradan yazacak.' },
  zh: { routes: '我们正在为您转接人工客服。您希望我们如何与您联系？', plain: '我们正在为您转接人工客服，客服会在这里回复您。' },
  ja: { routes: '担当者におつなぎします。ご希望の連絡方法をお選びください。', plain: '担当者におつなぎします。担当者がこちらにご返信します。' },
  ko: { routes: '상담원에게 연결해 드리겠습니다. 어떤 방법으로 연락드릴까요?', plain: '상담원에게 연결해 드리겠습니다. 상담원이 여기에 답변드립니다.' },
  hi: { routes: 'हम आपको हमारे एक सहयोगी से जोड़ रहे हैं। हम आपसे कैसे संपर्क करें?', plain: 'हम आपको हमारे एक सहयोगी से जोड़ रहे हैं, वे आपको यहीं लिखेंगे।' },
  ar: { routes: 'سنحوّلك إلى أحد أفراد الفريق. كيف تفضّل أن نتواصل معك؟', plain: 'سنحوّلك إلى أحد أفراد الفريق، وسيكتب لك هنا.' },
};

/**
 * What a customer reads at a handoff. The routes themselves are the channel's to show: as buttons, or numbered.
 * @param language BCP 47, or null where it is not known
 */
export function handoffText(language: string | null, hasRoutes: boolean): string {
  const words = HANDOFF[language?.toLowerCase().split('-')[0] ?? 'en'] ?? HANDOFF.en!;
  return hasRoutes ? words.routes : words.plain;
}

const HELP: Record<string, (name: string) => string> = {
  en: (name) => `${name}: write here and we will answer. Reply STOP to get no more messages.`,
  es: (name) => `${name}: escriba aquí y le responderemos. Responda STOP para no recibir más mensajes.`,
  pt: (name) => `${name}: escreva aqui e responderemos. Responda STOP para não receber mais mensagens.`,
  de: (name) => `${name}: Schreiben Sie hier, wir antworten Ihnen. Mit STOP erhalten Sie keine Nachrichten mehr.`,
  fr: (name) => `${name} : écrivez ici et nous vous répondrons. Répondez STOP pour ne plus recevoir de messages.`,
  it: (name) => `${name}: scriva qui e le risponderemo. Risponda STOP per non ricevere altri messaggi.`,
  ar: (name) => `${name}: اكتب هنا وسنجيبك. أرسل STOP لإيقاف الرسائل.`,
};

/** What a customer reads who wrote HELP. @param name of the workspace */
export function helpText(language: string | null, name: string): string {
  return (HELP[language?.toLowerCase().split('-')[0] ?? 'en'] ?? HELP.en!)(name);
}

/** The route that a customer chose by its number or its label, or null. */
export function routeChosen<R extends { label: string }>(text: string, routes: readonly R[]): R | null {
  const said = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[.)!\s]+$/u, '');
  const number = /^\p{Nd}{1,2}$/u.test(said) ? Number([...said].map((digit) => digitValue(digit)).join('')) : Number.NaN;
  if (Number.isInteger(number)) return routes[number - 1] ?? null;
  return routes.find((route) => route.label.trim().toLowerCase() === said) ?? null;
}

/** The value of a decimal digit in any script: Arabic ٣ is 3. Digits of a script stand in a row of ten. */
export function digitValue(digit: string): number {
  let zero = digit.codePointAt(0)!;
  const start = zero;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1)) && start - zero < 9) zero -= 1;
  return start - zero;
}
