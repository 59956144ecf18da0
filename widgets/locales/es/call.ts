import type { Translated } from '../catalogue.ts';
import type { call as english } from '../en/call.ts';

export const call: Translated<typeof english> = {
  live: 'En curso',
  ended: 'Llamada',
  length: (length) => `Llamada, ${length}`,
  transcript: 'Transcripción',
  recording: 'Reproducir la grabación',
  note: 'Nota de la llamada',
  all: (n) => `Mostrar las ${n} líneas`,
  less: 'Mostrar menos',
  none: 'Aún no se ha dicho nada',
};
