import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** The repository's folders that hold TypeScript, with what each may import of the others (DESIGN, section 6). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  commands: ['commands', 'src/discord', 'src/app', 'src/domain'],
  'src/domain': ['src/domain'],
  'src/app': ['src/app', 'src/domain'],
  'src/perscom': ['src/perscom', 'src/app', 'src/domain'],
  'src/store': ['src/store', 'src/app', 'src/domain'],
  'src/discord': ['src/discord', 'src/app', 'src/domain'],
  sandbox: ['sandbox'],
};

/** The packages that each folder of the product may import; `node:` stands for all of Node's own. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  commands: ['discord.js'],
  'src/domain': [
    '@vvo/tzdb',
    'hast',
    'hast-util-to-mdast',
    'htmlparser2',
    'luxon',
    'markdown-it',
    'mdast',
    'mdast-util-gfm-strikethrough',
    'mdast-util-gfm-table',
    'mdast-util-to-markdown',
  ],
  'src/app': ['node:crypto'],
  'src/perscom': ['ofetch', 'zod'],
  'src/store': ['kysely', 'libsql', 'zod', 'node:'],
  'src/discord': ['discord.js', 'mdast', 'mdast-util-to-markdown', 'zod'],
};

/** Files that put the product together; they may import everything. */
const COMPOSITION = ['src/main.ts', 'src/frago.ts', 'src/config.ts', 'src/log.ts'];

/** Where the environment, the clock, randomness and the terminal enter. */
const MAY_TOUCH_THE_WORLD = ['src/main.ts', 'src/frago.ts'];

type Import = { readonly file: string; readonly target: string };
type SourceFile = { readonly path: string; readonly text: string };

function filesUnder(folder: string): readonly SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }));
}

const IMPORT = /(?:(?<=[\s}])from\s|^import\s|\bimport\()\s*'([^'\n]+)'/gm;

/** What `file` imports: files of the repository by their path from its root, packages by their name. */
const importsOf = ({ path, text }: SourceFile): readonly Import[] =>
  [...text.matchAll(IMPORT)].map(([, specifier = '']) => ({
    file: path,
    target: specifier.startsWith('.') ? relative(ROOT, resolve(ROOT, path, '..', specifier)) : specifier,
  }));

const isFile = ({ target }: Import): boolean => target.endsWith('.ts');

const folderOf = (path: string): string | undefined =>
  Object.keys(MAY_IMPORT).find((folder) => path.startsWith(`${folder}/`));

const SOURCES = [...filesUnder('src'), ...filesUnder('commands')];
const IMPORTS = [...SOURCES, ...filesUnder('sandbox')]
  .filter(({ path }) => !COMPOSITION.includes(path))
  .flatMap(importsOf);
const show = ({ file, target }: Import): string => `${file} imports ${target}`;

test('the imports are found: each way to write one, in every folder', () => {
  const text =
    "import a from 'a';\nimport {\n  b,\n} from 'b';\nimport 'c';\nexport * from './d.ts';\nawait import('e');";
  expect(importsOf({ path: 'src/app/x.ts', text }).map(({ target }) => target)).toEqual([
    'a',
    'b',
    'c',
    'src/app/d.ts',
    'e',
  ]);
  expect(new Set(IMPORTS.map(({ file }) => folderOf(file)))).toEqual(new Set(Object.keys(MAY_IMPORT)));
});

test('every file is in a folder that the table knows, or puts the product together', () => {
  const unknown = SOURCES.filter(({ path }) => folderOf(path) === undefined && !COMPOSITION.includes(path));
  expect(unknown.map(({ path }) => path)).toEqual([]);
});

test.each(Object.entries(MAY_IMPORT))('%s imports only from %j', (folder, allowed) => {
  const files = IMPORTS.filter((line) => folderOf(line.file) === folder && isFile(line));
  const wrong = files.filter(({ target }) => !allowed.some((other) => target.startsWith(`${other}/`)));
  expect(wrong.map(show)).toEqual([]);
});

