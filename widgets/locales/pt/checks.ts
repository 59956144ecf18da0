import type { Translated } from '../catalogue.ts';
import type { checks as source } from '../en/checks.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';

const count = plural('pt');

export const checks: Translated<typeof source> = {
  common,
  title: 'Verificações',
  lead: 'O que impede as conversas de aparecer e os agentes de responder.',
  again: 'Verificar de novo',
  at: (when: string) => `Verificado: ${when}`,
  arriving: 'As conversas não aparecem',
  answering: 'Os agentes não respondem',
  one: 'O motivo por que um agente não respondeu numa conversa está no seu fio, na linha a seguir à mensagem do cliente.',
  fine: 'Aqui está tudo bem.',
  open: 'Abrir',
  says: {
    workers: (n: number, said: string) =>
      n === 0 ? 'Nenhum processo faz o trabalho' : count(n, { one: `${said} processo faz o trabalho`, other: `${said} processos fazem o trabalho` }),
    public_address: (address: string) => `Os fornecedores chegam a este servidor em ${address}`,
    accounts: (n: number, said: string) =>
      n === 0 ? 'Nenhuma conta de canal está sem avisos' : count(n, { one: `${said} conta de canal sem avisos`, other: `${said} contas de canal sem avisos` }),
    account_inactive: (name: string) => `${name} está inativa`,
    account_incomplete: (name: string) => `Faltam dados a ${name}`,
    account_failing: (name: string, since: string) => `${name} falha desde: ${since}`,
    account_silent: (name: string) => `${name} ainda não recebeu nada`,
    model: (name: string) => (name === '' ? 'Responde o modelo integrado' : `Responde ${name}`),
    model_down: (since: string) => `O modelo não responde desde: ${since}`,
    agents: (n: number, said: string) => (n === 0 ? 'Nenhum agente está ativo' : count(n, { one: `${said} agente ativo`, other: `${said} agentes ativos` })),
    no_intake: (name: string) => `${name} não tem agente`,
    intake_inactive: (name: string, agent: string) => `${agent}, que atende ${name}, está inativo`,
    mode_off: (name: string) => `${name} tem o modo de resposta desligado`,
    token_limit: (name: string) => `${name} gastou os tokens de hoje`,
    no_articles: 'Não há artigos a partir dos quais responder',
    runs_late: (n: number, said: string, since: string) =>
      count(n, { one: `${said} conversa espera pelo agente desde: ${since}`, other: `${said} conversas esperam pelos agentes, a primeira desde: ${since}` }),
    messages_late: (n: number, said: string, since: string) =>
      count(n, { one: `${said} mensagem espera pelo envio desde: ${since}`, other: `${said} mensagens esperam pelo envio, a primeira desde: ${since}` }),
    messages_in_doubt: (n: number, said: string) =>
      count(n, { one: `Em ${said} conversa não se sabe se uma mensagem saiu`, other: `Em ${said} conversas não se sabe se uma mensagem saiu` }),
    drafts_waiting: (n: number, said: string, since: string) =>
      count(n, { one: `${said} rascunho espera aprovação desde: ${since}`, other: `${said} rascunhos esperam aprovação, o primeiro desde: ${since}` }),
    people_waiting: (n: number, said: string, since: string) =>
      count(n, {
        one: `${said} conversa espera por uma pessoa desde: ${since}`,
        other: `${said} conversas esperam por uma pessoa, a primeira desde: ${since}`,
      }),
    contacts_paused: (n: number, said: string) =>
      count(n, { one: `A IA está em pausa para ${said} contacto`, other: `A IA está em pausa para ${said} contactos` }),
  },
  help: {
    workers: 'Inicie um com ROLE=worker ou ROLE=both. Até lá nada é respondido nem enviado.',
    public_address: 'Só a sua própria rede encontra este endereço. Ponha em PUBLIC_URL aquele que a internet alcança.',
    accounts: 'Crie uma em Contas de canal e dê o seu endereço de webhook ao fornecedor.',
    account_inactive: 'Recebe mensagens, mas por ela nada é respondido nem enviado.',
    account_incomplete: 'Preencha o que falta.',
    account_failing: 'O que o fornecedor disse. A conta guarda o que foi recebido e tem um teste.',
    account_silent: 'Verifique se o fornecedor tem o endereço de webhook e o segredo desta conta.',
    model: '',
    model_down: 'As conversas vão para pessoas até que volte. É consultado de novo por si.',
    agents: 'Ative um; senão, as pessoas respondem a tudo.',
    no_intake: 'As conversas novas começam com a sua equipa. Escolha um agente se algum deve responder.',
    intake_inactive: 'Ative o agente ou escolha outro para a conta.',
    mode_off: 'Não responde a nada por si. Escolha outro modo de resposta se deve fazê-lo.',
    token_limit: 'Continua amanhã (UTC), ou já com um limite mais alto.',
    no_articles: 'O modelo integrado responde só a partir de artigos. Escreva alguns ou configure um modelo.',
    runs_late: 'Se continuar, veja o registo do servidor e quantos processos fazem o trabalho.',
    messages_late: 'Se continuar, veja a conta por onde saem e o registo do servidor.',
    messages_in_doubt: 'Veja na conversa se chegou e, se não, envie de novo a partir dali.',
    drafts_waiting: 'Aprove, edite ou rejeite-os em Rascunhos.',
    people_waiting: 'Aí os agentes não respondem até que alguém retome ou transfira para a IA.',
    contacts_paused: 'Nenhum agente lhes responde, em nenhuma conversa, até que alguém a retome.',
  },
};
