import type { common as english } from '../en/common.ts';
import type { Translated } from '../catalogue.ts';

export const common: Translated<typeof english> = {
  cancel: 'إلغاء',
  close: 'إغلاق',
  dismiss: 'إخفاء',
  undo: 'تراجع',
  retry: 'إعادة المحاولة',
  save: 'حفظ',
  more: 'المزيد',
  back: 'رجوع',
  optional: 'اختياري',
  you: 'أنت',
  loading: 'جارٍ التحميل',
  failed: 'تعذّر العرض',
  wrong: 'هنا ما لا يصلح.',
  missing: 'لا يمكن ترك هذا فارغًا.',
  working: 'يعمل',
  of: (n: string, all: string) => `${n} من ${all}`,
  time: {
    now: 'الآن',
    today: 'اليوم',
    todayIs: (day: string) => `اليوم، ${day}`,
    seconds: (n: string) => `${n} ث`,
    minutes: (n: string) => `${n} د`,
    hours: (n: string) => `${n} س`,
    days: (n: string) => `${n} ي`,
    hoursMinutes: (h: string, m: string) => `${h} س ${m} د`,
  },
};
