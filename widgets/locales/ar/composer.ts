import type { Translated } from '../catalogue.ts';
import type { composer as english } from '../en/composer.ts';
import { plural } from '../plural.ts';

const count = plural('ar');

export const composer: Translated<typeof english> = {
  silent: (channel) => `لا يمكن إرسال شيء عبر ${channel}.`,
  silentOthers: 'اختر طريقة أخرى أو اترك ملاحظة.',
  silentNone: 'لا تُعرف طريقة أخرى. يمكنك ترك ملاحظة.',
  writeBy: (channel) => `الكتابة عبر ${channel}`,
  label: (name) => `رد على ${name}`,
  write: 'الكتابة',
  reply: 'رد',
  note: 'ملاحظة',
  message: 'الرسالة',
  noteText: 'الملاحظة',
  placeholder: (name) => `اكتب إلى ${name}`,
  notePlaceholder: 'اكتب ملاحظة لفريقك. الرمز @ يذكر شخصًا.',
  send: 'إرسال',
  leaveNote: 'ترك الملاحظة',
  by: 'عبر',
  channel: (channel) => `تُرسل عبر ${channel}. اختر طريقة أخرى`,
  channels: 'طرق الوصول إلى العميل',
  onlyTeam: 'لا يرى هذا إلا فريقك',
  mention: 'ذكر شخص',
  operators: 'المشغّلون',
  newer: (name) => `كتب ${name} مرة أخرى.`,
  newerMany: (name, n) =>
    count(n, { one: `كتب ${name} مرة أخرى.`, two: `كتب ${name} مرتين أخريين.`, few: `كتب ${name} ${n} مرات أخرى.`, other: `كتب ${name} ${n} مرة أخرى.` }),
  readIt: 'قراءتها',
  sendAnyway: 'إرسال على أي حال',
  notSent: 'لم تُرسل بعد',
  refused: 'لم تُرسل.',
  agentTookOver: (agent) => `يتولى ${agent} المحادثة من جديد.`,
  assumeAndSend: 'تولٍّ وإرسال',
  kept: 'نصك محفوظ.',
  writing: (name) => `${name} يكتب ردًّا.`,
  writingBoth: 'ستجيبان كلاكما.',
  tooLong: (n, shown) =>
    count(n, { one: 'حرف واحد زيادة', two: 'حرفان زيادة', few: `${shown} أحرف زيادة`, many: `${shown} حرفًا زيادة`, other: `${shown} حرف زيادة` }),
  sends: (agent, name) => `${agent} يجيب ${name} بنفسه.`,
  sendsText: 'التولي يوقفه فورًا، حتى في منتصف الجملة.',
  controlled: (agent) => `${agent} يرسل المأمون ويعرض الباقي.`,
  controlledText: 'لتكتب ردك بنفسك، تولَّ المحادثة. تبقى المسودة لك.',
  reason: 'السبب، اختياري',
  reasonPlaceholder: 'السبب إن أردت. لا يراه إلا فريقك.',
  assumed: 'المحادثة لك الآن',
};
