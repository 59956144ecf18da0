import type { Translated } from '../catalogue.ts';
import type { snooze as source } from '../en/snooze.ts';
import { common } from './common.ts';

export const snooze: Translated<typeof source> = {
  common,
  title: 'تأجيل حتى',
  lead: 'تغادر المحادثات المفتوحة وتعود من تلقاء نفسها. رسالة من العميل تعيدها فورًا.',
  laterToday: 'لاحقًا اليوم',
  tomorrow: 'صباح الغد',
  nextMonday: 'الاثنين القادم',
  nextMessage: 'الرسالة التالية',
  nextMessageHint: 'بلا موعد',
  pick: 'وقت آخر',
  pickLabel: 'التاريخ والوقت',
  past: 'هذا الوقت قد مضى.',
  submit: 'تأجيل',
  done: (until) => `أُجّلت حتى ${until}`,
  doneMessage: 'أُجّلت حتى الرسالة التالية',
  doneMany: (n) => `أُجّلت ${n}`,
  back: 'عادت بين المحادثات المفتوحة',
  failed: 'تعذّر ذلك. حاول مرة أخرى.',
};
