import type { shared as english } from '../en/shared.ts';
import type { Translated } from '../catalogue.ts';

export const shared: Translated<typeof english> = {
  channel: {
    email: 'البريد',
    sms: 'الرسائل القصيرة',
    whatsapp: 'واتساب',
    instagram: 'إنستغرام',
    chat: 'الدردشة',
    voice: 'الصوت',
    linkedin: 'لينكدإن',
  },
  mode: {
    auto_send: 'يرسل بنفسه',
    controlled: 'يحجز ما فيه مخاطرة',
    auto_draft: 'يكتب مسودات للموافقة',
    off: 'متوقف',
  },
  delivery: {
    queued: 'في الانتظار',
    sending: 'جارٍ الإرسال',
    sent: 'أُرسلت',
    delivered: 'وصلت',
    read: 'قُرئت',
    failed: 'لم تصل',
    bounced: 'ارتدّت',
    unknown: 'غير معروف',
    recalled: 'سُحبت',
  },
  priority: {
    urgent: 'عاجل',
    high: 'مرتفعة',
    normal: 'عادية',
    low: 'منخفضة',
  },
  snoozed: (until) => `حتى ${until}`,
  snoozedMessage: 'حتى الرسالة التالية',
  quoted: (text) => `«${text}»`,
  visitor: 'زائر',
  builtin: 'نموذج مدمج: يجيب من مقالاتك فقط',
};
