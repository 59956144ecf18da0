import type { Translated } from '../catalogue.ts';
import type { classifier as source } from '../en/classifier.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';
import { shared } from './shared.ts';

const count = plural('de');

/** Was der Klassifikator entscheiden würde, und was Menschen dazu sagen. */
export const classifier: Translated<typeof source> = {
  common,
  shared,
  precedence: 'Es entscheidet die erste Karte, die passt, dann die Anweisung, dann das Modell.',
  line: {
    replyAnyway: 'Trotzdem antworten',
    shouldQuiet: 'Hätte still bleiben sollen',
    group: 'Diese Entscheidung korrigieren',
    replying: (agent) => `${agent} antwortet doch noch`,
    noted: 'Für die Berichte vermerkt',
    undone: 'Zurückgenommen',
    makeCard: 'Als Karte festhalten',
    said: {
      reply_anyway: (who) => `${who} wollte eine Antwort`,
      should_have_stayed_quiet: (who) => `${who}: hätte still bleiben sollen`,
    },
    refused: {
      newer_message: 'Inzwischen kam etwas Neueres.',
      agent_may_not_reply: 'Der Agent darf hier nicht antworten: Menschen führen die Unterhaltung, oder sie ist geschlossen.',
      contact_paused: 'KI ist für diesen Kontakt pausiert. Setzen Sie sie zuerst fort.',
      agent_inactive: 'Der Agent ist nicht aktiv.',
      reply_mode_off: 'Der Antwortmodus ist aus.',
      no_agent: 'Die Unterhaltung hat keinen Agenten.',
      other: 'Das ging nicht. Versuchen Sie es noch einmal.',
    },
  },
  card: {
    title: 'Neue Karte: ob geantwortet wird',
    lead: 'Eine Regel in einfachen Worten, die Nachrichten wie diese entscheidet.',
    text: 'Regel',
    name: 'Titel',
    where: 'Wo sie gilt',
    onlyAgent: (agent) => `Nur für ${agent}`,
    onlyChannel: (channel) => `Nur über ${channel}`,
    save: 'Speichern und verwenden',
    saved: 'Die Karte gilt ab jetzt, vor allen anderen',
    needed: 'Schreiben Sie die Regel.',
    failed: 'Die Karte wurde nicht gespeichert. Versuchen Sie es noch einmal.',
    none: 'Keine Regel in einfachen Worten hätte dies entschieden.',
  },
  whatIf: {
    title: 'Wenn Sie das speichern',
    lead: (n, shown) =>
      count(n, {
        one: 'Die letzte Nachricht, noch einmal entschieden. Nichts wird gesendet.',
        other: `Die letzten ${shown} Nachrichten, noch einmal entschieden. Nichts wird gesendet.`,
      }),
    run: 'Ausführen',
    again: 'Noch einmal',
    stop: 'Abbrechen',
    deciding: 'Entscheidet',
    now: 'Jetzt',
    after: 'Dann',
    answered: (shown) => `${shown} beantwortet`,
    quiet: (shown) => `${shown} still`,
    filter: 'Welche Änderungen gezeigt werden',
    change: (n, shown) => count(n, { one: '1 ändert sich', other: `${shown} ändern sich` }),
    goQuiet: (n, shown) => count(n, { one: '1 wird still', other: `${shown} werden still` }),
    getAnswer: (n, shown) => count(n, { one: '1 wird beantwortet', other: `${shown} werden beantwortet` }),
    wasAnswered: 'beantwortet',
    wasQuiet: 'still',
    same: 'Nichts würde sich ändern',
    sameText: 'Jede dieser Nachrichten würde wie jetzt entschieden.',
    nothing: 'Noch keine Nachrichten',
    nothingText: 'Sobald Kunden diesem Agenten geschrieben haben, können Sie Änderungen daran erproben.',
    failed: 'Die Nachrichten konnten nicht entschieden werden',
    stopped: 'Abgebrochen. Nichts wurde geändert.',
    stale: 'Seitdem geändert',
    saved: 'Ändern Sie die Anweisung oder eine Karte, um zu sehen, was anders entschieden würde.',
    instruction: 'Ihre Anweisung',
    model: 'Das Modell',
    free: 'Das eingebaute Modell entscheidet; das kostet nichts.',
    cost: (n, calls, tokens) => count(n, { one: `${calls} Aufruf des Modells, Token: ${tokens}`, other: `${calls} Aufrufe des Modells, Token: ${tokens}` }),
    would: (n, shown, of) =>
      count(n, { one: `1 der letzten ${of} Nachrichten würde anders entschieden`, other: `${shown} der letzten ${of} Nachrichten würden anders entschieden` }),
    decidedBy: 'Dann entscheidet',
    builtin: 'Das eingebaute Modell',
    why: {
      daily_limit: 'Der Agent hat seine Token des Tages verbraucht.',
      unavailable: 'Das Modell hat nicht geantwortet.',
      rate_limited: 'Zu viele Durchläufe in einer Minute. Versuchen Sie es gleich noch einmal.',
    },
    day: (used) => `Heute verbrauchte Token, diese eingeschlossen: ${used}`,
    dayOf: (used, limit) => `Heute verbrauchte Token, diese eingeschlossen: ${used} von ${limit}`,
    price: (amount) => `Preis ${amount}`,
    wouldNone: (of) => `Keine der letzten ${of} Nachrichten würde anders entschieden`,
    wrong: {
      question: 'Sieht falsch aus: Es wird etwas gefragt',
      money: 'Sieht falsch aus: Ein Geldbetrag wird genannt',
      person: 'Sieht falsch aus: Jemand möchte einen Menschen',
      alarm: 'Sieht falsch aus: Es klingt dringend',
      nothing_asked: 'Sieht falsch aus: Es wird nichts gefragt',
    },
  },
};
