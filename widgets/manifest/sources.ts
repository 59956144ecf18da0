/** Exported types, functions and constants of the widgets as declarations, with every type that they name. */
import { readFile } from 'node:fs/promises';
import { ts, type Node } from '@custom-elements-manifest/analyzer';

const folder = new URL('../', import.meta.url);
const { SyntaxKind } = ts;

/** Declarations by name, collected as they are asked for. Types of the server's contract are told by whoever collects. */
export class Declarations {
  readonly texts = new Map<string, string>();
  private readonly contract: ReadonlyMap<string, string>;

  constructor(contract: ReadonlyMap<string, string>) {
    this.contract = contract;
  }

  /**
   * Collects what one file exports by a name, or imports, and then what that names.
   * @param path from `widgets/`
   * @throws where it is neither, or leaves its type to be inferred
   */
  async need(name: string, path: string): Promise<void> {
    if (this.texts.has(name)) return;
    const text = await readFile(new URL(path, folder), 'utf8');
    const statement = ts
      .createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
      .statements.find((one) => (one.name ?? one.declarationList?.declarations[0]?.name)?.getText() === name);
    if (statement) {
      const declared = declare(statement, name);
      this.texts.set(name, declared);
      return this.needAll(declared, path);
    }
    const from = importedFrom(text, name);
    if (!from) throw new Error(`${path} knows nothing called ${name}`);
    const target = new URL(from, new URL(path, folder)).pathname;
    if (target.startsWith(folder.pathname)) return this.need(name, target.slice(folder.pathname.length));
    const told = this.contract.get(name);
    if (!told) throw new Error(`${path} gives pages ${name} of the contract, which nobody tells them`);
    this.texts.set(name, `export type ${name} = ${told};`);
  }

  /** Collects everything that a text names and its file declares or imports from other files. */
  async needAll(text: string, path: string): Promise<void> {
    const source = await readFile(new URL(path, folder), 'utf8');
    const names = new Set(text.replace(/\/\*[\s\S]*?\*\/|'[^']*'/g, '').match(/\b[A-Z]\w*\b|(?<=\btypeof )\w+/g) ?? []);
    for (const name of names) {
      if (new RegExp(`^(?:export )?(?:interface|type|const) ${name}\\b`, 'm').test(source) || importedFrom(source, name)?.startsWith('.'))
        await this.need(name, path);
    }
  }
}

/** Where a name comes from that a file imports. */
const importedFrom = (source: string, name: string): string | undefined =>
  [...source.matchAll(/^import (?:type )?\{([^}]*)\} from '([^']+)';$/gm)].find(([, names]) =>
    names!.split(',').some((one) => one.replace(/^\s*type /, '').trim() === name),
  )?.[2];

function declare(statement: Node, name: string): string {
  const comment = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(statement.getFullText().slice(0, -statement.getText().length))?.[0].trim();
  const typed = (): string => {
    const text = statement.getText().replace(/^export /, '');
    if (statement.kind === SyntaxKind.InterfaceDeclaration || statement.kind === SyntaxKind.TypeAliasDeclaration) return text;
    const [variable] = statement.declarationList?.declarations ?? [];
    if (variable?.initializer?.kind === SyntaxKind.ObjectLiteralExpression) return `declare const ${name}: ${shapeOf(variable.initializer)};`;
    if (variable?.type) return `declare const ${name}: ${variable.type.getText()};`;
    if (statement.kind === SyntaxKind.FunctionDeclaration && statement.type && statement.body)
      return `declare ${text
        .slice(0, -statement.body.getText().length)
        .replace(/^async /, '')
        .trim()};`;
    throw new Error(`${name} leaves its type to be inferred`);
  };
  const text = typed();
  // Our words are told by their shape alone: nobody may take them as they are.
  return `${comment ? `${comment}\n` : ''}${text.includes(': { readonly ') ? '' : 'export '}${text}`;
}

/** The type of a group of texts, as an object literal writes it: texts, functions that give texts, and groups of them. */
function shapeOf(value: Node): string {
  if (value.kind === SyntaxKind.ObjectLiteralExpression) {
    return `{ ${value.properties!.map((one) => `readonly ${one.name!.getText()}: ${one.initializer ? shapeOf(one.initializer) : `typeof ${one.name!.getText()}`}`).join('; ')} }`;
  }
  if (value.kind === SyntaxKind.ArrowFunction) return `(${value.parameters!.map((one) => one.getText()).join(', ')}) => string`;
  return value.kind === SyntaxKind.AsExpression ? value.type!.getText() : 'string';
}
