import type { Translated } from '../catalogue.ts';
import type { actions as english } from '../en/actions.ts';

export const actions: Translated<typeof english> = {
  title: 'يُنفَّذ قبل الإرسال',
  state: { running: 'قيد التنفيذ…', done: 'تم', failed: 'فشل', unknown: 'لا يُعرف إن كان قد تم' },
  unable: 'لم يُرسَل',
  hint: 'أزل العلامة عمّا لا ينبغي تنفيذه للإرسال من دونه.',
};
