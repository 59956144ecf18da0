import type { common as english } from '../en/common.ts';
import type { Translated } from '../catalogue.ts';

export const common: Translated<typeof english> = {
  cancel: 'Cancelar',
  close: 'Fechar',
  dismiss: 'Dispensar',
  undo: 'Desfazer',
  retry: 'Tentar de novo',
  save: 'Guardar',
  more: 'Mais',
  back: 'Voltar',
  optional: 'opcional',
  you: 'Eu',
  loading: 'A carregar',
  failed: 'Não foi possível mostrar',
  wrong: 'Algo aqui não está bem.',
  missing: 'Não pode ficar vazio.',
  working: 'A trabalhar',
  of: (n: string, all: string) => `${n} de ${all}`,
  time: {
    now: 'agora',
    today: 'Hoje',
    todayIs: (day: string) => `Hoje, ${day}`,
    seconds: (n: string) => `${n} s`,
    minutes: (n: string) => `${n} min`,
    hours: (n: string) => `${n} h`,
    days: (n: string) => `${n} d`,
    hoursMinutes: (h: string, m: string) => `${h} h ${m} min`,
  },
};
