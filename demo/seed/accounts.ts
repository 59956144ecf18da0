import { hkdfSync } from 'node:crypto';
import type { Channel } from '../../server/contract/common.ts';
import type { AgentKey, DepartmentKey } from './cast.ts';

/** A channel account of the demo, with what its provider would have given us. */
export interface AccountSetting {
  channel: Channel;
  name: string;
  address: string;
  agent: AgentKey | null;
  department: DepartmentKey | null;
  settings: Record<string, unknown>;
  credentials: Record<string, unknown>;
}

/** Where the stand-ins of the providers are that take a typed-in address; those of Twilio and Meta belong to the deployment. */
export interface StandIns {
  smtp: { host: string; port: number };
  custom: string;
}

/** What Meta has approved for Morrow: these go also when the time for free answers is over. */
const templates = [
  { name: 'order_update', language: 'en', body: 'Hello {{1}}, your order {{2}} has left our depot.' },
  { name: 'follow_up', language: 'en', body: 'Hello {{1}}, you asked us about the {{2}}. Is there anything else that we can help with?' },
  { name: 'follow_up', language: 'pt', body: 'Olá {{1}}, perguntou-nos sobre a {{2}}. Podemos ajudar em mais alguma coisa?' },
];

/**
 * The accounts of workspace `demo`. Credentials follow from the secret of the deployment, so that the payloads that the
 * demo plays are signed with what the accounts are checked against.
 */
export function demoAccounts(secret: string, standIns: StandIns): AccountSetting[] {
  const derive = (name: string, bytes = 24) => Buffer.from(hkdfSync('sha256', secret, 'demo', name, bytes));
  const hex = (name: string, bytes?: number) => derive(name, bytes).toString('hex');
  const meta = (name: string) => ({ appSecret: hex(`${name} app`, 16), verifyToken: hex(`${name} verify`, 12), accessToken: hex(`${name} access`) });
  return [
    { channel: 'chat', name: 'Morrow shop', address: 'morrow.example', agent: 'nova', department: 'care', settings: { title: 'Morrow' }, credentials: {} },
    {
      channel: 'email',
      name: 'hello@morrow.example',
      address: 'hello@morrow.example',
      agent: 'sol',
      department: 'sales',
      settings: { fromName: 'Morrow', smtpHost: standIns.smtp.host, smtpPort: standIns.smtp.port, smtpSecurity: 'none', plusAddressing: true },
      credentials: { webhookSecrets: [hex('email')] },
    },
    {
      channel: 'sms',
      name: 'Text line',
      address: '+31850640114',
      agent: 'vega',
      department: 'service',
      settings: { accountSid: `AC${hex('sms account', 16)}` },
      credentials: { authToken: hex('sms', 16) },
    },
    {
      channel: 'whatsapp',
      name: 'WhatsApp',
      address: '+31850640115',
      agent: 'nova',
      department: 'care',
      settings: { phoneNumberId: '104500220017', templates },
      credentials: meta('whatsapp'),
    },
    {
      channel: 'instagram',
      name: '@morrow.coffee',
      address: 'morrow.coffee',
      agent: 'nova',
      department: 'care',
      settings: { instagramId: '178414000231' },
      credentials: meta('instagram'),
    },
    {
      channel: 'voice',
      name: 'Care line',
      address: '+31850640116',
      agent: null,
      department: 'care',
      settings: {},
      credentials: { webhookSecrets: [hex('voice')] },
    },
    { channel: 'linkedin', name: 'LinkedIn', address: 'morrow-coffee', agent: null, department: 'sales', settings: {}, credentials: {} },
    {
      channel: 'custom',
      name: 'Partner portal',
      address: 'partners.morrow.example',
      agent: 'nova',
      department: 'sales',
      settings: { url: standIns.custom },
      credentials: { webhookSecrets: [`whsec_${derive('custom', 32).toString('base64')}`] },
    },
  ];
}

/** The secret with which the host of workspace `rival` signs its tokens; `demo` has that of the deployment. */
export function rivalSecret(secret: string): string {
  return Buffer.from(hkdfSync('sha256', secret, 'demo', 'rival host', 36)).toString('base64url');
}
