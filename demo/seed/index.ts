/** The demo's data: workspace `demo`, believable, and workspace `rival`, to show that nothing crosses. */
import type { Db } from '../../server/db/change.ts';
import type { Transaction } from '../../server/db/connect.ts';
import type { Keyring } from '../../server/db/secrets.ts';
import { errorCode } from '../../server/process.ts';
import { demoAccounts, rivalSecret } from './accounts.ts';
import type { StandIns } from './accounts.ts';
import { articles } from './articles.ts';
import { assemble } from './assemble.ts';
import type { Assembly } from './assemble.ts';
import { known } from './cast.ts';
import { contacts } from './contacts.ts';
import { tellKnowledge } from './knowledge.ts';
import { tellReport } from './report.ts';
import { tellRival } from './rival.ts';
import { playbooks } from './playbooks.ts';
import * as setting from './settings.ts';
import { tellAgents } from './stories/agents.ts';
import { tellDrafts } from './stories/drafts.ts';
import { tellLong } from './stories/long.ts';
import { tellPast } from './stories/past.ts';
import { tellPeople } from './stories/people.ts';
import type { Tell } from './stories/tell.ts';
import { tellWaiting } from './stories/waiting.ts';
import { Story } from './story.ts';
import type { Row } from './rows.ts';
import { writeTickets } from './tickets.ts';
import { hasWorkspace, lockSeed, noteReceived, removeWorkspaces, writeRows } from './write.ts';

export interface SeedOptions {
  /** Of the deployment: credentials of the demo's accounts follow from it. */
  secret: string;
  /** Encrypt credentials at rest. */
  encryptionKeys: Keyring;
  standIns: StandIns;
  /** All times are counted back from it. */
  now: Date;
}

/** Fills an empty database with the demo's data; does nothing where workspace `demo` is there. */
export async function seed(db: Db, options: SeedOptions): Promise<void> {
  if (await hasWorkspace(db.sql, 'demo')) return;
  await db.sql.begin(async (sql) => {
    await lockSeed(sql as Transaction);
    if (!(await hasWorkspace(sql as Transaction, 'demo'))) await write(sql as Transaction, options);
  });
}

/** How often the seed is put back anew where it and work under way waited for each other: it takes everything, in no order that others keep. */
const ATTEMPTS = 10;

/** Puts the demo's data back as it was at first, in place of what became of it. Readers of the event log begin anew. */
export async function reseed(db: Db, options: SeedOptions): Promise<void> {
  const removed = await replace(db, options);
  for (const workspaceId of removed) {
    db.signals.publish({ kind: 'events', workspaceId });
    db.signals.publish({ kind: 'access', workspaceId });
  }
}

async function replace(db: Db, options: SeedOptions): Promise<string[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.sql.begin(async (sql) => {
        await lockSeed(sql as Transaction);
        const ids = await removeWorkspaces(sql as Transaction, ['demo', 'rival']);
        await write(sql as Transaction, options);
        return ids;
      });
    } catch (error) {
      if (attempt === ATTEMPTS || errorCode(error) !== '40P01') throw error;
    }
  }
}

async function write(sql: Transaction, options: SeedOptions): Promise<void> {
  const told = demo(options);
  for (const { cast } of [told, rival(options)]) await writeRows(sql, cast.rows);
  await writeTickets(sql, told.cast);
  await noteReceived(sql, ['demo', 'rival']);
}

function demo({ secret, encryptionKeys, standIns, now }: SeedOptions): Assembly {
  const assembly = assemble(
    {
      slug: 'demo',
      name: 'Morrow',
      secret: null,
      allowedHosts: ['morrow.example', '*.morrow.example'],
      operators: setting.operators,
      departments: setting.departments,
      agents: setting.agents,
      routes: setting.routes,
      accounts: demoAccounts(secret, standIns),
      tags: setting.tags,
      articles,
    },
    encryptionKeys,
    now,
  );
  shape(assembly, standIns);
  const tell: Tell = (who, channel, options) => new Story(assembly.cast, assembly.customer(who, contacts[who]), channel, options);
  for (const part of [tellLong, tellPast, tellPeople, tellAgents, tellDrafts, tellWaiting]) part(tell);
  tellReport(assembly);
  tellKnowledge(assembly);
  return assembly;
}

