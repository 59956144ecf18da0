import type { search as english } from '../en/search.ts';
import type { Translated } from '../catalogue.ts';

export const search: Translated<typeof english> = {
  narrow: 'Acotar la búsqueda',
  operators: {
    from: 'quién lo escribió',
    channel: 'en qué canal',
    tag: 'de conversaciones con una etiqueta',
    before: 'antes de un día',
    after: 'desde un día',
  },
  days: { today: 'Hoy', week: 'Hace una semana', month: 'Hace un mes', year: 'Hace un año' },
  kind: { contact: 'Contacto', subject: 'Asunto' },
  lookingBack: 'Se sigue buscando más atrás',
  busy: 'Muchas personas buscan en este momento',
  busyText: 'Se vuelve a intentar por sí solo. La bandeja funciona como siempre.',
  find: 'Buscar en la conversación',
  place: (at, all) => `${at} de ${all}`,
  none: 'Aquí ya no hay nada de eso',
  failed: 'La búsqueda no respondió.',
  previous: 'Anterior',
  next: 'Siguiente',
  close: 'Terminar la búsqueda aquí',
};
