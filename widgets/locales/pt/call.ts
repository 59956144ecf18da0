import type { Translated } from '../catalogue.ts';
import type { call as english } from '../en/call.ts';

export const call: Translated<typeof english> = {
  live: 'Em curso',
  ended: 'Chamada',
  length: (length) => `Chamada, ${length}`,
  transcript: 'Transcrição',
  recording: 'Ouvir a gravação',
  note: 'Nota da chamada',
  all: (n) => `Mostrar as ${n} linhas`,
  less: 'Mostrar menos',
  none: 'Ainda nada foi dito',
};
