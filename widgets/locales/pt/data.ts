import type { data as english } from '../en/data.ts';
import type { Translated } from '../catalogue.ts';
import { common } from './common.ts';

export const data: Translated<typeof english> = {
  common,
  title: 'Dados',
  lead: 'Quanto tempo o Convene guarda as coisas. O que é mais antigo é removido para sempre, e o registo de auditoria diz quanto.',
  forever: 'Guardado até alguém o remover',
  days: 'dias',
  kept: {
    conversationsDays: 'Conversas fechadas e arquivadas',
    filesDays: 'Ficheiros',
    eventsDays: 'Atualizações em direto para recuperar',
    auditDays: 'Registo de auditoria',
  },
  hints: {
    conversationsDays:
      'A contar da última coisa que nelas aconteceu. Vão com as suas notas, rascunhos, ficheiros e tickets resolvidos; a que tem um ticket por resolver fica.',
    filesDays: 'As mensagens ficam e dizem que ficheiro lá estava.',
    eventsDays: 'Quem esteve fora mais tempo lê tudo de novo.',
    auditDays: 'Como está agora cada definição sabe-se sempre.',
  },
  bad: (most: string) => `Escreva um número de dias de 1 a ${most}, ou deixe vazio.`,
  badEvents: (most: string) => `Escreva um número de dias de 1 a ${most}.`,
  saved: 'Guardado. O que é mais antigo sai dentro de minutos.',
  warn: 'O que é removido não pode ser recuperado.',
  oneContact: 'Para exportar ou apagar tudo de um cliente, abra uma conversa com ele e escolha «Dados» junto do nome.',
  export: 'Exportar tudo',
  exporting: 'A exportar…',
  exportFailed: 'A exportação falhou. Tente de novo.',
  eraseTitle: (name: string) => `Apagar tudo de ${name}?`,
  eraseText:
    'Todas as suas conversas desaparecem para sempre, em todos os canais: mensagens, notas, rascunhos, ficheiros, tickets, traduções e o próprio contacto. Ninguém as pode recuperar.',
  eraseStays: 'O registo de auditoria guarda que apagou um contacto, e o seu motivo. Não escreva quem era.',
  reason: 'Motivo',
  reasonHint: 'Por exemplo, o número do pedido.',
  sure: 'Compreendo que é para sempre',
  confirm: 'Apagar para sempre',
  erased: 'O contacto foi apagado.',
  eraseFailed: 'Não foi possível. Tente de novo.',
};
