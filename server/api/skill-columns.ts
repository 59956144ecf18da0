/** What a skill takes, and what of it may be seen. */
import { BuiltinSkillConfig, HttpSkillConfig, McpSkillConfig } from '../contract/skill.ts';
import { sealSkillSecrets, unsealSkillSecrets } from '../db/secrets.ts';
import type { Keyring } from '../db/secrets.ts';
import type { SettingRow } from '../db/settings.ts';
import { SIGNING_SECRET } from '../skills/http.ts';
import { builtinSkills, isReserved } from '../skills/registry.ts';
import { schemaFault } from '../skills/schema.ts';
import { secretsIn } from '../skills/vault.ts';
import { check } from './body.ts';
import { invalid, ProblemError } from './problem.ts';

type Input = Record<string, unknown>;
type Kind = keyof typeof CONFIGS;
interface Config extends Input {
  url?: string;
  method?: string;
  headers?: Record<string, string>;
  tools?: { parameters: Input }[];
}

const CONFIGS = { builtin: BuiltinSkillConfig, http: HttpSkillConfig, mcp: McpSkillConfig };
/** As the secrets of a custom channel are. */
const SIGNING = /^(whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/;

/** The columns for a request. What a skill lacks is no fault here: without an address no agent has it. */
export function skillColumns(input: Input, before: SettingRow | null, id: string, keys: Keyring): Input {
  const { secrets: given, effects, ...rest } = input as Input & { secrets?: Record<string, string>; effects?: boolean };
  const { kind, name } = { ...before, ...input } as { kind: Kind; name: string };
  if (before && input['kind'] !== undefined && input['kind'] !== before['kind']) throw invalid('kind', 'cannot be changed; make another skill');
  if (kind === 'builtin' ? !builtinSkills.has(name) : isReserved(name))
    throw invalid('name', kind === 'builtin' ? 'is no built-in skill' : 'is the name of a built-in skill');
  const config = checkConfig(kind, (input['config'] ?? before?.['config'] ?? {}) as Input);
  if (kind !== 'builtin') checkSchemas(input, config);
  const columns: Input = { ...rest, effects: effectsOf(kind, name, config, effects, before), ...(input['config'] === undefined ? {} : { config }) };
  const known = knownSecrets(keys, id, before?.['secrets']);
  const merged = Object.fromEntries(Object.entries({ ...known, ...given }).filter(([, secret]) => secret !== ''));
  if (kind !== 'builtin') checkSecrets(config, before, merged, given ?? {});
  return given === undefined ? columns : { ...columns, secrets: sealSkillSecrets(keys, id, merged) };
}

function checkConfig(kind: Kind, config: Input): Config {
  try {
    return check(CONFIGS[kind], config) as Config;
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.errors) throw error;
    const errors = error.errors.map(({ path, message }) => ({ path: ['config', path].filter(Boolean).join('.'), message }));
    throw new ProblemError('invalid', `${errors[0]?.path}: ${errors[0]?.message}`, { errors });
  }
}

function checkSchemas({ parameters }: Input, { tools }: Config): void {
  const schemas: [path: string, schema: Input][] = [
    ...(parameters === undefined ? [] : [['parameters', parameters as Input] as [string, Input]]),
    ...(tools ?? []).map((tool, at): [string, Input] => [`config.tools.${at}.parameters`, tool.parameters]),
  ];
  for (const [path, schema] of schemas) {
    const fault = schemaFault(schema);
    if (fault !== null) throw invalid(path, fault);
  }
}

/** Secrets that headers name have to be there, and do not follow to another host by themselves. */
function checkSecrets({ url, headers = {} }: Config, before: SettingRow | null, secrets: Record<string, string>, given: Record<string, string>): void {
  const signing = secrets[SIGNING_SECRET];
  if (signing !== undefined && !SIGNING.test(signing)) throw invalid(`secrets.${SIGNING_SECRET}`, 'must be whsec_ and a key in base64');
  const was = (before?.['config'] as Config | undefined)?.url;
  const moved = was !== undefined && url !== undefined && new URL(was).origin !== new URL(url).origin;
  for (const [header, value] of Object.entries(headers)) {
    for (const name of secretsIn(value)) {
      if (name === SIGNING_SECRET) throw invalid(`config.headers.${header}`, 'the signing secret is never sent');
      if (secrets[name] === undefined) throw invalid(`config.headers.${header}`, `names a secret that is not set: ${name}`);
      if (moved && !given[name]) throw invalid(`secrets.${name}`, 'has to be entered again for another host');
    }
  }
}

/** Whether a call changes something: a built-in skill knows; of others the team says so, and what is not read with GET does unless it says otherwise. */
function effectsOf(kind: Kind, name: string, { method }: Config, given: boolean | undefined, before: SettingRow | null): boolean {
  if (kind === 'builtin') return builtinSkills.get(name)?.effects ?? true;
  return given ?? (before?.['effects'] as boolean | undefined) ?? !(kind === 'http' && method === 'GET');
}

/** What was sealed under a key that this server does not have any more is as good as not set: it has to be entered again. */
function knownSecrets(keys: Keyring, id: string, sealed: unknown): Record<string, string> {
  try {
    return unsealSkillSecrets(keys, id, (sealed ?? null) as Uint8Array | null);
  } catch {
    return {};
  }
}

/** A skill without its secrets: which of them are set is told, never what they are. */
export function skillView({ secrets, ...row }: SettingRow, keys: Keyring): Input {
  return { ...row, hasSecrets: Object.keys(knownSecrets(keys, row.id, secrets)) };
}
