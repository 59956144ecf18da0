import type { Translated } from '../catalogue.ts';

export const routeForm: Translated<typeof import('../en/route-form.ts').routeForm> = {
  label: 'Lo que necesitamos para esto',
  send: 'Enviar',
  optional: 'opcional',
  missing: 'Rellene este campo',
  phone: 'Esto no parece un número de teléfono. Cámbielo o envíelo así',
  failed: 'No nos ha llegado. Inténtelo de nuevo',
};
