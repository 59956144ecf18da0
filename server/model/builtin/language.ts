import { readCourtesy } from './courtesy.ts';
import { fold } from './text.ts';

/** Everyday words by which languages of one script are told apart; short ones, since customers write short messages. */
const WORDS: Record<string, string> = {
  en: 'the a an i you is are was were be been do does did have has had will would can could should my your our we they it this that these those what when where how why who which and or but if not no yes to of in on at for from with about please want need help order account hello hi there im dont cant its much many more any some get got just me us show find give tell make book list would near set up am then than people person agent someone',
  es: 'el la los las un una y o pero que de del en con por para es esta estan son soy estoy hay no si yo tu usted mi su te se lo como cuando donde cual cuanto cuanta cuantos quien porque quiero necesito puedo tengo tiene hacer hola gracias ayuda pedido cuenta muy mas ya todavia este esto eso aun mucho dias servicio cliente persona hablar humano reembolso envio pago precio horario',
  pt: 'o a os as um uma e ou mas que de do da dos das em no na com por para e esta estao sao sou estou ha nao sim eu voce vc meu minha seu sua te se como quando onde qual quanto quanta quem porque quero preciso posso tenho tem fazer ola oi obrigado ajuda pedido conta muito mais ja ainda isso este quais tambem servico cliente pessoa falar humano reembolso envio pagamento preco',
  fr: 'le la les un une des et ou mais que qui de du en avec pour par sur est sont suis etes ai as a avez ont ne pas oui non je tu il elle on nous vous ils mon ma mes votre vos ce cette ces comment quand combien quel quelle pourquoi veux voudrais besoin peux puis bonjour merci aide commande compte tres plus deja encore cest jai dans jaimerais service client personne parler humain remboursement livraison paiement prix',
  de: 'der die das den dem des ein eine einen einem und oder aber dass von mit fur auf ist sind war bin habe hat haben nicht kein keine ja nein ich du sie er wir ihr mein meine ihre mir mich wie wann wo was wer warum welche wieviel mochte will brauche kann konnen hallo danke hilfe bestellung konto sehr mehr schon noch zu im am um nach bitte es gibt wird mensch kundenservice mitarbeiter lieferung ruckgabe zahlung preis',
  it: 'il lo la i gli le un uno una e o ma che di del della in con per da su e sono ho ha hai hanno non si no io tu lei noi voi mio mia mi ti si come quando dove quale quanto quanta chi perche voglio vorrei devo posso ciao grazie aiuto ordine conto molto piu gia ancora questo questa nel alla dei sul ce servizio cliente clienti persona parlare umano reale rimborso spedizione pagamento prezzo',
  nl: 'de het een en of maar dat die van met voor op is zijn was ben heb heeft hebben niet geen ja nee ik jij je u hij zij wij we mijn uw jouw mij hoe wanneer waar wat wie waarom welke hoeveel wil graag nodig kan kunnen hallo bedankt hulp bestelling rekening erg meer nog te om naar er wordt klantenservice medewerker mens levering betaling prijs',
  pl: 'i a lub ale ze z w na do dla po jest sa byl jestem mam ma nie tak ja ty pan pani moj moja mi mnie sie jak kiedy gdzie co kto dlaczego ile chce chcialbym potrzebuje moge prosze dziekuje czesc witam pomoc zamowienie konto bardzo juz jeszcze ten ta to czy od moje',
  tr: 've veya ama bir bu su o ben sen biz siz benim senin bana size ile icin var yok degil mi mu ne nasil nerede kim neden kac istiyorum lazim merhaba tesekkurler yardim siparis siparisim hesap hesabim cok daha evet hayir nedir olarak kadar misiniz nerde',
  sv: 'och eller men att det den en ett jag du han hon vi ni min mitt din er ar var har hade inte ja nej vad nar hur varfor vem vill behover kan hej tack hjalp bestallning konto mycket mer redan till fran med pa om',
  da: 'og eller men at det den en et jeg du han hun vi min mit din er var har havde ikke ja nej hvad hvornar hvor hvordan hvorfor hvem vil kan hej tak hjaelp ordre konto meget mere til fra med pa om jeg',
  ro: 'si sau dar ca de la in cu pe pentru este sunt am are ai nu da eu tu noi voi meu mea imi cum cand unde ce cine cat vreau trebuie pot buna multumesc ajutor comanda cont foarte mai',
  cs: 'a nebo ale ze z v na do pro je jsou jsem mam ma ne ano ja ty vy muj moje mi jak kdy kde co kdo proc kolik chci potrebuji muzu prosim dekuji dobry pomoc objednavka ucet velmi uz jeste',
  id: 'dan atau tapi yang di ke dari untuk dengan ini itu adalah ada tidak ya saya anda kamu kami kita bagaimana kapan dimana apa siapa kenapa berapa mau ingin bisa tolong halo terima kasih bantuan pesanan akun sangat sudah belum lagi',
  vi: 'va hoac nhung la cua cho voi trong co khong toi ban chung minh nay kia bao gio o dau gi ai sao muon can the giup xin chao cam on don hang tai khoan rat da chua',
};

