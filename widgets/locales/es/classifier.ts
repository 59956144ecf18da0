import type { Translated } from '../catalogue.ts';
import type { classifier as source } from '../en/classifier.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';
import { shared } from './shared.ts';

const count = plural('es');

/** Lo que decidiría el clasificador, y lo que las personas dicen de sus decisiones. */
export const classifier: Translated<typeof source> = {
  common,
  shared,
  precedence: 'Decide la primera tarjeta que encaja, luego la instrucción, luego el modelo.',
  line: {
    replyAnyway: 'Responder de todos modos',
    shouldQuiet: 'Debió callar',
    group: 'Corregir esta decisión',
    replying: (agent) => `${agent} responde después de todo`,
    noted: 'Anotado para los informes',
    undone: 'Retirado',
    makeCard: 'Convertir en tarjeta',
    said: {
      reply_anyway: (who) => `${who} quiso una respuesta`,
      should_have_stayed_quiet: (who) => `${who}: debió callar`,
    },
    refused: {
      newer_message: 'Ha llegado algo más reciente.',
      agent_may_not_reply: 'El agente no puede responder aquí: la conversación la llevan personas o está cerrada.',
      contact_paused: 'La IA está en pausa para este contacto. Reanúdela primero.',
      agent_inactive: 'El agente no está activo.',
      reply_mode_off: 'El modo de respuesta está apagado.',
      no_agent: 'La conversación no tiene agente.',
      other: 'No se pudo hacer. Inténtelo de nuevo.',
    },
  },
  card: {
    title: 'Nueva tarjeta: si se responde',
    lead: 'Una regla en palabras sencillas que decide mensajes como este.',
    text: 'Regla',
    name: 'Título',
    where: 'Dónde vale',
    onlyAgent: (agent) => `Solo para ${agent}`,
    onlyChannel: (channel) => `Solo por ${channel}`,
    save: 'Guardar y usar',
    saved: 'La tarjeta vale desde ahora, antes que las demás',
    needed: 'Escriba la regla.',
    failed: 'La tarjeta no se guardó. Inténtelo de nuevo.',
    none: 'Ninguna regla en palabras sencillas habría decidido este.',
  },
  whatIf: {
    title: 'Si guardara esto',
    lead: (n, shown) =>
      count(n, {
        one: 'El último mensaje, decidido otra vez. No se envía nada.',
        other: `Los últimos ${shown} mensajes, decididos otra vez. No se envía nada.`,
      }),
    run: 'Ejecutar',
    again: 'Ejecutar de nuevo',
    stop: 'Cancelar',
    deciding: 'Decidiendo',
    now: 'Ahora',
    after: 'Entonces',
    answered: (shown) => `${shown} respondidos`,
    quiet: (shown) => `${shown} en silencio`,
    filter: 'Qué cambios se muestran',
    change: (n, shown) => count(n, { one: '1 cambia', other: `${shown} cambian` }),
    goQuiet: (n, shown) => count(n, { one: '1 queda en silencio', other: `${shown} quedan en silencio` }),
    getAnswer: (n, shown) => count(n, { one: '1 recibe respuesta', other: `${shown} reciben respuesta` }),
    wasAnswered: 'respondido',
    wasQuiet: 'silencio',
    same: 'No cambiaría nada',
    sameText: 'Cada uno de estos mensajes se decidiría como ahora.',
    nothing: 'Aún no hay mensajes',
    nothingText: 'En cuanto los clientes hayan escrito a este agente, podrá probar cambios con lo que escribieron.',
    failed: 'No se pudieron decidir los mensajes',
    stopped: 'Cancelado. No se cambió nada.',
    stale: 'Ha cambiado desde entonces',
    saved: 'Cambie la instrucción o una tarjeta para ver qué se decidiría de otro modo.',
    instruction: 'Su instrucción',
    model: 'El modelo',
    free: 'Decide el modelo integrado; no cuesta nada.',
    cost: (n, calls, tokens) => count(n, { one: `${calls} llamada al modelo, tokens: ${tokens}`, other: `${calls} llamadas al modelo, tokens: ${tokens}` }),
    would: (n, shown, of) =>
      count(n, {
        one: `1 de los últimos ${of} mensajes se decidiría de otro modo`,
        other: `${shown} de los últimos ${of} mensajes se decidirían de otro modo`,
      }),
    decidedBy: 'Entonces decide',
    builtin: 'El modelo integrado',
    why: {
      daily_limit: 'El agente ha gastado sus tokens del día.',
      unavailable: 'El modelo no respondió.',
      rate_limited: 'Demasiadas ejecuciones en un minuto. Inténtelo de nuevo en un momento.',
    },
    day: (used) => `Tokens gastados hoy, estos incluidos: ${used}`,
    dayOf: (used, limit) => `Tokens gastados hoy, estos incluidos: ${used} de ${limit}`,
    price: (amount) => `precio ${amount}`,
    wouldNone: (of) => `Ninguno de los últimos ${of} mensajes se decidiría de otro modo`,
    wrong: {
      question: 'Parece un error: se pregunta algo',
      money: 'Parece un error: se menciona una suma de dinero',
      person: 'Parece un error: alguien pide una persona',
      alarm: 'Parece un error: suena urgente',
      nothing_asked: 'Parece un error: no se pregunta nada',
    },
  },
};
