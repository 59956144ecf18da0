import type { Translated } from '../catalogue.ts';
import type { classifier as source } from '../en/classifier.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';
import { shared } from './shared.ts';

const count = plural('pt');

/** O que o classificador decidiria, e o que as pessoas dizem das suas decisões. */
export const classifier: Translated<typeof source> = {
  common,
  shared,
  precedence: 'Decide o primeiro cartão que se aplica, depois a instrução, depois o modelo.',
  line: {
    replyAnyway: 'Responder mesmo assim',
    shouldQuiet: 'Devia ter ficado em silêncio',
    group: 'Corrigir esta decisão',
    replying: (agent) => `${agent} responde afinal`,
    noted: 'Anotado para os relatórios',
    undone: 'Desfeito',
    makeCard: 'Transformar em cartão',
    said: {
      reply_anyway: (who) => `${who} quis uma resposta`,
      should_have_stayed_quiet: (who) => `${who}: devia ter ficado em silêncio`,
    },
    refused: {
      newer_message: 'Chegou algo mais recente.',
      agent_may_not_reply: 'O agente não pode responder aqui: a conversa está com pessoas ou está fechada.',
      contact_paused: 'A IA está pausada para este contacto. Retome-a primeiro.',
      agent_inactive: 'O agente não está ativo.',
      reply_mode_off: 'O modo de resposta está desligado.',
      no_agent: 'A conversa não tem agente.',
      other: 'Não foi possível. Tente de novo.',
    },
  },
  card: {
    title: 'Novo cartão: se há resposta',
    lead: 'Uma regra em palavras simples que decide mensagens como esta.',
    text: 'Regra',
    name: 'Título',
    where: 'Onde vale',
    onlyAgent: (agent) => `Só para ${agent}`,
    onlyChannel: (channel) => `Só por ${channel}`,
    save: 'Guardar e usar',
    saved: 'O cartão vale a partir de agora, antes dos outros',
    needed: 'Escreva a regra.',
    failed: 'O cartão não foi guardado. Tente de novo.',
    none: 'Nenhuma regra em palavras simples teria decidido esta.',
  },
  whatIf: {
    title: 'Se guardasse isto',
    lead: (n, shown) =>
      count(n, {
        one: 'A última mensagem, decidida mais uma vez. Nada é enviado.',
        other: `As últimas ${shown} mensagens, decididas mais uma vez. Nada é enviado.`,
      }),
    run: 'Executar',
    again: 'Executar de novo',
    stop: 'Cancelar',
    deciding: 'A decidir',
    now: 'Agora',
    after: 'Depois',
    answered: (shown) => `${shown} respondidas`,
    quiet: (shown) => `${shown} em silêncio`,
    filter: 'Que mudanças são mostradas',
    change: (n, shown) => count(n, { one: '1 muda', other: `${shown} mudam` }),
    goQuiet: (n, shown) => count(n, { one: '1 fica em silêncio', other: `${shown} ficam em silêncio` }),
    getAnswer: (n, shown) => count(n, { one: '1 recebe resposta', other: `${shown} recebem resposta` }),
    wasAnswered: 'respondida',
    wasQuiet: 'silêncio',
    same: 'Nada mudaria',
    sameText: 'Cada uma destas mensagens seria decidida como agora.',
    nothing: 'Ainda sem mensagens',
    nothingText: 'Assim que clientes escreverem a este agente, poderá testar mudanças no que escreveram.',
    failed: 'Não foi possível decidir as mensagens',
    stopped: 'Cancelado. Nada foi alterado.',
    stale: 'Mudou desde então',
    saved: 'Mude a instrução ou um cartão para ver o que seria decidido de outro modo.',
    instruction: 'A sua instrução',
    model: 'O modelo',
    free: 'Decide o modelo integrado; não custa nada.',
    cost: (n, calls, tokens) => count(n, { one: `${calls} chamada ao modelo, tokens: ${tokens}`, other: `${calls} chamadas ao modelo, tokens: ${tokens}` }),
    would: (n, shown, of) =>
      count(n, {
        one: `1 das últimas ${of} mensagens seria decidida de outro modo`,
        other: `${shown} das últimas ${of} mensagens seriam decididas de outro modo`,
      }),
    decidedBy: 'Depois decide',
    builtin: 'O modelo integrado',
    why: {
      daily_limit: 'O agente gastou os seus tokens do dia.',
      unavailable: 'O modelo não respondeu.',
      rate_limited: 'Demasiadas execuções num minuto. Tente de novo daqui a pouco.',
    },
    day: (used) => `Tokens gastos hoje, com estes: ${used}`,
    dayOf: (used, limit) => `Tokens gastos hoje, com estes: ${used} de ${limit}`,
    price: (amount) => `preço ${amount}`,
    wouldNone: (of) => `Nenhuma das últimas ${of} mensagens seria decidida de outro modo`,
    wrong: {
      question: 'Parece errado: algo é perguntado',
      money: 'Parece errado: uma quantia é mencionada',
      person: 'Parece errado: alguém pede uma pessoa',
      alarm: 'Parece errado: parece urgente',
      nothing_asked: 'Parece errado: nada é perguntado',
    },
  },
};
