import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { whyOf } from '../../server/domain/fault.ts';
import { version } from '../../widgets/ui/define.ts';
import { compileSample } from '../support/consumer.ts';

/** Every source file with what it imports: paths within the project, or names of packages. */
interface Source {
  path: string;
  lines: number;
  imports: { target: string; typesOnly: boolean }[];
}

const root = join(import.meta.dirname, '../..');
const sources = ['server', 'widgets', 'demo'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(join(folder, name))),
);

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const imports = [...text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm)].map(
    ([, types, fixed, dynamic]) => ({ target: resolve(path, fixed ?? dynamic ?? ''), typesOnly: types !== undefined }),
  );
  return { path, lines: text.split('\n').length - 1, imports };
}

function resolve(from: string, target: string): string {
  return target.startsWith('.') ? normalize(join(dirname(from), target)) : target;
}

/** Imports of files under `folder` that none of the patterns allows. */
const against = (folder: string, allowed: RegExp[], only: (of: Source['imports'][number]) => boolean = () => true) =>
  sources
    .filter(({ path }) => path.startsWith(folder))
    .flatMap(({ path, imports }) =>
      imports.filter((of) => only(of) && !allowed.some((pattern) => pattern.test(of.target))).map(({ target }) => `${path} → ${target}`),
    );

