/** What `npm run manifest` writes: the manifest of the elements, and declarations for TypeScript, React, Vue and Svelte. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Package } from 'custom-elements-manifest';
import { z } from 'zod';
import { Channel, Problem } from '../../server/contract/common.ts';
import { VisitorMessage } from '../../server/contract/message.ts';
import { analyse } from '../../widgets/manifest/analyse.ts';
import { typings } from '../../widgets/manifest/typings.ts';

/** As much of JSON Schema as the contract's types come to. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

/** A schema as TypeScript writes its type. */
function printed({ type, enum: values, const: value, anyOf, items, properties, required = [], additionalProperties }: Schema): string {
  if (value !== undefined) return JSON.stringify(value);
  if (values) return values.map((one) => JSON.stringify(one)).join(' | ');
  if (anyOf) return anyOf.map(printed).join(' | ');
  if (Array.isArray(type)) return type.map((one: string) => printed({ type: one })).join(' | ');
  if (type === 'array') return `readonly (${printed(items ?? {})})[]`;
  if (properties)
    return `{ ${Object.entries(properties)
      .map(([name, one]) => `readonly ${name}${required.includes(name) ? '' : '?'}: ${printed(one)}`)
      .join('; ')} }`;
  if (type === 'object') return `Readonly<Record<string, ${typeof additionalProperties === 'object' ? printed(additionalProperties) : 'unknown'}>>`;
  return type === 'integer' ? 'number' : typeof type === 'string' ? type : 'unknown';
}

const contract = new Map(
  Object.entries({ Channel, Code: Problem.shape.code, VisitorMessage }).map(([name, schema]) => [
    name,
    printed(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Schema),
  ]),
);

/** Writes `custom-elements.json` and `types/` into a folder. */
export async function writeTypings(folder: string): Promise<Package> {
  const manifest = await analyse();
  const files = new Map([['custom-elements.json', `${JSON.stringify(manifest, undefined, 2)}\n`]]);
  for (const [path, text] of await typings(manifest, contract)) files.set(join('types', path), text);
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return manifest;
}
