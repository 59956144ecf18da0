import type { Translated } from '../catalogue.ts';
import type { actions as english } from '../en/actions.ts';

export const actions: Translated<typeof english> = {
  title: 'Se hace antes de enviar',
  state: { running: 'En curso…', done: 'Hecho', failed: 'Ha fallado', unknown: 'No se sabe si se hizo' },
  unable: 'No se envió',
  hint: 'Desmarque lo que no deba hacerse para enviar sin ello.',
};
