import type { Translated } from '../catalogue.ts';
import type { classifier as source } from '../en/classifier.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';
import { shared } from './shared.ts';

const count = plural('ar');

/** ما كان المصنّف سيقرّره، وما يقوله الناس في قراراته. */
export const classifier: Translated<typeof source> = {
  common,
  shared,
  precedence: 'تقرّر أول بطاقة تنطبق، ثم التعليمات، ثم النموذج.',
  line: {
    replyAnyway: 'الرد على أي حال',
    shouldQuiet: 'كان ينبغي ألّا يرد',
    group: 'تصحيح هذا القرار',
    replying: (agent) => `سيرد ${agent} رغم ذلك`,
    noted: 'سُجّل للتقارير',
    undone: 'تم التراجع',
    makeCard: 'تحويله إلى بطاقة',
    said: {
      reply_anyway: (who) => `أراد ${who} ردًا`,
      should_have_stayed_quiet: (who) => `${who}: كان ينبغي ألّا يرد`,
    },
    refused: {
      newer_message: 'وصل ما هو أحدث منذ ذلك.',
      agent_may_not_reply: 'لا يجوز للوكيل الرد هنا: المحادثة لدى أشخاص أو مغلقة.',
      contact_paused: 'الذكاء الاصطناعي موقوف لجهة الاتصال هذه. استأنفه أولًا.',
      agent_inactive: 'الوكيل غير نشط.',
      reply_mode_off: 'وضع الرد متوقف.',
      no_agent: 'لا وكيل لهذه المحادثة.',
      other: 'تعذّر ذلك. حاول مرة أخرى.',
    },
  },
  card: {
    title: 'بطاقة جديدة: هل يُرد',
    lead: 'قاعدة بكلمات بسيطة تقرّر رسائل كهذه.',
    text: 'القاعدة',
    name: 'العنوان',
    where: 'أين تسري',
    onlyAgent: (agent) => `لـ ${agent} فقط`,
    onlyChannel: (channel) => `عبر ${channel} فقط`,
    save: 'حفظ واستخدام',
    saved: 'تسري البطاقة من الآن قبل سواها',
    needed: 'اكتب القاعدة.',
    failed: 'تعذّر حفظ البطاقة. حاول مرة أخرى.',
    none: 'لا قاعدة بكلمات بسيطة كانت ستقرّر هذه.',
  },
  whatIf: {
    title: 'لو حفظت هذا',
    lead: (n, shown) => count(n, { one: 'آخر رسالة، يُقرَّر فيها مرة أخرى. لا يُرسل شيء.', other: `آخر ${shown} رسالة، يُقرَّر فيها مرة أخرى. لا يُرسل شيء.` }),
    run: 'تشغيل',
    again: 'تشغيل مجددًا',
    stop: 'إلغاء',
    deciding: 'جارٍ التقرير',
    now: 'الآن',
    after: 'بعدها',
    answered: (shown) => `${shown} بردّ`,
    quiet: (shown) => `${shown} بلا رد`,
    filter: 'أي التغييرات تُعرض',
    change: (n, shown) => count(n, { one: 'واحدة تتغيّر', two: 'اثنتان تتغيّران', other: `${shown} تتغيّر` }),
    goQuiet: (n, shown) => count(n, { one: 'واحدة تصير بلا رد', two: 'اثنتان تصيران بلا رد', other: `${shown} تصير بلا رد` }),
    getAnswer: (n, shown) => count(n, { one: 'واحدة تنال ردًا', two: 'اثنتان تنالان ردًا', other: `${shown} تنال ردًا` }),
    wasAnswered: 'بردّ',
    wasQuiet: 'بلا رد',
    same: 'لن يتغيّر شيء',
    sameText: 'ستُقرَّر كل رسالة من هذه كما هي الآن.',
    nothing: 'لا رسائل بعد',
    nothingText: 'حالما يكتب العملاء إلى هذا الوكيل يمكنك تجربة التغييرات على ما كتبوه.',
    failed: 'تعذّر التقرير في الرسائل',
    stopped: 'أُلغي. لم يتغيّر شيء.',
    stale: 'تغيّر منذ ذلك',
    saved: 'غيّر التعليمات أو بطاقة لترى ما كان سيُقرَّر على نحو آخر.',
    instruction: 'تعليماتك',
    model: 'النموذج',
    free: 'يقرّر النموذج المدمج؛ ولا يكلّف ذلك شيئًا.',
    cost: (n, calls, tokens) =>
      count(n, {
        one: `استدعاء واحد للنموذج، الرموز: ${tokens}`,
        two: `استدعاءان للنموذج، الرموز: ${tokens}`,
        few: `${calls} استدعاءات للنموذج، الرموز: ${tokens}`,
        many: `${calls} استدعاءً للنموذج، الرموز: ${tokens}`,
        other: `${calls} استدعاء للنموذج، الرموز: ${tokens}`,
      }),
    would: (n, shown, of) =>
      count(n, {
        one: `واحدة من آخر ${of} رسالة كانت ستُقرَّر على نحو آخر`,
        two: `اثنتان من آخر ${of} رسالة كانتا ستُقرَّران على نحو آخر`,
        other: `${shown} من آخر ${of} رسالة كانت ستُقرَّر على نحو آخر`,
      }),
    decidedBy: 'يقرّر حينها',
    builtin: 'النموذج المدمج',
    why: {
      daily_limit: 'استهلك الوكيل رموزه لهذا اليوم.',
      unavailable: 'لم يُجب النموذج.',
      rate_limited: 'تشغيلات كثيرة في دقيقة واحدة. حاول بعد قليل.',
    },
    day: (used) => `الرموز المستهلكة اليوم، وهذه منها: ${used}`,
    dayOf: (used, limit) => `الرموز المستهلكة اليوم، وهذه منها: ${used} من ${limit}`,
    price: (amount) => `السعر ${amount}`,
    wouldNone: (of) => `لا شيء من آخر ${of} رسالة كان سيُقرَّر على نحو آخر`,
    wrong: {
      question: 'يبدو خطأ: فيها سؤال',
      money: 'يبدو خطأ: ذُكر مبلغ من المال',
      person: 'يبدو خطأ: طُلب شخص',
      alarm: 'يبدو خطأ: تبدو عاجلة',
      nothing_asked: 'يبدو خطأ: لا سؤال فيها',
    },
  },
};
