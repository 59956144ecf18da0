/** A small workspace for tests: people, agents and a chat account, by rows. */
import { v7 as newId } from 'uuid';
import type { ReplyMode } from '../../server/contract/common.ts';
import type { Db } from '../../server/db/change.ts';
import { receiveInbound } from '../../server/db/inbound.ts';
import type { Inbound } from '../../server/db/inbound-message.ts';

export interface World {
  workspaceId: string;
  slug: string;
  operators: { ana: string; ben: string };
  agents: { nova: string; sol: string };
  departments: { care: string };
  routes: { call: string; sales: string };
  chatAccount: string;
  /** A customer writes; its handle is new each time unless given. */
  writes(text: string, more?: Partial<Inbound> & { handle?: string }): Promise<{ conversationId: string; messageId: string; handle: string }>;
}

export interface WorldOptions {
  slug?: string;
  replyMode?: ReplyMode;
  /** Of both agents, in milliseconds; default 0. */
  burstWaitMs?: number;
}

export async function createWorld(db: Db, options: WorldOptions = {}): Promise<World> {
  const { sql } = db;
  const workspaceId = newId();
  const slug = options.slug ?? `w-${workspaceId.slice(-12)}`;
  await sql`insert into workspace ${sql({ id: workspaceId, slug, name: 'Morrow', allowedHosts: ['morrow.example'] })}`;
  const operators = { ana: newId(), ben: newId() };
  await sql`insert into operator ${sql([
    { workspaceId, id: operators.ana, subject: 'ana', name: 'Ana Duarte', role: 'admin' },
    { workspaceId, id: operators.ben, subject: 'ben', name: 'Ben Okafor', role: 'operator' },
  ])}`;
  const departments = { care: newId() };
  await sql`insert into department ${sql({ workspaceId, id: departments.care, name: 'Care' })}`;
  const agents = { nova: newId(), sol: newId() };
  const agent = { workspaceId, active: true, burstWaitMs: options.burstWaitMs ?? 0 };
  await sql`insert into agent ${sql([
    { ...agent, id: agents.nova, name: 'Nova', replyMode: options.replyMode ?? 'auto_send' },
    { ...agent, id: agents.sol, name: 'Sol', replyMode: 'auto_draft' },
  ])}`;
  const routes = { call: newId(), sales: newId() };
  await sql`insert into route ${sql([
    { workspaceId, id: routes.call, label: 'A call', kind: 'call', position: 0, departmentId: departments.care },
    { workspaceId, id: routes.sales, label: 'The sales team', kind: 'team', position: 1, departmentId: null },
  ])}`;
  await sql`insert into trigger ${sql([
    { workspaceId, id: newId(), kind: 'asks_for_person', config: sql.json({}), position: 0 },
    { workspaceId, id: newId(), kind: 'fallback_loop', config: sql.json({}), position: 1 },
  ])}`;
  await sql`insert into article ${sql([
    { workspaceId, id: newId(), title: 'Delivery time', text: 'Orders arrive within two working days. Express delivery takes one day.', language: 'en' },
    {
      workspaceId,
      id: newId(),
      title: 'Opening hours',
      text: 'The shop is open Monday to Friday from 9:00 to 18:00, and on Saturday from 10:00 to 16:00.',
      language: 'en',
    },
  ])}`;
  const chatAccount = newId();
  await sql`insert into channel_account ${sql({ workspaceId, id: chatAccount, channel: 'chat', name: 'Website', agentId: agents.nova, departmentId: departments.care })}`;
  return {
    workspaceId,
    slug,
    operators,
    agents,
    departments,
    routes,
    chatAccount,
    async writes(text, more = {}) {
      const handle = more.handle ?? newId();
      const received = await receiveInbound(db, {
        workspaceId,
        accountId: chatAccount,
        channel: 'chat',
        text,
        ...more,
        from: { handle, name: 'Marta Oliveira', ...more.from },
      });
      if (!received) throw new Error('the account is not there');
      return { conversationId: received.conversationId, messageId: received.messageId, handle };
    },
  };
}
