import type { Translated } from '../catalogue.ts';
import type { checks as source } from '../en/checks.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';

const count = plural('de');

export const checks: Translated<typeof source> = {
  common,
  title: 'Prüfungen',
  lead: 'Was Unterhaltungen fernhält und Agenten nicht antworten lässt.',
  again: 'Noch einmal prüfen',
  at: (when: string) => `Geprüft: ${when}`,
  arriving: 'Unterhaltungen erscheinen nicht',
  answering: 'Agenten antworten nicht',
  one: 'Warum ein Agent in einer Unterhaltung still blieb, steht in ihrem Verlauf, in der Zeile nach der Nachricht des Kunden.',
  fine: 'Hier ist alles in Ordnung.',
  open: 'Öffnen',
  says: {
    workers: (n: number, said: string) =>
      n === 0 ? 'Kein Prozess erledigt die Arbeit' : count(n, { one: `${said} Prozess erledigt die Arbeit`, other: `${said} Prozesse erledigen die Arbeit` }),
    public_address: (address: string) => `Anbieter erreichen diesen Server unter ${address}`,
    accounts: (n: number, said: string) =>
      n === 0 ? 'Kein Kanalkonto ist ohne Befund' : count(n, { one: `${said} Kanalkonto ohne Befund`, other: `${said} Kanalkonten ohne Befund` }),
    account_inactive: (name: string) => `${name} ist nicht aktiv`,
    account_incomplete: (name: string) => `${name} ist nicht ausgefüllt`,
    account_failing: (name: string, since: string) => `${name} ist gestört seit: ${since}`,
    account_silent: (name: string) => `${name} hat noch nichts empfangen`,
    model: (name: string) => (name === '' ? 'Das eingebaute Modell antwortet' : `${name} antwortet`),
    model_down: (since: string) => `Das Modell antwortet nicht, seit: ${since}`,
    agents: (n: number, said: string) => (n === 0 ? 'Kein Agent ist aktiv' : count(n, { one: `${said} Agent ist aktiv`, other: `${said} Agenten sind aktiv` })),
    no_intake: (name: string) => `${name} hat keinen Agenten`,
    intake_inactive: (name: string, agent: string) => `${agent} nimmt ${name} an und ist nicht aktiv`,
    mode_off: (name: string) => `Der Antwortmodus von ${name} ist Aus`,
    token_limit: (name: string) => `${name} hat die Tokens von heute verbraucht`,
    no_articles: 'Es gibt keine Artikel, aus denen geantwortet werden kann',
    runs_late: (n: number, said: string, since: string) =>
      count(n, {
        one: `${said} Unterhaltung wartet auf ihren Agenten, seit: ${since}`,
        other: `${said} Unterhaltungen warten auf ihre Agenten, die erste seit: ${since}`,
      }),
    messages_late: (n: number, said: string, since: string) =>
      count(n, {
        one: `${said} Nachricht wartet auf den Versand, seit: ${since}`,
        other: `${said} Nachrichten warten auf den Versand, die erste seit: ${since}`,
      }),
    messages_in_doubt: (n: number, said: string) =>
      count(n, {
        one: `In ${said} Unterhaltung weiß niemand, ob eine Nachricht hinausging`,
        other: `In ${said} Unterhaltungen weiß niemand, ob eine Nachricht hinausging`,
      }),
    drafts_waiting: (n: number, said: string, since: string) =>
      count(n, { one: `${said} Entwurf wartet auf Freigabe, seit: ${since}`, other: `${said} Entwürfe warten auf Freigabe, der erste seit: ${since}` }),
    people_waiting: (n: number, said: string, since: string) =>
      count(n, {
        one: `${said} Unterhaltung wartet auf einen Menschen, seit: ${since}`,
        other: `${said} Unterhaltungen warten auf einen Menschen, die erste seit: ${since}`,
      }),
    contacts_paused: (n: number, said: string) =>
      count(n, { one: `Für ${said} Kontakt ist die KI pausiert`, other: `Für ${said} Kontakte ist die KI pausiert` }),
  },
  help: {
    workers: 'Starten Sie einen mit ROLE=worker oder ROLE=both. Bis dahin wird nichts beantwortet oder gesendet.',
    public_address: 'Nur Ihr eigenes Netz findet diese Adresse. Setzen Sie PUBLIC_URL auf die, die das Internet erreicht.',
    accounts: 'Legen Sie unter Kanalkonten eines an, und geben Sie seine Webhook-Adresse Ihrem Anbieter.',
    account_inactive: 'Es nimmt Nachrichten an, aber nichts wird darüber beantwortet oder gesendet.',
    account_incomplete: 'Füllen Sie aus, was fehlt.',
    account_failing: 'Was der Anbieter sagte. Das Konto zeigt, was empfangen wurde, und hat einen Test.',
    account_silent: 'Prüfen Sie, ob der Anbieter die Webhook-Adresse und das Geheimnis dieses Kontos hat.',
    model: '',
    model_down: 'Bis es wieder da ist, gehen Unterhaltungen an Menschen. Es wird von selbst wieder gefragt.',
    agents: 'Aktivieren Sie einen, sonst beantworten Menschen alles.',
    no_intake: 'Neue Unterhaltungen beginnen bei Ihrem Team. Wählen Sie einen Agenten, wenn einer antworten soll.',
    intake_inactive: 'Aktivieren Sie den Agenten, oder wählen Sie einen anderen für das Konto.',
    mode_off: 'Er beantwortet nichts von selbst. Wählen Sie einen anderen Antwortmodus, wenn er das soll.',
    token_limit: 'Morgen (UTC) geht es weiter, mit einer höheren Grenze sofort.',
    no_articles: 'Das eingebaute Modell antwortet nur aus Artikeln. Schreiben Sie welche, oder richten Sie ein Modell ein.',
    runs_late: 'Hält das an, sehen Sie in das Protokoll des Servers und wie viele Prozesse die Arbeit erledigen.',
    messages_late: 'Hält das an, sehen Sie nach dem Konto, über das sie gehen, und in das Protokoll des Servers.',
    messages_in_doubt: 'Sehen Sie in der Unterhaltung nach, ob sie ankam, und senden Sie sie dort sonst noch einmal.',
    drafts_waiting: 'Geben Sie sie unter Entwürfe frei, ändern oder verwerfen Sie sie.',
    people_waiting: 'Dort antworten Agenten nicht, bis jemand fortsetzt oder an die KI übergibt.',
    contacts_paused: 'Kein Agent antwortet ihnen, in keiner Unterhaltung, bis jemand sie fortsetzt.',
  },
};
