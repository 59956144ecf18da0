/** Parameters as JSON Schemas: the schema itself checked when it is saved, arguments on each call. */
import { createContext, Script } from 'node:vm';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

export type JsonObject = Record<string, unknown>;

/** Characters of a schema, and of the arguments of one call. */
const MAX_SCHEMA = 20_000;
const MAX_ARGUMENTS = 20_000;
/** Milliseconds that one pattern may take on one text: whoever writes the schema is not whoever runs the server. */
const PATTERN_MS = 50;
const MOST_FAULTS = 5;

const sandbox = createContext({ pattern: null, text: '' });
const test = new Script('pattern.test(text)');

/** A regular expression that gives up in time; what takes longer does not match. */
function timed(source: string, flags: string) {
  const pattern = new RegExp(source, flags);
  return {
    test(text: string): boolean {
      try {
        return test.runInContext(Object.assign(sandbox, { pattern, text }), { timeout: PATTERN_MS }) as boolean;
      } catch {
        return false;
      }
    },
    toString: () => String(pattern),
  };
}

const regExp = Object.assign(timed, { code: 'timed' });

/** One for each schema: nothing of one workspace's stays behind for another's. */
function compile(schema: JsonObject): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true, code: { regExp } });
  formats.default(ajv);
  const { $schema: _, $id: __, ...rest } = schema;
  return ajv.compile(rest);
}

const known = new Map<string, ValidateFunction>();
const MOST_KNOWN = 200;

function validatorOf(schema: JsonObject): ValidateFunction {
  const key = JSON.stringify(schema);
  const before = known.get(key);
  if (before) return before;
  const made = compile(schema);
  if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value ?? '');
  known.set(key, made);
  return made;
}

const say = ({ instancePath, message, params }: ErrorObject): string => {
  const at = instancePath.replace(/^\//, '').replaceAll('/', '.');
  const more = 'additionalProperty' in params ? `: ${String(params['additionalProperty']).slice(0, 60)}` : '';
  return `${at ? `${at} ` : ''}${message ?? 'is not valid'}${more}`;
};

/** What is wrong with a schema of parameters, in words; null where it can be used. It has to describe an object. */
export function schemaFault(schema: JsonObject): string | null {
  if (JSON.stringify(schema).length > MAX_SCHEMA) return `must have at most ${MAX_SCHEMA} characters`;
  if (schema['type'] !== 'object') return 'must be a JSON Schema of type object';
  try {
    compile(schema);
    return null;
  } catch (error) {
    return `is no JSON Schema that can be used: ${(error as Error).message.slice(0, 300)}`;
  }
}

/** What is wrong with the arguments of a call, in words; null where they fit. */
export function argumentsFault(schema: JsonObject, args: unknown): string | null {
  if ((JSON.stringify(args) ?? '').length > MAX_ARGUMENTS) return `must have at most ${MAX_ARGUMENTS} characters`;
  const validate = validatorOf(schema);
  return validate(args) ? null : (validate.errors ?? []).slice(0, MOST_FAULTS).map(say).join('; ') || 'is not valid';
}