test.each(Object.entries(MAY_USE))('%s uses only the packages %j', (folder, allowed) => {
  const packages = IMPORTS.filter((line) => folderOf(line.file) === folder && !isFile(line));
  const isAllowed = ({ target }: Import) =>
    allowed.some((name) => target === name || (name === 'node:' && target.startsWith(name)));
  expect(packages.filter((line) => !isAllowed(line)).map(show)).toEqual([]);
});

test('nothing imports a file that only puts the product together', () => {
  const wrong = IMPORTS.filter(({ target }) => COMPOSITION.includes(target));
  expect(wrong.map(show)).toEqual([]);
});

test("Node's own modules are named with node:", () => {
  const wrong = IMPORTS.filter(({ target }) => builtinModules.includes(target));
  expect(wrong.map(show)).toEqual([]);
});

test('no file of the domain is part of a circle of imports', () => {
  const graph = new Map(
    SOURCES.map((file) => [
      file.path,
      importsOf(file)
        .filter(isFile)
        .map(({ target }) => target),
    ]),
  );
  const reaches = (from: string, wanted: string, seen = new Set<string>()): boolean =>
    (graph.get(from) ?? []).some((next) => {
      if (next === wanted) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, wanted, seen);
    });
  const inDomain = [...graph.keys()].filter((path) => path.startsWith('src/domain/'));
  expect(inDomain.filter((path) => reaches(path, path))).toEqual([]);
});

describe('the world outside', () => {
  const OUTSIDE =
    /process\.env|loadEnvFile|Date\.now\b|new Date(?:\(\s*\)|(?!\())|\bDate\(\s*\)|DateTime\.(?:now|local)\b|performance\.now|process\.hrtime|Math\.random|randomUUID|randomBytes|randomInt|getRandomValues|console\./g;

  test.each([
    'process.env.X',
    'Date.now()',
    'const now = Date.now;',
    'new Date()',
    'new Date( )',
    'new Date;',
    'DateTime.now()',
    'Math.random()',
    'randomUUID()',
    'crypto.randomUUID()',
    "import { randomBytes } from 'node:crypto';",
  ])('is seen in %j', (text) => {
    expect(text.match(OUTSIDE)).not.toBeNull();
  });

  test.each(['new Date(millis + 1)', 'Date.parse(instant)', 'DateTime.utc(2026)', 'wall: Date', 'clock.now()'])(
    'is not seen in %j',
    (text) => {
      expect(text.match(OUTSIDE)).toBeNull();
    },
  );

  test('enters where the product is put together, and nowhere else', () => {
    const touches = SOURCES.filter(({ path }) => !MAY_TOUCH_THE_WORLD.includes(path)).flatMap(({ path, text }) =>
      [...text.matchAll(OUTSIDE)].map(([what]) => `${path} uses ${what}`),
    );
    expect(touches).toEqual([]);
  });

  test('does enter there', () => {
    const entrances = SOURCES.filter(({ path }) => MAY_TOUCH_THE_WORLD.includes(path))
      .map(({ text }) => text)
      .join('');
    expect(entrances.match(OUTSIDE)).toEqual(expect.arrayContaining(['process.env', 'Date.now', 'randomUUID']));
  });
});

test('no folder or file is a drawer for things without a place', () => {
  const drawers = [...SOURCES, ...filesUnder('sandbox'), ...filesUnder('test')].filter(({ path }) =>
    /(^|\/)(utils?|helpers?|common|types|constants|lib|misc)(\/|\.ts$)/.test(path),
  );
  expect(drawers.map(({ path }) => path)).toEqual([]);
});

test('no source file is longer than 250 lines', () => {
  const long = SOURCES.filter(({ text }) => text.trimEnd().split('\n').length > 250);
  expect(long.map(({ path }) => path)).toEqual([]);
});
