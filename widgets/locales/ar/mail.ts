/** Words round a mail of HTML. */
import type { Translated } from '../catalogue.ts';
import type { mail as english } from '../en/mail.ts';
import { plural } from '../plural.ts';

const count = plural('ar');

export const mail: Translated<typeof english> = {
  frame: 'بريد إلكتروني',
  blocked: (n, shown) => count(n, { zero: 'لا صور خارجية محجوبة', one: 'صورة خارجية واحدة محجوبة', two: 'صورتان خارجيتان محجوبتان', few: `${shown} صور خارجية محجوبة`, many: `${shown} صورة خارجية محجوبة`, other: `${shown} صورة خارجية محجوبة` }),
  showImages: 'إظهار هذه المرة',
  earlier: 'إظهار الرسائل السابقة',
  hideEarlier: 'إخفاء الرسائل السابقة',
  asText: 'عرض كنص',
  asSent: 'عرض كما أُرسل',
};
