import type { Translated } from '../catalogue.ts';
import type { pooling as source } from '../en/pooling.ts';
import { plural } from '../plural.ts';

const count = plural('de');

export const pooling: Translated<typeof source> = {
  run: {
    label: 'Unterhaltungen werden geändert',
    undoing: 'Unterhaltungen werden zurückgesetzt',
    changed: (n: number, shown: string) => count(n, { one: '1 Unterhaltung geändert', other: `${shown} Unterhaltungen geändert` }),
    changedPartly: (n: number, shown: string, refused: string) =>
      count(n, { one: `1 Unterhaltung geändert, ${refused} nicht`, other: `${shown} Unterhaltungen geändert, ${refused} nicht` }),
    cancel: 'Anhalten',
    cancelling: 'Wird angehalten',
    cancelled: (n, shown) => count(n, { one: 'Angehalten: 1 Unterhaltung wurde geändert', other: `Angehalten: ${shown} Unterhaltungen wurden geändert` }),
    noAnswer: 'Es kam keine Antwort. Vielleicht läuft es von selbst weiter.',
    goOn: 'Weitermachen',
    which: 'Zeigen, welche nicht',
    title: 'Nicht geändert',
    undoTitle: 'Nicht zurückgesetzt',
    lead: (n, shown) => count(n, { one: '1 Unterhaltung blieb, wie sie war.', other: `${shown} Unterhaltungen blieben, wie sie waren.` }),
    more: (n, shown) => count(n, { one: 'und 1 weitere', other: `und ${shown} weitere` }),
    unknown: 'Eine Unterhaltung',
    again: 'Für diese noch einmal versuchen',
    cancelledWhy: 'vorher angehalten',
    changedSince: 'jemand hat sie seitdem geändert',
    otherWhy: 'der Server hat es abgelehnt',
    failed: 'Die Änderung wurde nicht gemacht',
    undoFailed: 'Es wurde nicht rückgängig gemacht',
    undone: (n, shown) => count(n, { one: '1 Unterhaltung zurückgesetzt', other: `${shown} Unterhaltungen zurückgesetzt` }),
    undonePartly: (n, shown, left) =>
      count(n, { one: `1 Unterhaltung zurückgesetzt, ${left} nicht`, other: `${shown} Unterhaltungen zurückgesetzt, ${left} nicht` }),
  },
  tags: {
    title: 'Tags',
    lead: (n: number, shown: string) =>
      count(n, { one: 'Für 1 Unterhaltung. Was Sie nicht anfassen, bleibt.', other: `Für ${shown} Unterhaltungen. Was Sie nicht anfassen, bleibt.` }),
    some: 'bei einigen',
    added: 'kommt dazu',
    removed: 'wird entfernt',
    submit: 'Tags ändern',
    failed: 'Der Tag konnte nicht angelegt werden. Versuchen Sie es noch einmal.',
  },
  views: {
    title: 'Gespeicherte Ansichten',
    lead: 'Die Reihenfolge ist Ihre eigene. Was das ganze Team sieht, ändert ein Admin.',
    none: 'Noch ist keine Ansicht gespeichert. Grenzen Sie die Liste ein und speichern Sie sie dann oben.',
    name: (view) => `Name von ${view}`,
    shared: 'Ganzes Team',
    up: (view) => `${view} nach oben`,
    down: (view) => `${view} nach unten`,
    moved: (view, place) => `${view} steht jetzt an Stelle ${place}`,
    remove: (view) => `${view} löschen`,
    removed: (view) => `${view} gelöscht`,
    team: 'vom ganzen Team',
    failed: 'Das wurde nicht gespeichert. Versuchen Sie es noch einmal.',
    nameless: 'Eine Ansicht braucht einen Namen.',
    updated: (view) => `${view} zeigt jetzt, was Sie gerade sehen`,
    done: 'Fertig',
    saveTitle: 'Diese Ansicht speichern',
    saveName: 'Name',
    saveShared: 'Das ganze Team sieht sie',
  },
};