/** Rules, words and skills of the team. */
function shape({ cast }: Assembly, { custom }: StandIns): void {
  const { workspaceId, id, rows, agents, departments, routes, operators, now } = cast;
  const row = () => ({ workspaceId, id: id(), createdAt: new Date(now.getTime() - 30 * 86_400_000) });
  const cards = new Map<string, { id: string; title: string }>();
  const books = new Map<string, { id: string; plan: Row }>();
  setting.intents.forEach(([name, label, description, hot = false], position) => rows.add('intent', { ...row(), name, label, description, hot, position }));
  setting.triggers.forEach(({ kind, config, agent, department, route, priority }, position) =>
    rows.add('trigger', {
      ...row(),
      kind,
      config,
      agentId: agent ? known(agents, agent).id : null,
      departmentId: department ? known(departments, department) : null,
      routeId: route ? known(routes, route).id : null,
      priority: priority ?? null,
      position,
    }),
  );
  setting.cards.forEach(({ key, surface, title, text, agent, channels, tags, department, active = true }, position) => {
    const scope = {
      ...(agent && { agentIds: [known(agents, agent).id] }),
      ...(channels && { channels }),
      ...(tags && { tags }),
      ...(department && { departmentIds: [known(departments, department)] }),
    };
    const card = { ...row(), surface, title, text, scope, active, position };
    rows.add('guidance_card', card);
    cards.set(key, card);
  });
  playbooks.forEach(({ agent, steps, exits, routes: ways, ...book }, position) => {
    const plan = {
      name: book.name,
      goal: book.goal,
      slots: book.slots,
      onGoal: book.onGoal,
      routeIds: ways.map((way) => known(routes, way).id),
      steps: steps.map((step) => ({ ...step, skill: null })),
      exits: exits.map(({ route, ...exit }) => ({ ...exit, routeId: route ? known(routes, route).id : null })),
    };
    const made = { ...row(), ...plan, agentId: known(agents, agent).id, begins: book.begins, position };
    rows.add('playbook', made);
    books.set(book.name, { id: made.id, plan });
  });
  for (const skill of setting.skills) rows.add('skill', { ...row(), kind: 'builtin', ...skill, config: {} });
  rows.add('skill', {
    ...row(),
    kind: 'http',
    ...setting.orderSkill,
    config: { url: `${custom}/orders`, method: 'POST', headers: {}, timeoutMs: 5_000, retries: 2, idempotent: true },
  });
  setting.routingRules.forEach(({ name, conditions, department, tags, priority }, position) =>
    rows.add('routing_rule', {
      ...row(),
      name,
      conditions,
      actions: { departmentId: known(departments, department), ...(tags && { tags }), ...(priority && { priority }) },
      position,
    }),
  );
  for (const [name, text] of setting.quickReplies) rows.add('quick_reply', { ...row(), name, text });
  for (const { name, owner, filter } of setting.views) rows.add('saved_view', { ...row(), name, ownerId: owner ? known(operators, owner).id : null, filter });
  cast.cards = cards;
  cast.playbooks = books;
}

function rival({ secret, encryptionKeys, now }: SeedOptions): Assembly {
  const account = { department: 'desk' as const, agent: 'rook' as const, settings: {}, credentials: {} };
  const assembly = assemble(
    {
      slug: 'rival',
      name: 'Tern Tea',
      secret: rivalSecret(secret),
      allowedHosts: [],
      operators: { rita: { name: 'Rita Sandoval', email: 'rita@terntea.example', role: 'admin', language: null } },
      departments: { desk: { name: 'Desk', members: ['rita'] } },
      agents: { rook: { ...setting.agents.nova, name: 'Rook', instructions: 'You answer about tea.', languages: ['en'] } },
      routes: { call: { label: 'A call', kind: 'call', hint: '', department: 'desk' } },
      accounts: [
        { ...account, channel: 'chat', name: 'Tern Tea', address: 'terntea.example' },
        { ...account, channel: 'email', name: 'Mail', address: 'hello@terntea.example' },
      ],
      tags: [['Wholesale', 1]],
      articles: [{ key: 'samples', title: 'Samples and dispatch', text: 'Samples and orders leave us every Thursday. To Ireland they take four days.' }],
    },
    encryptionKeys,
    now,
  );
  tellRival(assembly);
  return assembly;
}
