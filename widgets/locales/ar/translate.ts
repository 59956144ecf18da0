import type { Translated } from '../catalogue.ts';
import type { translate as english } from '../en/translate.ts';

export const translate: Translated<typeof english> = {
  message: 'ترجمة هذه الرسالة',
  draft: 'ترجمة هذه المسودة',
  original: 'عرض الأصل',
  again: 'عرض الترجمة',
  busy: 'جارٍ الترجمة',
  from: (language) => `مترجم من ${language}`,
  translated: 'مترجم',
  byBrowser: 'بواسطة متصفحك',
  sentIn: (language) => `أُرسلت بـ${language}`,
  written: (language) => `كُتبت بـ${language}`,
  showWritten: 'عرض ما كُتب',
  showSent: 'عرض ما أُرسل',
  same: (language) => `النص بـ${language} أصلًا`,
  none: 'لا تتوفر ترجمة هنا. يمكن لمشرف إعداد نموذج لها.',
  failed: 'لم تتم الترجمة.',
  retry: 'إعادة المحاولة',
  to: (language) => `ترجمة إلى ${language}`,
  before: (language) => `ترجمة إلى ${language} قبل الإرسال`,
  goesOut: (language) => `تُرسل بـ${language}.`,
  kept: 'يُحفظ ما كتبته للفريق.',
  back: 'العودة إلى ما كتبته',
  wentOn: 'واصلتَ الكتابة، فلم يُستبدل شيء.',
};
