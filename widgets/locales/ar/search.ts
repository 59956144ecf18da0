import type { search as english } from '../en/search.ts';
import type { Translated } from '../catalogue.ts';

export const search: Translated<typeof english> = {
  narrow: 'تضييق البحث',
  operators: { from: 'من كتبها', channel: 'على أي قناة', tag: 'في محادثات تحمل وسمًا', before: 'قبل يوم', after: 'في يوم أو بعده' },
  days: { today: 'اليوم', week: 'قبل أسبوع', month: 'قبل شهر', year: 'قبل سنة' },
  kind: { contact: 'جهة اتصال', subject: 'الموضوع' },
  lookingBack: 'ما زال البحث جاريًا في الأقدم',
  busy: 'كثيرون يبحثون الآن',
  busyText: 'تُعاد المحاولة تلقائيًا، ويعمل صندوق الوارد كالمعتاد.',
  find: 'البحث في المحادثة',
  place: (at, all) => `${at} من ${all}`,
  none: 'لم يعد شيء من ذلك هنا',
  failed: 'لم يُجب البحث.',
  previous: 'السابق',
  next: 'التالي',
  close: 'إنهاء البحث هنا',
};
