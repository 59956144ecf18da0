/** What the closed chat says before anything of it has been fetched, by language: what its button does, and that it could not be done. */
export const openChat: Readonly<Record<string, readonly [open: string, failed: string]>> = {
  en: ['Open chat', 'The chat could not be loaded. Try again'],
  es: ['Abrir chat', 'No se pudo cargar el chat. Reintentar'],
  pt: ['Abrir chat', 'Não foi possível carregar o chat. Tentar de novo'],
  de: ['Chat öffnen', 'Der Chat konnte nicht geladen werden. Erneut versuchen'],
  ar: ['فتح المحادثة', 'تعذّر تحميل المحادثة. أعد المحاولة'],
};
