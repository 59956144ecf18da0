import type { Translated } from '../catalogue.ts';
import type { call as english } from '../en/call.ts';

export const call: Translated<typeof english> = {
  live: 'جارية',
  ended: 'مكالمة',
  length: (length) => `مكالمة، ${length}`,
  transcript: 'نص المكالمة',
  recording: 'تشغيل التسجيل',
  note: 'ملاحظة المكالمة',
  all: (n) => `إظهار الأسطر كلها (${n})`,
  less: 'إظهار أقل',
  none: 'لم يُقَل شيء بعد',
};
