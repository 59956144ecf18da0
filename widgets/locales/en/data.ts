import { common } from './common.ts';

/** For how long things are kept, and everything of one contact: exported, erased. */
export const data = {
  common,
  title: 'Data',
  lead: 'How long Convene keeps things. What is older is removed for good, and the audit log says how much.',
  forever: 'Kept until somebody removes it',
  days: 'days',
  kept: {
    conversationsDays: 'Closed and archived conversations',
    filesDays: 'Files',
    eventsDays: 'Live updates to catch up from',
    auditDays: 'Audit log',
  },
  hints: {
    conversationsDays:
      'Counted from the last thing that happened in them. They go with their notes, drafts, files and solved tickets; one with a ticket that is not solved stays.',
    filesDays: 'Their messages stay, and name the file that was there.',
    eventsDays: 'Whoever was away for longer reads everything afresh.',
    auditDays: 'How each setting stands now always stays known.',
  },
  bad: (most: string) => `Write a number of days from 1 to ${most}, or leave it empty.`,
  badEvents: (most: string) => `Write a number of days from 1 to ${most}.`,
  saved: 'Saved. What is older goes within minutes.',
  warn: 'What is removed cannot be brought back.',
  oneContact: 'To export or erase everything of one customer, open a conversation with them and choose “Data” beside their name.',
  export: 'Export everything',
  exporting: 'Exporting…',
  exportFailed: 'The export failed. Try again.',
  eraseTitle: (name: string) => `Erase everything of ${name}?`,
  eraseText:
    'All of their conversations go for good, on every channel: messages, notes, drafts, files, tickets, translations, and the contact itself. Nobody can bring them back.',
  eraseStays: 'The audit log keeps that you erased a contact, and your reason. Do not write who it was.',
  reason: 'Reason',
  reasonHint: 'Such as the number of the request.',
  sure: 'I understand that this is for good',
  confirm: 'Erase for good',
  erased: 'The contact was erased.',
  eraseFailed: 'This could not be done. Try again.',
};
