import type { Channel, ReplyMode } from '../../server/contract/common.ts';
import type { InLanguages, BusinessHours, RouteField } from '../../server/contract/settings.ts';
import { seal } from '../../server/db/secrets.ts';
import type { Keyring } from '../../server/db/secrets.ts';
import type { AccountSetting } from './accounts.ts';
import type { Account, AgentFigure, AgentKey, Cast, Customer, DepartmentKey, OperatorKey, Person, RouteFigure, RouteKey } from './cast.ts';
import { known } from './cast.ts';
import type { ContactSetting } from './contacts.ts';
import { idsOf } from './ids.ts';
import { Rows } from './rows.ts';
import type { Row } from './rows.ts';

/** What a workspace is made of; each list in the order in which its rows are shown. */
export interface WorkspaceSetting {
  slug: string;
  name: string;
  /** The host's own secret; null where it signs with that of the deployment. */
  secret: string | null;
  allowedHosts: string[];
  operators: Partial<Record<OperatorKey, { name: string; email: string; role: 'admin' | 'operator'; language: string | null }>>;
  departments: Partial<Record<DepartmentKey, { name: string; members: OperatorKey[]; hours?: BusinessHours }>>;
  agents: Partial<Record<AgentKey, Row & { name: string; active: boolean; replyMode: ReplyMode }>>;
  routes: Partial<
    Record<RouteKey, { label: string; kind: string; hint: string; labels?: InLanguages; hints?: InLanguages; department: DepartmentKey; fields?: RouteField[] }>
  >;
  accounts: readonly AccountSetting[];
  tags: readonly [name: string, color: number][];
  articles: readonly { key: string; title: string; text: string; language?: string; audience?: string }[];
}

/** A workspace with its people and settings, ready for stories. */
export interface Assembly {
  cast: Cast;
  /** Makes a customer known; the same key again is the same customer. */
  customer(key: string, setting: ContactSetting): Customer;
}

/** How long ago the team began with Convene. */
const begun = 800 * 86_400_000;

/** Makes the rows of a workspace that conversations refer to. */
export function assemble(setting: WorkspaceSetting, keys: Keyring, now: Date): Assembly {
  const rows = new Rows();
  const id = idsOf(setting.slug);
  const workspaceId = id();
  const createdAt = new Date(now.getTime() - begun);
  const stored = { workspaceId, createdAt };
  const secret = setting.secret === null ? null : seal(keys, `workspace:${workspaceId}`, setting.secret);
  rows.add('workspace', { id: workspaceId, slug: setting.slug, name: setting.name, secret, allowedHosts: setting.allowedHosts, createdAt });

  const operators = mapOf(setting.operators, (operator, subject): Person => {
    const row = { ...stored, id: id(), subject, ...operator };
    rows.add('operator', row);
    return row;
  });
  const departments = mapOf(setting.departments, ({ name, members, hours = null }) => {
    const row = { ...stored, id: id(), name, hours };
    rows.add('department', row);
    for (const member of members) rows.add('department_member', { workspaceId, departmentId: row.id, operatorId: known(operators, member).id });
    return row.id;
  });
  const agents = mapOf(setting.agents, (agent): AgentFigure => {
    const row = { ...stored, id: id(), ...agent };
    rows.add('agent', row);
    return row;
  });
  const routes = mapOf(setting.routes, ({ label, kind, hint, labels = [], hints = [], department, fields = [] }): RouteFigure => {
    const row = {
      ...stored,
      id: id(),
      label,
      kind,
      hint,
      labels,
      hints,
      fields,
      departmentId: known(departments, department),
      position: rows.of('route').length,
    };
    rows.add('route', row);
    return row;
  });
  const accounts = new Map<Channel, Account>(
    setting.accounts.map((account) => {
      const agent = account.agent ? known(agents, account.agent) : null;
      const departmentId = account.department ? known(departments, account.department) : null;
      const row = {
        ...stored,
        id: id(),
        channel: account.channel,
        name: account.name,
        address: account.address,
        settings: account.settings,
        agentId: agent?.id ?? null,
        departmentId,
      };
      const credentials = Object.keys(account.credentials).length > 0 ? seal(keys, `channel_account:${row.id}`, JSON.stringify(account.credentials)) : null;
      rows.add('channel_account', { ...row, credentials });
      return [account.channel, { id: row.id, channel: account.channel, address: account.address, agent, departmentId }];
    }),
  );
  const tags = new Map(
    setting.tags.map(([name, color]) => {
      const row = { ...stored, id: id(), name, color };
      rows.add('tag', row);
      return [name, row.id];
    }),
  );
  const articles = new Map(
    setting.articles.map(({ key: name, title, text, language = 'en', audience = 'everyone' }) => {
      const row = { ...stored, id: id(), title, text, language, audience, updatedAt: createdAt };
      rows.add('article', row);
      return [name, { id: row.id, title, passage: text }];
    }),
  );
  const cast: Cast = {
    workspaceId,
    workspaceName: setting.name,
    now,
    id,
    rows,
    operators,
    agents,
    departments,
    routes,
    accounts,
    tags,
    articles,
    cards: new Map(),
    playbooks: new Map(),
  };
  const customers = new Map<string, Customer>();
  return {
    cast,
    customer(name, contact) {
      const made = customers.get(name) ?? makeCustomer(cast, contact);
      customers.set(name, made);
      return made;
    },
  };
}

function makeCustomer({ workspaceId, id, rows, now }: Cast, { name, language, company, timeZone, attributes, handles }: ContactSetting): Customer {
  const createdAt = new Date(now.getTime() - begun / 2);
  const row: Row & { id: string } = {
    workspaceId,
    id: id(),
    name,
    email: handles.email ?? null,
    company: company ?? null,
    phone: handles.sms ?? handles.whatsapp ?? handles.voice ?? null,
    language,
    timeZone: timeZone ?? null,
    attributes: attributes ?? {},
    externalId: handles.chat ?? null,
    aiPausedBy: null,
    aiPausedAt: null,
    aiPausedReason: null,
    fence: 1,
    version: 1,
    createdAt,
  };
  rows.add('contact', row);
  const identities = Object.entries(handles).map(([channel, handle]): [Channel, string] => {
    const identity = { workspaceId, id: id(), contactId: row.id, channel, handle: channel === 'chat' ? `user:${handle}` : handle, createdAt };
    rows.add('identity', identity);
    return [channel as Channel, identity.id];
  });
  return { id: row.id, name, identities: new Map(identities), language, paused: false, row };
}

function mapOf<K extends string, V, T>(record: Partial<Record<K, V>>, make: (value: V, key: K) => T): ReadonlyMap<K, T> {
  return new Map((Object.entries(record) as [K, V][]).map(([key, value]) => [key, make(value, key)]));
}
