import type { data as english } from '../en/data.ts';
import type { Translated } from '../catalogue.ts';
import { common } from './common.ts';

export const data: Translated<typeof english> = {
  common,
  title: 'Datos',
  lead: 'Cuánto tiempo guarda Convene las cosas. Lo más antiguo se elimina para siempre, y el registro de auditoría dice cuánto.',
  forever: 'Se guarda hasta que alguien lo elimine',
  days: 'días',
  kept: {
    conversationsDays: 'Conversaciones cerradas y archivadas',
    filesDays: 'Archivos',
    eventsDays: 'Actualizaciones en vivo para ponerse al día',
    auditDays: 'Registro de auditoría',
  },
  hints: {
    conversationsDays:
      'Desde lo último que ocurrió en ellas. Se van con sus notas, borradores, archivos y tickets resueltos; si tiene un ticket sin resolver, se queda.',
    filesDays: 'Sus mensajes se quedan y nombran el archivo que había.',
    eventsDays: 'Quien haya estado fuera más tiempo lo lee todo de nuevo.',
    auditDays: 'Cómo está ahora cada ajuste se sabe siempre.',
  },
  bad: (most: string) => `Escriba un número de días de 1 a ${most}, o déjelo vacío.`,
  badEvents: (most: string) => `Escriba un número de días de 1 a ${most}.`,
  saved: 'Guardado. Lo más antiguo se va en unos minutos.',
  warn: 'Lo eliminado no se puede recuperar.',
  oneContact: 'Para exportar o borrar todo lo de un cliente, abra una conversación con él y elija «Datos» junto a su nombre.',
  export: 'Exportar todo',
  exporting: 'Exportando…',
  exportFailed: 'La exportación falló. Inténtelo de nuevo.',
  eraseTitle: (name: string) => `¿Borrar todo lo de ${name}?`,
  eraseText:
    'Todas sus conversaciones se van para siempre, en todos los canales: mensajes, notas, borradores, archivos, tickets, traducciones y el propio contacto. Nadie puede recuperarlas.',
  eraseStays: 'El registro de auditoría guarda que usted borró un contacto, y su motivo. No escriba quién era.',
  reason: 'Motivo',
  reasonHint: 'Por ejemplo, el número de la solicitud.',
  sure: 'Entiendo que es para siempre',
  confirm: 'Borrar para siempre',
  erased: 'El contacto se borró.',
  eraseFailed: 'No se pudo hacer. Inténtelo de nuevo.',
};
