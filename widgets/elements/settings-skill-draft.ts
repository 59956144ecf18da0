/** A skill as somebody fills it in: what is typed, what of it is new, and what of it goes to the API. */
import type { Skill } from '../../server/contract/skill.ts';
import { linesIn } from './settings-controls.ts';

export type SkillKind = Skill['kind'];
export type SkillRisk = Skill['risk'];

/** A tool of a server that agents may call. */
export interface ToolDraft {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly risk: SkillRisk;
  readonly effects: boolean;
}

/** What somebody typed. */
export interface SkillDraft {
  readonly kind: SkillKind;
  readonly name: string;
  readonly description: string;
  /** JSON as it is typed. */
  readonly parameters: string;
  readonly risk: SkillRisk;
  readonly effects: boolean;
  readonly agentIds: readonly string[];
  readonly method: string;
  readonly url: string;
  /** Seconds. */
  readonly timeout: string;
  readonly retries: string;
  readonly idempotent: boolean;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly tools: readonly ToolDraft[];
  /** One on each line. */
  readonly stages: string;
  /** Those that were touched; an empty one removes what was set. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** The secret by which requests are signed; it is never sent. */
export const SIGNING_SECRET = 'signingSecret';

interface Config {
  url?: string;
  method?: string;
  headers?: Record<string, string>;
  timeoutMs?: number;
  retries?: number;
  idempotent?: boolean;
  tools?: ToolDraft[];
  stages?: string[];
}

const written = (value: unknown): string => JSON.stringify(value, undefined, 2);

export const exampleParameters = written({
  type: 'object',
  properties: { orderNumber: { type: 'string', description: 'Number of the order, such as M-20417', maxLength: 40 } },
  required: ['orderNumber'],
  additionalProperties: false,
});

/** A form of a skill that is there, or of one to come. */
export function draftOf(kind: SkillKind, skill?: Skill): SkillDraft {
  const config = (skill?.config ?? {}) as Config;
  return {
    kind,
    name: skill?.name ?? '',
    description: skill?.description ?? '',
    parameters: written(skill?.parameters ?? { type: 'object', properties: {} }),
    risk: skill?.risk ?? 'low',
    effects: skill?.effects ?? true,
    agentIds: skill?.agentIds ?? [],
    method: config.method ?? 'POST',
    url: config.url ?? '',
    timeout: String((config.timeoutMs ?? 10_000) / 1_000),
    retries: String(config.retries ?? 2),
    idempotent: config.idempotent ?? false,
    headers: Object.entries(config.headers ?? {}),
    tools: config.tools ?? [],
    stages: (config.stages ?? []).join('\n'),
    secrets: {},
  };
}

const lines = (text: string): string[] => [...new Set(linesIn(text))];

function configOf(draft: SkillDraft): Record<string, unknown> {
  if (draft.kind === 'builtin') return draft.name === 'set_opportunity_stage' && lines(draft.stages).length > 0 ? { stages: lines(draft.stages) } : {};
  const url = draft.url.trim();
  const reached = {
    ...(url ? { url } : {}),
    headers: Object.fromEntries(draft.headers.filter(([name]) => name.trim()).map(([name, value]) => [name.trim(), value.trim()])),
    timeoutMs: Math.round(Number(draft.timeout) * 1_000),
  };
  if (draft.kind === 'mcp') return { ...reached, tools: draft.tools };
  return { ...reached, method: draft.method, retries: Number(draft.retries), idempotent: draft.idempotent };
}

/** Everything that the form holds, as the API takes it. @throws SyntaxError where the parameters are no JSON */
function plain(draft: SkillDraft): Record<string, unknown> {
  const { kind, name, description, risk, effects, agentIds } = draft;
  const own = kind === 'http' ? { effects, parameters: JSON.parse(draft.parameters) as unknown } : {};
  return { name: name.trim(), description: description.trim(), risk, agentIds, config: configOf(draft), ...own };
}

/**
 * What would be saved: only what differs.
 * @throws SyntaxError where the parameters are no JSON
 */
export function bodyOf(draft: SkillDraft, base?: Skill): Record<string, unknown> {
  const now = plain(draft);
  const typed = Object.entries(draft.secrets).filter(([name, secret]) => name !== '' && (secret !== '' || base?.hasSecrets.includes(name)));
  const secrets = typed.length > 0 ? { secrets: Object.fromEntries(typed) } : {};
  if (!base) return { kind: draft.kind, ...now, ...secrets };
  const before = plain(draftOf(draft.kind, base));
  return { ...Object.fromEntries(Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]))), ...secrets };
}

/** Whether something is typed that is not saved. */
export function isChanged(draft: SkillDraft, base?: Skill): boolean {
  try {
    const body = bodyOf(draft, base);
    return base ? Object.keys(body).length > 0 : draft.name !== '' || draft.description !== '' || draft.url !== '';
  } catch {
    return true;
  }
}
