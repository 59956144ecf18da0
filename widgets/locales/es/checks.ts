import type { Translated } from '../catalogue.ts';
import type { checks as source } from '../en/checks.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';

const count = plural('es');

export const checks: Translated<typeof source> = {
  common,
  title: 'Comprobaciones',
  lead: 'Qué impide que aparezcan conversaciones y que los agentes respondan.',
  again: 'Comprobar de nuevo',
  at: (when: string) => `Comprobado: ${when}`,
  arriving: 'No aparecen conversaciones',
  answering: 'Los agentes no responden',
  one: 'Por qué un agente no respondió en una conversación se ve en su hilo, en la línea que sigue al mensaje del cliente.',
  fine: 'Aquí todo está bien.',
  open: 'Abrir',
  says: {
    workers: (n: number, said: string) =>
      n === 0 ? 'Ningún proceso hace el trabajo' : count(n, { one: `${said} proceso hace el trabajo`, other: `${said} procesos hacen el trabajo` }),
    public_address: (address: string) => `Los proveedores llegan a este servidor en ${address}`,
    accounts: (n: number, said: string) =>
      n === 0
        ? 'Ninguna cuenta de canal está sin avisos'
        : count(n, { one: `${said} cuenta de canal sin avisos`, other: `${said} cuentas de canal sin avisos` }),
    account_inactive: (name: string) => `${name} está inactiva`,
    account_incomplete: (name: string) => `A ${name} le faltan datos`,
    account_failing: (name: string, since: string) => `${name} falla desde: ${since}`,
    account_silent: (name: string) => `${name} aún no ha recibido nada`,
    model: (name: string) => (name === '' ? 'Responde el modelo integrado' : `Responde ${name}`),
    model_down: (since: string) => `El modelo no responde desde: ${since}`,
    agents: (n: number, said: string) =>
      n === 0 ? 'No hay ningún agente activo' : count(n, { one: `${said} agente activo`, other: `${said} agentes activos` }),
    no_intake: (name: string) => `${name} no tiene agente`,
    intake_inactive: (name: string, agent: string) => `${agent}, que atiende ${name}, está inactivo`,
    mode_off: (name: string) => `${name} tiene el modo de respuesta desactivado`,
    token_limit: (name: string) => `${name} ha gastado los tokens de hoy`,
    no_articles: 'No hay artículos con los que responder',
    runs_late: (n: number, said: string, since: string) =>
      count(n, {
        one: `${said} conversación espera a su agente desde: ${since}`,
        other: `${said} conversaciones esperan a sus agentes, la primera desde: ${since}`,
      }),
    messages_late: (n: number, said: string, since: string) =>
      count(n, { one: `${said} mensaje espera su envío desde: ${since}`, other: `${said} mensajes esperan su envío, el primero desde: ${since}` }),
    messages_in_doubt: (n: number, said: string) =>
      count(n, { one: `En ${said} conversación no se sabe si un mensaje salió`, other: `En ${said} conversaciones no se sabe si un mensaje salió` }),
    drafts_waiting: (n: number, said: string, since: string) =>
      count(n, { one: `${said} borrador espera aprobación desde: ${since}`, other: `${said} borradores esperan aprobación, el primero desde: ${since}` }),
    people_waiting: (n: number, said: string, since: string) =>
      count(n, {
        one: `${said} conversación espera a una persona desde: ${since}`,
        other: `${said} conversaciones esperan a una persona, la primera desde: ${since}`,
      }),
    contacts_paused: (n: number, said: string) =>
      count(n, { one: `La IA está en pausa para ${said} contacto`, other: `La IA está en pausa para ${said} contactos` }),
  },
  help: {
    workers: 'Inicie uno con ROLE=worker o ROLE=both. Hasta entonces no se responde ni se envía nada.',
    public_address: 'Solo su propia red encuentra esta dirección. Ponga en PUBLIC_URL la que alcanza internet.',
    accounts: 'Cree una en Cuentas de canal y dé su dirección de webhook a su proveedor.',
    account_inactive: 'Recibe mensajes, pero por ella no se responde ni se envía nada.',
    account_incomplete: 'Complete lo que falta.',
    account_failing: 'Lo que dijo el proveedor. La cuenta guarda lo recibido y tiene una prueba.',
    account_silent: 'Compruebe que su proveedor tiene la dirección de webhook y el secreto de esta cuenta.',
    model: '',
    model_down: 'Las conversaciones pasan a personas hasta que vuelva. Se le pregunta de nuevo por sí solo.',
    agents: 'Active uno; si no, las personas responden a todo.',
    no_intake: 'Las conversaciones nuevas empiezan con su equipo. Elija un agente si debe responder uno.',
    intake_inactive: 'Active el agente o elija otro para la cuenta.',
    mode_off: 'No responde nada por sí solo. Elija otro modo de respuesta si debe hacerlo.',
    token_limit: 'Sigue mañana (UTC), o enseguida con un límite más alto.',
    no_articles: 'El modelo integrado responde solo con artículos. Escriba algunos o configure un modelo.',
    runs_late: 'Si continúa, mire el registro del servidor y cuántos procesos hacen el trabajo.',
    messages_late: 'Si continúa, mire la cuenta por la que salen y el registro del servidor.',
    messages_in_doubt: 'Mire en la conversación si llegó y, si no, envíelo de nuevo allí.',
    drafts_waiting: 'Apruébelos, edítelos o rechácelos en Borradores.',
    people_waiting: 'Allí los agentes no responden hasta que alguien reanude o transfiera a la IA.',
    contacts_paused: 'Ningún agente les responde, en ninguna conversación, hasta que alguien la reanude.',
  },
};
