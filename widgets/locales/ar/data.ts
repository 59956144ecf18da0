import type { data as english } from '../en/data.ts';
import type { Translated } from '../catalogue.ts';
import { common } from './common.ts';

export const data: Translated<typeof english> = {
  common,
  title: 'البيانات',
  lead: 'مدة حفظ الأشياء. ما هو أقدم يُزال نهائيًا، ويقول سجل التغييرات كم أُزيل.',
  forever: 'يُحفظ حتى يزيله أحد',
  days: 'يومًا',
  kept: {
    conversationsDays: 'المحادثات المغلقة والمؤرشفة',
    filesDays: 'الملفات',
    eventsDays: 'التحديثات الحية للحاق بها',
    auditDays: 'سجل التغييرات',
  },
  hints: {
    conversationsDays: 'تُحسب من آخر ما حدث فيها. تذهب مع ملاحظاتها ومسوداتها وملفاتها وتذاكرها المحلولة؛ وتبقى التي لها تذكرة لم تُحل.',
    filesDays: 'تبقى رسائلها وتذكر اسم الملف الذي كان فيها.',
    eventsDays: 'من غاب مدة أطول يقرأ كل شيء من جديد.',
    auditDays: 'تبقى حال كل إعداد الآن معروفة دائمًا.',
  },
  bad: (most: string) => `اكتب عدد أيام من 1 إلى ${most}، أو اتركه فارغًا.`,
  badEvents: (most: string) => `اكتب عدد أيام من 1 إلى ${most}.`,
  saved: 'حُفظ. ما هو أقدم يذهب خلال دقائق.',
  warn: 'ما يُزال لا يمكن استرجاعه.',
  oneContact: 'لتصدير كل ما يخص عميلًا أو محوه، افتح محادثة معه واختر «البيانات» بجانب اسمه.',
  export: 'تصدير كل شيء',
  exporting: 'جارٍ التصدير…',
  exportFailed: 'فشل التصدير. حاول مرة أخرى.',
  eraseTitle: (name: string) => `محو كل ما يخص ${name}؟`,
  eraseText: 'تذهب كل المحادثات نهائيًا على كل القنوات: الرسائل والملاحظات والمسودات والملفات والتذاكر والترجمات وجهة الاتصال نفسها. لا يمكن لأحد استرجاعها.',
  eraseStays: 'يحفظ سجل التغييرات أنك محوت جهة اتصال، وسببك. لا تكتب من كان.',
  reason: 'السبب',
  reasonHint: 'مثل رقم الطلب.',
  sure: 'أفهم أن هذا نهائي',
  confirm: 'محو نهائي',
  erased: 'مُحيت جهة الاتصال.',
  eraseFailed: 'تعذر ذلك. حاول مرة أخرى.',
};
