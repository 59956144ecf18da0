/** The part of the analyzer that is used here; its own types lack it, and those of the compiler that it carries. */
declare module '@custom-elements-manifest/analyzer' {
  import type { Package } from 'custom-elements-manifest';

  /** A node of the compiler's tree, as far as it is looked at. */
  export interface Node {
    readonly kind: number;
    readonly name?: Node;
    readonly type?: Node;
    readonly expression?: Node;
    readonly arguments?: readonly Node[];
    readonly members?: readonly Node[];
    readonly text?: string;
    readonly body?: Node;
    readonly initializer?: Node;
    readonly properties?: readonly Node[];
    readonly parameters?: readonly Node[];
    readonly declarationList?: { readonly declarations: readonly Node[] };
    getText(): string;
    getFullText(): string;
  }
  export interface Plugin {
    name: string;
    analyzePhase?(at: { readonly node: Node; readonly moduleDoc: Package['modules'][number] }): void;
  }
  export const ts: {
    readonly ScriptTarget: { readonly ES2022: number };
    readonly SyntaxKind: {
      readonly ArrowFunction: number;
      readonly AsExpression: number;
      readonly ObjectLiteralExpression: number;
      readonly CallExpression: number;
      readonly ClassDeclaration: number;
      readonly FunctionDeclaration: number;
      readonly InterfaceDeclaration: number;
      readonly TypeAliasDeclaration: number;
    };
    createSourceFile(name: string, text: string, target: number, setParents: boolean): Node & { readonly statements: readonly Node[] };
  };
  export function create(options: { modules: readonly Node[]; plugins: readonly Plugin[]; context: { dev: boolean } }): Package;
}

declare module '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js' {
  import type { Plugin } from '@custom-elements-manifest/analyzer';

  export function litPlugin(): Plugin[];
}
