import type { Translated } from '../catalogue.ts';

export const routeForm: Translated<typeof import('../en/route-form.ts').routeForm> = {
  label: 'ما نحتاجه لذلك',
  send: 'إرسال',
  optional: 'اختياري',
  missing: 'املأ هذا الحقل',
  phone: 'لا يبدو هذا رقم هاتف. غيّره أو أرسله كما هو',
  failed: 'لم يصل هذا إلينا. حاول مرة أخرى',
};
