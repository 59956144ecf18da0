import type { Translated } from '../catalogue.ts';
import type { checks as source } from '../en/checks.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';

const count = plural('ar');

export const checks: Translated<typeof source> = {
  common,
  title: 'الفحوص',
  lead: 'ما يمنع المحادثات من الظهور والوكلاء من الرد.',
  again: 'افحص مرة أخرى',
  at: (when: string) => `آخر فحص: ${when}`,
  arriving: 'المحادثات لا تظهر',
  answering: 'الوكلاء لا يردون',
  one: 'سبب صمت الوكيل في محادثة بعينها مذكور في سجلها، في السطر الذي يلي رسالة العميل.',
  fine: 'لا خلل هنا.',
  open: 'فتح',
  says: {
    workers: (n: number, said: string) =>
      n === 0
        ? 'لا توجد عملية تنجز العمل'
        : count(n, {
            one: 'عملية واحدة تنجز العمل',
            two: 'عمليتان تنجزان العمل',
            few: `${said} عمليات تنجز العمل`,
            many: `${said} عملية تنجز العمل`,
            other: `${said} عملية تنجز العمل`,
          }),
    public_address: (address: string) => `يصل المزودون إلى هذا الخادم عبر ${address}`,
    accounts: (n: number, said: string) =>
      n === 0
        ? 'لا يوجد حساب قناة بلا ملاحظات'
        : count(n, {
            one: 'حساب قناة واحد بلا ملاحظات',
            two: 'حسابا قناة بلا ملاحظات',
            few: `${said} حسابات قنوات بلا ملاحظات`,
            many: `${said} حساب قناة بلا ملاحظات`,
            other: `${said} حساب قناة بلا ملاحظات`,
          }),
    account_inactive: (name: string) => `${name} غير نشط`,
    account_incomplete: (name: string) => `بيانات ${name} ناقصة`,
    account_failing: (name: string, since: string) => `${name} يتعثر منذ: ${since}`,
    account_silent: (name: string) => `${name} لم يستقبل شيئًا بعد`,
    model: (name: string) => (name === '' ? 'النموذج المدمج هو الذي يرد' : `يرد ${name}`),
    model_down: (since: string) => `النموذج لا يرد منذ: ${since}`,
    agents: (n: number, said: string) =>
      n === 0
        ? 'لا يوجد وكيل نشط'
        : count(n, { one: 'وكيل واحد نشط', two: 'وكيلان نشطان', few: `${said} وكلاء نشطون`, many: `${said} وكيلًا نشطًا`, other: `${said} وكيل نشط` }),
    no_intake: (name: string) => `لا وكيل لـ ${name}`,
    intake_inactive: (name: string, agent: string) => `${agent} الذي يستقبل ${name} غير نشط`,
    mode_off: (name: string) => `وضع الرد لدى ${name} متوقف`,
    token_limit: (name: string) => `استهلك ${name} رموز اليوم`,
    no_articles: 'لا توجد مقالات للرد منها',
    runs_late: (n: number, said: string, since: string) =>
      count(n, {
        one: `محادثة واحدة تنتظر وكيلها منذ: ${since}`,
        two: `محادثتان تنتظران وكيليهما، الأولى منذ: ${since}`,
        few: `${said} محادثات تنتظر وكلاءها، الأولى منذ: ${since}`,
        many: `${said} محادثة تنتظر وكلاءها، الأولى منذ: ${since}`,
        other: `${said} محادثة تنتظر وكلاءها، الأولى منذ: ${since}`,
      }),
    messages_late: (n: number, said: string, since: string) =>
      count(n, {
        one: `رسالة واحدة تنتظر الإرسال منذ: ${since}`,
        two: `رسالتان تنتظران الإرسال، الأولى منذ: ${since}`,
        few: `${said} رسائل تنتظر الإرسال، الأولى منذ: ${since}`,
        many: `${said} رسالة تنتظر الإرسال، الأولى منذ: ${since}`,
        other: `${said} رسالة تنتظر الإرسال، الأولى منذ: ${since}`,
      }),
    messages_in_doubt: (n: number, said: string) =>
      count(n, {
        one: 'في محادثة واحدة لا يُعرف هل خرجت رسالة',
        two: 'في محادثتين لا يُعرف هل خرجت رسالة',
        few: `في ${said} محادثات لا يُعرف هل خرجت رسالة`,
        many: `في ${said} محادثة لا يُعرف هل خرجت رسالة`,
        other: `في ${said} محادثة لا يُعرف هل خرجت رسالة`,
      }),
    drafts_waiting: (n: number, said: string, since: string) =>
      count(n, {
        one: `مسودة واحدة تنتظر الموافقة منذ: ${since}`,
        two: `مسودتان تنتظران الموافقة، الأولى منذ: ${since}`,
        few: `${said} مسودات تنتظر الموافقة، الأولى منذ: ${since}`,
        many: `${said} مسودة تنتظر الموافقة، الأولى منذ: ${since}`,
        other: `${said} مسودة تنتظر الموافقة، الأولى منذ: ${since}`,
      }),
    people_waiting: (n: number, said: string, since: string) =>
      count(n, {
        one: `محادثة واحدة تنتظر شخصًا منذ: ${since}`,
        two: `محادثتان تنتظران شخصًا، الأولى منذ: ${since}`,
        few: `${said} محادثات تنتظر شخصًا، الأولى منذ: ${since}`,
        many: `${said} محادثة تنتظر شخصًا، الأولى منذ: ${since}`,
        other: `${said} محادثة تنتظر شخصًا، الأولى منذ: ${since}`,
      }),
    contacts_paused: (n: number, said: string) =>
      count(n, {
        one: 'الذكاء الاصطناعي موقوف مؤقتًا لجهة اتصال واحدة',
        two: 'الذكاء الاصطناعي موقوف مؤقتًا لجهتي اتصال',
        few: `الذكاء الاصطناعي موقوف مؤقتًا لـ ${said} جهات اتصال`,
        many: `الذكاء الاصطناعي موقوف مؤقتًا لـ ${said} جهة اتصال`,
        other: `الذكاء الاصطناعي موقوف مؤقتًا لـ ${said} جهة اتصال`,
      }),
  },
  help: {
    workers: 'شغّل واحدة بـ ROLE=worker أو ROLE=both. حتى ذلك الحين لا رد ولا إرسال.',
    public_address: 'لا يجد هذا العنوان إلا شبكتكم. اجعل PUBLIC_URL العنوان الذي يصل إليه الإنترنت.',
    accounts: 'أنشئ واحدًا في حسابات القنوات، وأعطِ عنوان webhook الخاص به لمزودك.',
    account_inactive: 'يستقبل الرسائل، لكن لا رد ولا إرسال من خلاله.',
    account_incomplete: 'أكمل ما ينقص.',
    account_failing: 'ما قاله المزود. يحتفظ الحساب بما وصل، وفيه اختبار.',
    account_silent: 'تحقق من أن مزوده لديه عنوان webhook والسر لهذا الحساب.',
    model: '',
    model_down: 'تذهب المحادثات إلى أشخاص حتى يعود. يُسأل من جديد تلقائيًا.',
    agents: 'فعّل واحدًا، وإلا رد الأشخاص على كل شيء.',
    no_intake: 'تبدأ المحادثات الجديدة لدى فريقك. اختر وكيلًا إن كان عليه أن يرد.',
    intake_inactive: 'فعّل الوكيل، أو اختر غيره للحساب.',
    mode_off: 'لا يرد على شيء من تلقاء نفسه. اختر وضع رد آخر إن كان عليه ذلك.',
    token_limit: 'يتابع غدًا (UTC)، أو فورًا بحد أعلى.',
    no_articles: 'لا يرد النموذج المدمج إلا من المقالات. اكتب بعضها، أو أعدّ نموذجًا.',
    runs_late: 'إن استمر ذلك فانظر في سجل الخادم وفي عدد العمليات التي تنجز العمل.',
    messages_late: 'إن استمر ذلك فانظر في الحساب الذي تمر به وفي سجل الخادم.',
    messages_in_doubt: 'انظر في المحادثة هل وصلت، وإلا فأرسلها منها من جديد.',
    drafts_waiting: 'وافق عليها أو عدّلها أو ارفضها في المسودات.',
    people_waiting: 'لا يرد الوكلاء هناك حتى يستأنف أحدهم أو يحوّل إلى الذكاء الاصطناعي.',
    contacts_paused: 'لا يرد عليهم أي وكيل في أي محادثة حتى يستأنف أحدهم.',
  },
};
