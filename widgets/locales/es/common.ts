import type { common as english } from '../en/common.ts';
import type { Translated } from '../catalogue.ts';

export const common: Translated<typeof english> = {
  cancel: 'Cancelar',
  close: 'Cerrar',
  dismiss: 'Descartar',
  undo: 'Deshacer',
  retry: 'Reintentar',
  save: 'Guardar',
  more: 'Más',
  back: 'Volver',
  optional: 'opcional',
  you: 'Usted',
  loading: 'Cargando',
  failed: 'No se pudo mostrar',
  wrong: 'Aquí hay algo que no encaja.',
  missing: 'No puede quedar vacío.',
  working: 'Trabajando',
  of: (n: string, all: string) => `${n} de ${all}`,
  time: {
    now: 'ahora',
    today: 'Hoy',
    todayIs: (day: string) => `Hoy, ${day}`,
    seconds: (n: string) => `${n} s`,
    minutes: (n: string) => `${n} min`,
    hours: (n: string) => `${n} h`,
    days: (n: string) => `${n} d`,
    hoursMinutes: (h: string, m: string) => `${h} h ${m} min`,
  },
};
