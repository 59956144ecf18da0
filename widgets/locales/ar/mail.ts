/** Words round a mail of HTML. */
import type { Translated } from '../catalogue.ts';
import type { mail as english } from '../en/mail.ts';
import { plural } from '../plural.ts';

const count = plural('ar');

export const mail: Translated<typeof english> = {
  frame: 'بريد إلكتروني',
  blocked: (n, shown) =>
    count(n, {
      zero: 'لا صور خارجية محجوبة',
      one: 'صورة خارجية واحدة محجوبة',
      two: 'صورتان خارجيتان محجوبتان',
      few: `${shown} صور خارجية محجوبة`,
      many: `${shown} صورة خارجية محجوبة`,
      other: `${shown} صورة خارجية محجوبة`,
    }),
  showImages: 'إظهار هذه المرة',
  showAlways: 'دائمًا من هذا المرسل',
  always: 'تظهر صور هذا المرسل دائمًا.',
  askAgain: 'السؤال في كل مرة',
  notKept: 'لم يُحفظ الاختيار.',
  dropped: {
    too_large: 'لا تُعرض النسخة المنسّقة لأنها كبيرة جدًا. هذا نصها.',
    too_heavy: 'لا تُعرض النسخة المنسّقة لأن تجهيزها استغرق وقتًا طويلًا أو ذاكرة كثيرة. هذا نصها.',
  },
  original: 'تنزيل الأصل',
  earlier: 'إظهار الرسائل السابقة',
  hideEarlier: 'إخفاء الرسائل السابقة',
  asText: 'عرض كنص',
  asSent: 'عرض كما أُرسل',
};
