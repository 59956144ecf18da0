import type { Translated } from '../catalogue.ts';
import type { merge as source } from '../en/merge.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';

const count = plural('ar');

export const merge: Translated<typeof source> = {
  common,
  title: 'دمج محادثتين',
  lead: (who) => `اختر المحادثة التي تُدمج فيها محادثة ${who}.`,
  search: 'ابحث بالاسم أو العنوان أو الكلمات',
  same: (who) => `محادثات أخرى مع ${who}`,
  found: 'النتائج',
  noneSame: (who) => `لا توجد محادثة أخرى مع ${who}. ابحث عن محادثة لشخص آخر.`,
  noneFound: 'لم يُعثر على شيء',
  loading: 'جارٍ البحث',
  listFailed: 'لم تُحمَّل المحادثات.',
  into: 'تُدمج في',
  swap: 'تبديل',
  other: 'اختيار أخرى',
  messages: (n, shown) =>
    count(n, { zero: 'لا رسائل', one: 'رسالة واحدة', two: 'رسالتان', few: `${shown} رسائل`, many: `${shown} رسالة`, other: `${shown} رسالة` }),
  notes: (n, shown) =>
    count(n, { zero: 'لا ملاحظات', one: 'ملاحظة واحدة', two: 'ملاحظتان', few: `${shown} ملاحظات`, many: `${shown} ملاحظة`, other: `${shown} ملاحظة` }),
  draft: 'مسودة واحدة',
  tickets: (n, numbers) => count(n, { one: `التذكرة ${numbers}`, other: `التذاكر ${numbers}` }),
  tags: (n, names) => count(n, { one: `الوسم ${names}`, other: `الوسوم ${names}` }),
  along: (what) => `ينتقل معها بترتيب الزمن: ${what}. الرابط القديم يقود إلى هنا. يمكنك التراجع لاحقًا.`,
  last: (when) => `آخرها ${when}`,
  agentControls: (agent) => `يبقى ${agent} متحكمًا.`,
  personControls: (person) => `${person} هو المتحكم.`,
  teamControls: 'الفريق هو المتحكم.',
  handedOff: 'تبقى الإحالة مفتوحة.',
  mode: (mode) => `وضع الرد: ${mode}.`,
  onePerson: 'جهتا اتصال، لكنهما شخص واحد',
  contacts: (from, into, handles) => `تصبح ${from} جزءًا من ${into}، مع ${handles} وكل المحادثات الأخرى. يُعتمد ما في ${into}، وتكمل ${from} الناقص.`,
  pauseHolds: 'يبقى الذكاء الاصطناعي موقوفًا للاثنتين.',
  needsOne: 'أكّد أولًا أن جهتي الاتصال شخص واحد.',
  submit: 'دمج',
  done: (into) => `دُمجت في المحادثة مع ${into}`,
  undone: 'عادتا محادثتين',
  refused: {
    already_merged: 'دُمجت إحداهما في هذه الأثناء.',
    not_found: 'إحداهما لم تعد موجودة.',
    undo: 'حدث دمج آخر بعد ذلك؛ تراجع عنه أولًا.',
    other: 'تعذر دمج المحادثتين. حاول مرة أخرى.',
    undoneAlready: 'سبق التراجع عنه.',
    notParted: 'تعذر فصلهما. حاول مرة أخرى.',
  },
};
