import type { Translated } from '../catalogue.ts';
import type { translate as english } from '../en/translate.ts';

export const translate: Translated<typeof english> = {
  message: 'Traduzir esta mensagem',
  draft: 'Traduzir este rascunho',
  original: 'Ver original',
  again: 'Ver tradução',
  busy: 'A traduzir',
  from: (language) => `Traduzido do ${language}`,
  translated: 'Traduzido',
  byBrowser: 'pelo seu navegador',
  sentIn: (language) => `Enviado em ${language}`,
  written: (language) => `Escrito em ${language}`,
  showWritten: 'Ver o que foi escrito',
  showSent: 'Ver o que foi enviado',
  same: (language) => `Já está em ${language}`,
  none: 'Aqui não há tradução disponível. Um administrador pode configurar um modelo.',
  failed: 'Não foi traduzido.',
  retry: 'Tentar de novo',
  to: (language) => `Traduzir para ${language}`,
  before: (language) => `Traduzir para ${language} antes de enviar`,
  goesOut: (language) => `Segue em ${language}.`,
  kept: 'O que escreveu fica guardado para a equipa.',
  back: 'Voltar ao que escrevi',
  wentOn: 'Continuou a escrever, por isso nada foi substituído.',
};
