import type { Translated } from '../catalogue.ts';
import type { pooling as source } from '../en/pooling.ts';
import { plural } from '../plural.ts';

const count = plural('es');

export const pooling: Translated<typeof source> = {
  run: {
    label: 'Cambiando conversaciones',
    undoing: 'Devolviendo conversaciones',
    changed: (n: number, shown: string) => count(n, { one: '1 conversación cambiada', other: `${shown} conversaciones cambiadas` }),
    changedPartly: (n: number, shown: string, refused: string) =>
      count(n, { one: `1 conversación cambiada, ${refused} no`, other: `${shown} conversaciones cambiadas, ${refused} no` }),
    cancel: 'Detener',
    cancelling: 'Deteniendo',
    cancelled: (n, shown) => count(n, { one: 'Detenido: se cambió 1 conversación', other: `Detenido: se cambiaron ${shown} conversaciones` }),
    noAnswer: 'No hubo respuesta. Puede que siga por su cuenta.',
    goOn: 'Continuar',
    which: 'Ver cuáles no',
    title: 'Sin cambiar',
    undoTitle: 'Sin devolver',
    lead: (n, shown) => count(n, { one: '1 conversación quedó como estaba.', other: `${shown} conversaciones quedaron como estaban.` }),
    more: (n, shown) => count(n, { one: 'y 1 más', other: `y ${shown} más` }),
    unknown: 'Una conversación',
    again: 'Reintentar con estas',
    cancelledWhy: 'se detuvo antes de su turno',
    changedSince: 'alguien la ha cambiado desde entonces',
    otherWhy: 'el servidor lo rechazó',
    failed: 'No se hizo el cambio',
    undoFailed: 'No se deshizo',
    undone: (n, shown) => count(n, { one: '1 conversación devuelta', other: `${shown} conversaciones devueltas` }),
    undonePartly: (n, shown, left) => count(n, { one: `1 conversación devuelta, ${left} no`, other: `${shown} conversaciones devueltas, ${left} no` }),
  },
  tags: {
    title: 'Etiquetas',
    lead: (n: number, shown: string) =>
      count(n, {
        one: 'Para 1 conversación. Lo que no toques se queda como está.',
        other: `Para ${shown} conversaciones. Lo que no toques se queda como está.`,
      }),
    some: 'en algunas',
    added: 'se añadirá',
    removed: 'se quitará',
    submit: 'Cambiar etiquetas',
    failed: 'No se pudo crear la etiqueta. Inténtelo de nuevo.',
  },
  views: {
    title: 'Vistas guardadas',
    lead: 'El orden es tuyo. Lo que ve todo el equipo lo cambia un administrador.',
    none: 'Aún no hay vistas guardadas. Acota la lista y guárdala desde su cabecera.',
    name: (view) => `Nombre de ${view}`,
    shared: 'Todo el equipo',
    up: (view) => `Subir ${view}`,
    down: (view) => `Bajar ${view}`,
    moved: (view, place) => `${view} está ahora en el puesto ${place}`,
    remove: (view) => `Eliminar ${view}`,
    removed: (view) => `${view} eliminada`,
    team: 'de todo el equipo',
    failed: 'No se ha guardado. Inténtelo de nuevo.',
    nameless: 'Una vista necesita un nombre.',
    updated: (view) => `${view} es ahora lo que estás viendo`,
    done: 'Listo',
    saveTitle: 'Guardar esta vista',
    saveName: 'Nombre',
    saveShared: 'La ve todo el equipo',
  },
};
