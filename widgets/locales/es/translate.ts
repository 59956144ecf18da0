import type { Translated } from '../catalogue.ts';
import type { translate as english } from '../en/translate.ts';

export const translate: Translated<typeof english> = {
  message: 'Traducir este mensaje',
  draft: 'Traducir este borrador',
  original: 'Ver original',
  again: 'Ver traducción',
  busy: 'Traduciendo',
  from: (language) => `Traducido del ${language}`,
  translated: 'Traducido',
  byBrowser: 'por su navegador',
  sentIn: (language) => `Enviado en ${language}`,
  written: (language) => `Escrito en ${language}`,
  showWritten: 'Ver lo que se escribió',
  showSent: 'Ver lo que se envió',
  same: (language) => `Ya está en ${language}`,
  none: 'Aquí no hay traducción disponible. Un administrador puede configurar un modelo.',
  failed: 'No se ha traducido.',
  retry: 'Reintentar',
  to: (language) => `Traducir al ${language}`,
  before: (language) => `Traducir al ${language} antes de enviar`,
  goesOut: (language) => `Se envía en ${language}.`,
  kept: 'Lo que ha escrito se guarda para el equipo.',
  back: 'Volver a lo que escribí',
  wentOn: 'Siguió escribiendo, así que no se ha sustituido nada.',
};
