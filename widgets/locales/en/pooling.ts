import { plural } from '../plural.ts';

const count = plural('en');

/** Saved views, and changing many conversations at once. */
export const pooling = {
  run: {
    label: 'Changing conversations',
    undoing: 'Putting conversations back',
    changed: (n: number, shown: string) => count(n, { one: '1 conversation changed', other: `${shown} conversations changed` }),
    changedPartly: (n: number, shown: string, refused: string) =>
      count(n, { one: `1 conversation changed, ${refused} not`, other: `${shown} conversations changed, ${refused} not` }),
    cancel: 'Stop',
    cancelling: 'Stopping',
    cancelled: (n: number, shown: string) => count(n, { one: 'Stopped: 1 conversation was changed', other: `Stopped: ${shown} conversations were changed` }),
    noAnswer: 'No answer came. It may go on by itself.',
    goOn: 'Go on',
    which: 'Show which not',
    title: 'Not changed',
    undoTitle: 'Not put back',
    lead: (n: number, shown: string) => count(n, { one: '1 conversation stayed as it was.', other: `${shown} conversations stayed as they were.` }),
    more: (n: number, shown: string) => count(n, { one: 'and 1 more', other: `and ${shown} more` }),
    unknown: 'A conversation',
    again: 'Try again for these',
    cancelledWhy: 'stopped before its turn',
    changedSince: 'somebody has changed it since',
    otherWhy: 'the server refused it',
    failed: 'The change was not made',
    undoFailed: 'It was not undone',
    undone: (n: number, shown: string) => count(n, { one: '1 conversation put back', other: `${shown} conversations put back` }),
    undonePartly: (n: number, shown: string, left: string) =>
      count(n, { one: `1 conversation put back, ${left} not`, other: `${shown} conversations put back, ${left} not` }),
  },
  tags: {
    title: 'Tags',
    lead: (n: number, shown: string) =>
      count(n, { one: 'For 1 conversation. What you leave alone stays.', other: `For ${shown} conversations. What you leave alone stays.` }),
    some: 'on some',
    added: 'will be put on',
    removed: 'will be taken off',
    submit: 'Change tags',
    failed: 'The tag could not be made. Try again.',
  },
  views: {
    title: 'Saved views',
    lead: 'Their order is yours, on every device. What the whole team sees, an admin changes.',
    none: 'No view has been saved yet. Narrow the list, then save it from its head.',
    name: (view: string) => `Name of ${view}`,
    shared: 'Whole team',
    up: (view: string) => `Move ${view} up`,
    down: (view: string) => `Move ${view} down`,
    moved: (view: string, place: string) => `${view} is now at place ${place}`,
    remove: (view: string) => `Delete ${view}`,
    removed: (view: string) => `${view} deleted`,
    team: 'of the whole team',
    failed: 'This was not saved. Try again.',
    nameless: 'A view needs a name.',
    updated: (view: string) => `${view} is now what you look at`,
    done: 'Done',
    saveTitle: 'Save this view',
    saveName: 'Name',
    saveShared: 'The whole team sees it',
  },
};
