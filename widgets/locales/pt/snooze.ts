import type { Translated } from '../catalogue.ts';
import type { snooze as source } from '../en/snooze.ts';
import { common } from './common.ts';

export const snooze: Translated<typeof source> = {
  common,
  title: 'Adiar até',
  lead: 'Sai das conversas abertas e volta sozinha. Uma mensagem do cliente trá-la de volta de imediato.',
  laterToday: 'Mais tarde hoje',
  tomorrow: 'Amanhã de manhã',
  nextMonday: 'Próxima segunda-feira',
  nextMessage: 'A próxima mensagem',
  nextMessageHint: 'sem hora',
  pick: 'Outro momento',
  pickLabel: 'Data e hora',
  past: 'Essa hora já passou.',
  submit: 'Adiar',
  done: (until) => `Adiada até ${until}`,
  doneMessage: 'Adiada até à próxima mensagem',
  doneMany: (n) => `${n} adiadas`,
  back: 'De volta às conversas abertas',
  failed: 'Não foi possível. Tente de novo.',
};
