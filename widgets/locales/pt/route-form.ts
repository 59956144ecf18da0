import type { Translated } from '../catalogue.ts';

export const routeForm: Translated<typeof import('../en/route-form.ts').routeForm> = {
  label: 'O que precisamos para isso',
  send: 'Enviar',
  optional: 'opcional',
  missing: 'Preencha este campo',
  phone: 'Isto não parece um número de telefone. Mude-o ou envie assim mesmo',
  failed: 'Não chegou até nós. Tente de novo',
};
