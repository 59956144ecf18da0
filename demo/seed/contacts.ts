import type { Channel } from '../../server/contract/common.ts';

export interface ContactSetting {
  name: string;
  language: string;
  company?: string;
  timeZone?: string;
  attributes?: Record<string, string | boolean>;
  /** Handles by channel. The one in the chat is the shop's own id of the customer. */
  handles: Partial<Record<Channel, string>>;
}

/** Customers of Morrow, by the key that stories name them by. */
export const contacts = {
  marta: {
    name: 'Marta Oliveira',
    language: 'en',
    company: 'Casa Oliveira',
    timeZone: 'Europe/Lisbon',
    attributes: { role: 'Owner', machine: 'Heron Duo', serial: 'HD-20418' },
    handles: { chat: 'marta', email: 'marta@casaoliveira.example', voice: '+351912555016' },
  },
  dmitri: {
    name: 'Dmitri Halloran',
    language: 'en',
    timeZone: 'Europe/Amsterdam',
    handles: { whatsapp: '+31655501842', email: 'dmitri@halloran.example', chat: 'dmitri' },
  },
  priya: {
    name: 'Priya Raman',
    language: 'en',
    company: 'Ledger House',
    timeZone: 'Europe/London',
    attributes: { role: 'Head of Workplace', opportunity: 'Proposal' },
    handles: { email: 'priya.raman@ledgerhouse.example', sms: '+442079460311' },
  },
  jonas: { name: 'Jonas Weidmann', language: 'de', timeZone: 'Europe/Berlin', handles: { sms: '+4915155500123' } },
  noor: { name: 'نور الحداد', language: 'ar', timeZone: 'Asia/Dubai', handles: { instagram: '5550017843' } },
  tobias: { name: 'Tobias Lindgren', language: 'en', company: 'Norra Kontor', timeZone: 'Europe/Stockholm', handles: { email: 'tobias@norrakontor.example' } },
  samuel: {
    name: 'Samuel Adeyemi',
    language: 'en',
    company: 'Bright Street Deli',
    timeZone: 'Europe/London',
    handles: { email: 'samuel@brightstreet.example', sms: '+447700900182' },
  },
  celine: { name: 'Céline Aubert', language: 'fr', timeZone: 'Europe/Paris', handles: { voice: '+33155501290', email: 'celine.aubert@posteo.example' } },
  aoife: { name: 'Aoife Brennan', language: 'en', timeZone: 'Europe/Dublin', handles: { chat: 'aoife' } },
  alexandrina: {
    name: 'Alexandrina Papadopoulou-Whitcombe',
    language: 'en',
    company: 'Meridian Facilities',
    timeZone: 'Europe/London',
    handles: { email: 'alexandrina.papadopoulou-whitcombe@meridianfacilities.example' },
  },
  luca: {
    name: 'Luca Ferrante',
    language: 'it',
    company: 'Bar Ferrante, Bologna',
    timeZone: 'Europe/Rome',
    handles: { whatsapp: '+39333555127', email: 'luca@barferrante.example', voice: '+390515550127' },
  },
  ingrid: {
    name: 'Ingrid Solheim',
    language: 'en',
    company: 'Fjordkafé',
    timeZone: 'Europe/Oslo',
    handles: { chat: 'ingrid', email: 'ingrid@fjordkafe.example' },
  },
  unknown: { name: '+1 503 555 0148', language: 'en', handles: { sms: '+15035550148' } },
  grace: { name: 'Grace Kimani', language: 'en', company: 'Savannah Roasters', timeZone: 'Africa/Nairobi', handles: { linkedin: 'grace-kimani-roasts' } },
  hanne: { name: 'Hanne Vestergaard', language: 'en', timeZone: 'Europe/Copenhagen', handles: { email: 'hanne@vestergaard.example' } },
  oliver: { name: 'Oliver Nakamura', language: 'en', timeZone: 'Europe/London', handles: { email: 'oliver.nakamura@posteo.example' } },
  mirela: { name: 'Mirela Popescu', language: 'en', company: 'Cafeneaua Verde', timeZone: 'Europe/Bucharest', handles: { sms: '+40721555190' } },
  theo: { name: 'Théo Marchand', language: 'fr', company: 'Atelier Nord', timeZone: 'Europe/Paris', handles: { email: 'theo@ateliernord.example' } },
  yuki: { name: 'Yuki Kobayashi', language: 'en', timeZone: 'Europe/London', handles: { chat: 'yuki' } },
  petra: { name: 'Petra Wójcik', language: 'pl', timeZone: 'Europe/Warsaw', handles: { whatsapp: '+48601555207' } },
  lucia: { name: 'Lucía Fuentes', language: 'es', timeZone: 'Europe/Madrid', handles: { instagram: '5550020992' } },
  margit: { name: 'Margit Bauer', language: 'de', timeZone: 'Europe/Vienna', handles: { chat: 'margit' } },
  edith: { name: 'Edith Moreau', language: 'fr', handles: { email: 'edith.moreau@posteo.example' } },
  rosalind: { name: 'Rosalind Nkemelu', language: 'en', handles: { sms: '+447700900377' } },
  beatriz: { name: 'Beatriz Carvalho', language: 'pt', timeZone: 'Europe/Lisbon', handles: { chat: 'beatriz' } },
  giulia: { name: 'Giulia Romano', language: 'en', company: 'Kaffeeshop Nord, partner', handles: { custom: 'partner-2207' } },
  hector: { name: 'Héctor Villanueva', language: 'es', timeZone: 'Europe/Madrid', handles: { whatsapp: '+34655501733' } },
  freya: { name: 'Freya Lindqvist', language: 'en', company: 'Lindqvist & Co', handles: { email: 'freya@lindqvist.example' } },
  ines: { name: 'Inês Tavares', language: 'en', company: 'Oficina Tavares', handles: { chat: 'ines' } },
  kwame: { name: 'Kwame Mensah', language: 'en', company: 'Harbour Coffee Cart', handles: { voice: '+447700900614' } },
  sofia: { name: 'Sofia Rossi', language: 'en', handles: { chat: 'sofia' } },
  thomas: { name: 'Thomas Achterberg', language: 'nl', company: 'Achterberg Advies', handles: { email: 'thomas@achterberg.example' } },
  emeka: { name: 'Emeka Obi', language: 'en', company: 'Obi & Daughters', handles: { whatsapp: '+447700900255' } },
  nadia: { name: 'نادية كريم', language: 'ar', timeZone: 'Asia/Riyadh', handles: { whatsapp: '+966555500172' } },
  hiroshi: { name: 'Hiroshi Tanaka', language: 'en', company: 'Tanaka Architects', handles: { email: 'h.tanaka@tanakaarchitects.example' } },
  wilhelmina: {
    name: 'Dr. Wilhelmina Schöttelkotter-von Reichenbach',
    language: 'de',
    company: 'Café Kranz Betriebsgesellschaft mbH',
    timeZone: 'Europe/Berlin',
    handles: { email: 'w.schoettelkotter@cafekranz.example' },
  },
  sam: { name: 'sam.pulls.shots', language: 'en', handles: { instagram: '5550031408' } },
  olu: { name: 'Olu Bankole', language: 'en', handles: { chat: 'olu' } },
  daniel: { name: 'Daniel Ferreira', language: 'pt', handles: { sms: '+351916555420' } },
  hollis: {
    name: 'Hollis Grant',
    language: 'en',
    company: 'Grant’s Roastery',
    timeZone: 'Europe/London',
    attributes: { plan: 'Service plan', machines: '6' },
    handles: { whatsapp: '+447700900811', email: 'hollis@grantsroastery.example' },
  },
  zofia: { name: 'Zofia Nowak', language: 'en', company: 'Młyn Café', handles: { email: 'zofia@mlyncafe.example' } },
  amelie: { name: 'Amélie Dubois', language: 'fr', timeZone: 'Europe/Paris', handles: { chat: 'amelie' } },
  anselm: { name: 'Anselm Richter', language: 'en', company: 'Richter Immobilien', handles: { linkedin: 'anselm-richter' } },
  leila: { name: 'Leila Haddad', language: 'en', handles: { instagram: '5550044126' } },
  pavel: { name: 'Pavel Dvořák', language: 'en', company: 'Kavárna Most, partner', handles: { custom: 'partner-3110' } },
} satisfies Record<string, ContactSetting>;
export type ContactKey = keyof typeof contacts;