describe('the house', () => {
  it('keeps the rules in domain/ pure: they import rules and types of the contract only', () => {
    expect(against('server/domain/', [/^server\/domain\//], ({ typesOnly }) => !typesOnly)).toEqual([]);
    expect(against('server/domain/', [/^server\/domain\//, /^server\/contract\//])).toEqual([]);
  });

  it('lets nothing but db/ speak to Postgres', () => {
    const offenders = sources.filter(
      ({ path, imports }) => path.startsWith('server/') && !path.startsWith('server/db/') && imports.some(({ target }) => /^(postgres|pg)$/.test(target)),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
    const withSql = sources.filter(
      ({ path }) => path.startsWith('server/') && !path.startsWith('server/db/') && /\bsql`/.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(withSql.map(({ path }) => path)).toEqual([]);
  });

  it('lets channels and skills see their interface and their SDK only', () => {
    expect(against('server/channels/', [/^server\/channels\//, /^(?!server|widgets|demo|test)/])).toEqual([]);
    expect(against('server/skills/', [/^server\/skills\//, /^(?!server|widgets|demo|test)/])).toEqual([]);
  });

  it('lets the elements see types of the contract, and nothing else of the server', () => {
    expect(against('widgets/', [/^widgets\//, /^(?!server|demo|test)/, /^server\/contract\//])).toEqual([]);
    expect(against('widgets/', [/^(?!server)/], ({ typesOnly }) => !typesOnly)).toEqual([]);
  });

  it('lets no element fetch', () => {
    const fetching = sources.filter(({ path }) => path.startsWith('widgets/elements/') && /\bfetch\s*\(/.test(readFileSync(join(root, path), 'utf8')));
    expect(fetching.map(({ path }) => path)).toEqual([]);
  });

  it('has a code for every sentence in which channels and skills tell of a fault', () => {
    const told = sources
      .filter(({ path }) => /^server\/(?:channels\/(?!registry|email\/(?:parse-mime|sanitise))|skills\/(?:http|mcp)\.ts)/.test(path))
      .flatMap(({ path }) =>
        [...readFileSync(join(root, path), 'utf8').matchAll(/(['`])([A-Z](?:(?!\1)[^\n])* (?:(?!\1)[^\n])*\.)\1/g)].map(([, , sentence]) => ({
          path,
          sentence: sentence!.replaceAll(/\$\{[^}]*\}/g, '7'),
        })),
      );
    expect(told.length).toBeGreaterThan(50);
    expect(told.filter(({ sentence }) => whyOf(sentence) === null)).toEqual([]);
    expect(whyOf('smtp: The mail server refused user name or password: 535 5.7.8 no')).toEqual({ code: 'mail_login', value: '535 5.7.8 no' });
    expect(whyOf('The provider could not be reached (ECONNREFUSED).; tried 8 times')).toEqual({ code: 'unreachable', value: 'ECONNREFUSED' });
    expect(whyOf('refused a webhook: The signature is wrong.')).toEqual({ code: 'webhook_refused', value: 'signature_wrong' });
    expect(['550 no such user', '', null].map(whyOf)).toEqual([null, null, null]);
  });

  it('keeps files small enough to be read at once', () => {
    expect(sources.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  it('imports no file that is not there', () => {
    const known = new Set(sources.map(({ path }) => path));
    const missing = sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target.endsWith('.ts') && /^(server|widgets|demo)\//.test(target) && !known.has(target))
        .map(({ target }) => `${path} → ${relative('.', target)}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('the look', () => {
  /** Colours, radii, type and shadows that a theme could not change: each has to come from a token, or be one's default. */
  const literals = (css: string): string[] =>
    [...css.replaceAll(/\/\*[^]*?\*\//g, '').matchAll(/(?<![-\w])([\w-]+)\s*:\s*([^;{}]+)(?=[;}])/g)].flatMap(([whole, property, value]) => {
      const own = value!.replaceAll(/var\(--conv-[\w-]+(?:,(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)?\)/g, '');
      const literal =
        !property!.startsWith('--conv-') &&
        (/#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|lab|lch|oklab|oklch)\(|(?<![\w-])(?:white|black|red|green|blue|gr[ae]y|silver)(?![\w-])/i.test(own) ||
          (property!.endsWith('radius') && /[\d.](?:px|r?em)/.test(own.replaceAll('- 1px', ''))) ||
          (/^font(?:-family)?$/.test(property!) && /serif|mono|system-ui|["']/.test(own)) ||
          (/^font(?:-size)?$/.test(property!) && /[\d.](?:px|rem)/.test(own.replace(/\/[\d.]+(?:px)?/, '')) && !/var\(--_fs-/.test(own)) ||
          (property!.endsWith('shadow') && /(?:-?[\d.]+(?:px)? ){2}[1-9]/.test(own) && !/inset|0 0 0 /.test(own)));
      return literal ? [whole] : [];
    });

  it('comes from tokens alone', () => {
    expect(
      literals(
        'a { color: #fff; border-radius: 4px 0; font: 12px/16px Arial; box-shadow: 0 2px 4px var(--conv-ink); background: light-dark(white, var(--conv-ink)) }',
      ),
    ).toHaveLength(5);
    expect(
      literals(
        'a { color: var(--conv-ink, light-dark(#111, #eee)); border-radius: 50%; font: 400 var(--_fs-sm)/16px var(--conv-font); box-shadow: inset 0 1px 0 var(--conv-line), var(--conv-shadow-1) }',
      ),
    ).toEqual([]);
    const sheets = sources
      .filter(({ path }) => /^widgets\/(?!ui\/(?:desk-)?tokens\.ts|ui\/css\.plugin)/.test(path))
      .flatMap(({ path }) => [...readFileSync(join(root, path), 'utf8').matchAll(/\bcss(?: \*\/ ?)?`([^`]*)`/g)].map(([, css]) => ({ path, css: css! })));
    expect(sheets.length).toBeGreaterThan(50);
    expect(sheets.flatMap(({ path, css }) => literals(css).map((found) => `${path}: ${found}`))).toEqual([]);
  });

  it('uses no token that has no default, and has none that is not used', () => {
    const [laid, rest] = [/^widgets\/ui\/(?:desk-)?tokens\.ts$/, /^widgets\/(?!ui\/(?:desk-)?tokens\.ts)/].map((which) =>
      sources
        .filter(({ path }) => which.test(path))
        .map(({ path }) => readFileSync(join(root, path), 'utf8'))
        .join('\n'),
    );
    const known = new Set([...laid!.matchAll(/(--conv-[\w-]+):/g)].map(([, name]) => name!));
    const bare = new Set([...rest!.matchAll(/var\((--conv-[\w-]+)\)/g)].map(([, name]) => name!));
    expect([...bare].filter((name) => !known.has(name))).toEqual([]);
    expect([...known].filter((name) => !rest!.includes(`var(${name}`))).toEqual([]);
  });
});

describe('the README', () => {
  it('names every variable of the environment, and none that there is not', async () => {
    const { variableNames } = await import('../../server/config.ts');
    const table = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| (`[A-Z][^|]*) \|/gm)].flatMap(([, names]) =>
      [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
    );
    expect(table.toSorted()).toEqual(variableNames.toSorted());
    // Nothing of the server reads another one.
    const read = sources
      .filter(({ path }) => /^(?:server|demo)\//.test(path))
      .flatMap(({ path }) => [...readFileSync(join(root, path), 'utf8').matchAll(/(?<!['"])process\.env(?:\.|\[')([A-Z]\w+)/g)].map(([, name]) => name!));
    expect(read.filter((name) => !variableNames.includes(name))).toEqual([]);
  });

  it('leads nowhere that is not there', () => {
    const pages = ['README.md', 'CHANGELOG.md', 'widgets/README.md', 'server/README.md', 'server/channels/README.md'];
    const headings = (page: string): string[] =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
        title!
          .toLowerCase()
          .replaceAll(/[^\w\s-]/g, '')
          .replaceAll(/\s/g, '-'),
      );
    const lost = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)]
        .map(([, link, picture]) => link ?? picture!)
        .filter((link) => !/^https?:/.test(link))
        .filter((link) => {
          const [path = '', anchor] = link.split('#');
          const target = path === '' ? page : normalize(join(dirname(page), path));
          return !existsSync(join(root, target)) || (anchor !== undefined && !headings(target).includes(anchor));
        })
        .map((link) => `${page}: ${link}`),
    );
    expect(lost).toEqual([]);
  });

  it('names only scripts, proofs and benches that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const known: Record<string, string> = {
      prove: readFileSync(join(root, 'test/prove/main.ts'), 'utf8'),
      bench: readFileSync(join(root, 'test/bench/main.ts'), 'utf8'),
    };
    const told = ['README.md', 'widgets/README.md', 'server/README.md', 'server/channels/README.md'].flatMap((page) => [
      ...readFileSync(join(root, page), 'utf8').matchAll(/npm (?:run )?([a-z:]+)(?: -- --only ([\w,-]+))?/g),
    ]);
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter(([, name = '']) => !Object.hasOwn(scripts, name) && !['audit', 'ci', 'install', 'pack'].includes(name)).map(([whole]) => whole)).toEqual(
      [],
    );
    expect(told.flatMap(([, name, only]) => (only?.split(',') ?? []).filter((one) => !new RegExp(`^  '?${one}'?[:,]`, 'm').test(known[name!] ?? '')))).toEqual(
      [],
    );
  });
});

describe('the package', () => {
  it('describes its elements by the schema of the manifest, and types them for a page of React', { timeout: 120_000 }, async () => {
    const { said, manifest } = await compileSample('react');
    expect(said).toBe('');
    const valid = new Ajv({ strict: false }).compile(createRequire(import.meta.url)('custom-elements-manifest/schema.json') as object);
    valid(manifest);
    expect(valid.errors).toBe(null);
  });

  it('has elements that know its version', () => {
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).toMatchObject({ version });
  });

  it('depends on nothing that may not be used freely', () => {
    const free = new Set([
      'MIT',
      'MIT-0',
      'ISC',
      '0BSD',
      'BSD-2-Clause',
      'BSD-3-Clause',
      'Apache-2.0',
      'BlueOak-1.0.0',
      'Python-2.0',
      'Unlicense',
      'Zlib',
      'CC0-1.0',
    ]);
    /** Of packages that do not say it by its name: what the licence beside them is. */
    const said: Readonly<Record<string, string>> = { 'exif-parser': 'MIT', duck: 'BSD-2-Clause' };
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean; optional?: boolean }>;
    };
    const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
    expect(shipped.length).toBeGreaterThan(100);
    const bound = shipped.flatMap(([path, { optional }]) => {
      const file = join(root, path, 'package.json');
      if (optional && !existsSync(file)) return [];
      const { name, license } = JSON.parse(readFileSync(file, 'utf8')) as { name: string; license?: string };
      const licence = said[name] ?? license ?? 'none';
      // One of those offered with “OR”, all of those joined with “AND”.
      const mayUse = licence
        .replace(/[()]/g, '')
        .split(' OR ')
        .some((offer) => offer.split(' AND ').every((one) => free.has(one)));
      return mayUse ? [] : [`${name}: ${licence}`];
    });
    expect(bound).toEqual([]);
  });
});