const sets = Object.entries(WORDS).map(([language, words]) => [language, new Set(words.split(' '))] as const);

const everyday = new Set(Object.values(WORDS).join(' ').split(' '));

/** Words that say nothing about what a message is about, in any of the languages. */
export const isEveryday = (word: string) => everyday.has(word) && !TOPICS.has(word);

/** Everyday words that are topics all the same. */
const TOPICS = new Set(
  (
    'order account help service client person pedido cuenta ayuda servicio cliente reembolso envio pago precio horario conta servico pagamento preco commande compte remboursement livraison paiement prix ' +
    'bestellung konto lieferung ruckgabe zahlung preis ordine conto rimborso spedizione prezzo rekening bestelling levering betaling prijs zamowienie siparis siparisim hesap hesabim ' +
    'klantenservice kundenservice book list'
  ).split(' '),
);

/** Letters and endings that only some languages have, looked for before accents are folded away. */
const TELLTALES: [string, RegExp][] = [
  ['es', /[ñ¿¡]|ción\b|\bqué\b|\bestá\b/iu],
  ['pt', /[ãõ]|ção\b|\bnão\b|\bvocê\b|ções\b|nh[ao]s?\b/iu],
  ['de', /[äöüß]/iu],
  ['fr', /[çœèêëîûù]|\b[cjdlmnst]['’][aeiouéh]/iu],
  ['it', /\b(?:perché|più|è|già|può|cos['’]è|c['’]è|dell['’]|l['’]ordine)\b|[àìòù](?=\s|$)/iu],
  ['nl', /ij[a-z]|\b(?:ik|jij|niet|mijn)\b|aa[nrt]|oe[kd]/iu],
  ['pl', /[ąćęłńśźż]/iu],
  ['tr', /[ğışİ]|\b(?:mı|mi|mu)\b/iu],
  ['sv', /[å]/iu],
  ['cs', /[ěřůčď]/iu],
  ['ro', /[ăâîșțşţ]/iu],
  ['vi', /[ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệ]/iu],
  ['da', /[øæ]/iu],
];

const SCRIPTS: [string, RegExp][] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['ko', /\p{Script=Hangul}/u],
  ['zh', /\p{Script=Han}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['el', /\p{Script=Greek}/u],
  ['th', /\p{Script=Thai}/u],
  ['ru', /\p{Script=Cyrillic}/u],
];

/**
 * The language that a text is written in, as a BCP 47 base tag, or null where it cannot be told (a number, "ok", an emoji).
 * By script first, then by everyday words, telling letters and courtesies.
 */
export function detectLanguage(text: string): string | null {
  const sample = text.slice(0, 1_000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  for (const [language, pattern] of SCRIPTS) {
    const found = sample.match(new RegExp(pattern, 'gu'))?.length ?? 0;
    if (found / letters < 0.3) continue;
    if (language === 'ru') return /[іїєґ]/iu.test(sample) ? 'uk' : 'ru';
    if (language === 'ar') return /[پچژگک]/u.test(sample) ? 'fa' : 'ar';
    return language;
  }
  return latinLanguage(sample);
}

function latinLanguage(sample: string): string | null {
  const words = fold(sample).match(/\p{L}+/gu) ?? [];
  const scores = new Map<string, number>();
  const add = (language: string, points: number) => scores.set(language, (scores.get(language) ?? 0) + points);
  for (const word of words) {
    for (const [language, set] of sets) if (set.has(word)) add(language, word.length > 2 ? 1.2 : 0.8);
  }
  for (const [language, pattern] of TELLTALES) if (pattern.test(sample)) add(language, 1.5);
  const courtesies = readCourtesy(sample.slice(0, 200)).languages;
  courtesies.forEach((language, index) => add(language, (index === 0 ? 1.4 : 0.7) * (language === 'en' && words.length < 3 ? 0.6 : 1)));
  const ranked = [...scores].toSorted((a, b) => b[1] - a[1]);
  const [best, second] = ranked;
  if (!best || best[1] < 0.8) return null;
  if (second && best[1] - second[1] < 0.1 && best[1] < 2) return best[0] === 'en' || second[0] === 'en' ? null : best[0];
  return UNSURE.has(words.join(' ')) ? null : best[0];
}

/** Words of every language. */
const UNSURE = new Set(['ok', 'okay', 'no', 'super', 'hi', 'bye', 'perfect', 'top', 'cool', 'lol', 'haha', 'si', 'email', 'chat', 'demo']);
