import type { data as english } from '../en/data.ts';
import type { Translated } from '../catalogue.ts';
import { common } from './common.ts';

export const data: Translated<typeof english> = {
  common,
  title: 'Daten',
  lead: 'Wie lange Convene etwas behält. Was älter ist, wird für immer entfernt, und das Änderungsprotokoll sagt, wie viel.',
  forever: 'Bleibt, bis es jemand entfernt',
  days: 'Tage',
  kept: {
    conversationsDays: 'Geschlossene und archivierte Unterhaltungen',
    filesDays: 'Dateien',
    eventsDays: 'Live-Aktualisierungen zum Nachholen',
    auditDays: 'Änderungsprotokoll',
  },
  hints: {
    conversationsDays:
      'Ab dem Letzten, was darin geschah. Sie gehen mit ihren Notizen, Entwürfen, Dateien und gelösten Tickets; eine mit einem ungelösten Ticket bleibt.',
    filesDays: 'Ihre Nachrichten bleiben und nennen die Datei, die da war.',
    eventsDays: 'Wer länger weg war, liest alles neu.',
    auditDays: 'Wie jede Einstellung jetzt ist, bleibt immer bekannt.',
  },
  bad: (most: string) => `Schreiben Sie eine Zahl von Tagen von 1 bis ${most}, oder lassen Sie es leer.`,
  badEvents: (most: string) => `Schreiben Sie eine Zahl von Tagen von 1 bis ${most}.`,
  saved: 'Gespeichert. Was älter ist, geht in wenigen Minuten.',
  warn: 'Was entfernt ist, kann niemand zurückholen.',
  oneContact:
    'Um alles über eine Kundin oder einen Kunden zu exportieren oder zu löschen, öffnen Sie eine Unterhaltung und wählen Sie „Daten“ neben dem Namen.',
  export: 'Alles exportieren',
  exporting: 'Wird exportiert …',
  exportFailed: 'Der Export ist fehlgeschlagen. Versuchen Sie es noch einmal.',
  eraseTitle: (name: string) => `Alles über ${name} löschen?`,
  eraseText:
    'Alle Unterhaltungen gehen für immer, auf allen Kanälen: Nachrichten, Notizen, Entwürfe, Dateien, Tickets, Übersetzungen und der Kontakt selbst. Niemand kann sie zurückholen.',
  eraseStays: 'Im Änderungsprotokoll bleibt, dass Sie einen Kontakt gelöscht haben, und Ihr Grund. Schreiben Sie nicht, wer es war.',
  reason: 'Grund',
  reasonHint: 'Etwa die Nummer der Anfrage.',
  sure: 'Ich verstehe, dass das endgültig ist',
  confirm: 'Endgültig löschen',
  erased: 'Der Kontakt wurde gelöscht.',
  eraseFailed: 'Das ging nicht. Versuchen Sie es noch einmal.',
};
