import type { Translated } from '../catalogue.ts';
import type { pooling as source } from '../en/pooling.ts';
import { plural } from '../plural.ts';

const count = plural('ar');

export const pooling: Translated<typeof source> = {
  run: {
    label: 'جارٍ تغيير المحادثات',
    undoing: 'جارٍ إرجاع المحادثات',
    changed: (n: number, shown: string) => count(n, { one: 'تغيّرت محادثة واحدة', other: `المحادثات التي تغيّرت: ${shown}` }),
    changedPartly: (n: number, shown: string, refused: string) =>
      count(n, { one: `تغيّرت محادثة واحدة، ولم تتغيّر: ${refused}`, other: `المحادثات التي تغيّرت: ${shown}، ولم تتغيّر: ${refused}` }),
    cancel: 'إيقاف',
    cancelling: 'جارٍ الإيقاف',
    cancelled: (n, shown) =>
      count(n, {
        one: 'تم الإيقاف: تغيّرت محادثة واحدة',
        two: 'تم الإيقاف: تغيّرت محادثتان',
        few: `تم الإيقاف: تغيّرت ${shown} محادثات`,
        other: `تم الإيقاف: تغيّرت ${shown} محادثة`,
      }),
    noAnswer: 'لم يصل رد. قد يستمر من تلقاء نفسه.',
    goOn: 'متابعة',
    which: 'عرض ما لم يتغيّر',
    title: 'لم تتغيّر',
    undoTitle: 'لم تُرجَع',
    lead: (n, shown) =>
      count(n, {
        one: 'بقيت محادثة واحدة كما كانت.',
        two: 'بقيت محادثتان كما كانتا.',
        few: `بقيت ${shown} محادثات كما كانت.`,
        other: `بقيت ${shown} محادثة كما كانت.`,
      }),
    more: (n, shown) => count(n, { one: 'وواحدة أخرى', two: 'واثنتان أخريان', few: `و${shown} أخرى`, other: `و${shown} أخرى` }),
    unknown: 'محادثة',
    again: 'إعادة المحاولة لهذه',
    cancelledWhy: 'أُوقفت قبل دورها',
    changedSince: 'غيّرها أحدهم منذ ذلك الحين',
    otherWhy: 'رفضها الخادم',
    failed: 'لم يُجرَ التغيير',
    undoFailed: 'لم يُتراجع عنه',
    undone: (n, shown) => count(n, { one: 'أُرجعت محادثة واحدة', two: 'أُرجعت محادثتان', few: `أُرجعت ${shown} محادثات`, other: `أُرجعت ${shown} محادثة` }),
    undonePartly: (n, shown, left) =>
      count(n, {
        one: `أُرجعت محادثة واحدة، و${left} لا`,
        two: `أُرجعت محادثتان، و${left} لا`,
        few: `أُرجعت ${shown} محادثات، و${left} لا`,
        other: `أُرجعت ${shown} محادثة، و${left} لا`,
      }),
  },
  tags: {
    title: 'الوسوم',
    lead: (n: number, shown: string) =>
      count(n, { one: 'لمحادثة واحدة. ما لا تلمسه يبقى كما هو.', other: `لعدد ${shown} من المحادثات. ما لا تلمسه يبقى كما هو.` }),
    some: 'في بعضها',
    added: 'سيُضاف',
    removed: 'سيُزال',
    submit: 'تغيير الوسوم',
    failed: 'تعذّر إنشاء الوسم. حاول مرة أخرى.',
  },
  views: {
    title: 'العروض المحفوظة',
    lead: 'الترتيب يخصك أنت. ما يراه الفريق كله يغيّره مسؤول.',
    none: 'لم يُحفظ أي عرض بعد. ضيّق القائمة ثم احفظها من أعلاها.',
    name: (view) => `اسم ${view}`,
    shared: 'الفريق كله',
    up: (view) => `تحريك ${view} إلى أعلى`,
    down: (view) => `تحريك ${view} إلى أسفل`,
    moved: (view, place) => `${view} الآن في الموضع ${place}`,
    remove: (view) => `حذف ${view}`,
    removed: (view) => `حُذف ${view}`,
    team: 'للفريق كله',
    failed: 'لم يُحفظ. حاول مرة أخرى.',
    nameless: 'يحتاج العرض إلى اسم.',
    updated: (view) => `${view} هو الآن ما تنظر إليه`,
    done: 'تم',
    saveTitle: 'حفظ هذا العرض',
    saveName: 'الاسم',
    saveShared: 'يراه الفريق كله',
  },
};
