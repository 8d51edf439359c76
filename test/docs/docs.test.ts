import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Interval, int, type PrimitiveName, primitiveNamed, primitives, uint } from '../../ir/index.ts';
import { compiledFolders } from '../support/compiled-folders.ts';
import { type Page, readPage, resultsOf, root, tableRows, writePage } from './pages.ts';
import { Project } from './project.ts';
import type { Outcome } from './run-blocks.ts';

/*
 * Every block of code in the pages is run, and what the pages show is what comes out. With UPDATE_DOCS=1 the blocks
 * of results are written anew.
 */

const update = process.env.UPDATE_DOCS === '1';
const project = new Project();
afterAll(() => project.remove());

/** Compares a block of results with what came out, or fills it in. */
function shows(page: Page, line: number, actual: string): void {
  const block = page.blocks.find(other => other.line === line)!;
  if (update) block.text = actual;
  else expect(withoutTimes(block.text), `${page.path}:${line}`).toBe(withoutTimes(actual));
}

/** Seconds differ from run to run. */
function withoutTimes(text: string): string {
  return text.replaceAll(/\d+(\.\d+)? s\b/g, '# s');
}

const first = readPage('docs/first-circuit.md');
const language = readPage('docs/language.md');
const errors = readPage('docs/errors.md');
const snippets = language.blocks.filter(block => block.language === 'ts');
const files = snippets.map((_, i) => `language/block-${i}/my.ts`);

beforeAll(() => {
  for (const { file, text } of first.blocks) if (file !== undefined) project.write(`first/${file}`, text);
  for (const [i, { text }] of snippets.entries()) project.write(files[i]!, text);
});
afterAll(() => {
  if (update) for (const page of [first, language, errors]) writePage(page);
});

test('all TypeScript of the pages is accepted by the type checker', async () => {
  expect(await project.typeErrors()).toBe('');
});

describe('docs/first-circuit.md', () => {
  const example = join(root, 'examples', 'first-circuit');

  test('has the files of examples/first-circuit, word by word', () => {
    const sources = readdirSync(example).filter(name => name.endsWith('.ts'));
    expect(first.blocks.flatMap(({ file }) => file ?? []).sort()).toEqual(sources.sort());
    for (const { file, text } of first.blocks)
      if (file !== undefined) expect(text, file).toBe(readFileSync(join(example, file), 'utf8'));
  });

  const commands = first.blocks.filter(({ language, text }) => language === 'sh' && text.startsWith('npx '));
  test.concurrent.each(commands.map(block => [block.text.trim(), block] as const))(
    '%s',
    async (line, block) => {
      const { stdout, stderr } = await project.run(line, 'first');
      const [result] = resultsOf(first, block);
      // Of what is said on the way only the summary, which is indented, is shown.
      const summary = [...stderr.matchAll(/^ {2}.*\n/gm)].join('');
      if (result !== undefined) shows(first, result.line, stdout + summary);
    },
  );
});

describe('docs/language.md', () => {
  let outcomes: readonly Outcome[];
  beforeAll(async () => {
    const paths = files.map(name => join(project.folder, name));
    const { stdout } = await project.node([join(root, 'test', 'docs', 'run-blocks.ts'), ...paths], root);
    outcomes = JSON.parse(stdout) as Outcome[];
  });

  test.each(snippets.map((block, i) => [block.line, i] as const))('the block on line %i', (_, i) => {
    const results = resultsOf(language, snippets[i]!);
    const { printed, verilog } = outcomes[i]!;
    // What a block prints has to be shown; its Verilog may be.
    if (printed !== '') expect(results.map(result => result.language)).toContain('text');
    for (const { language: kind, line } of results)
      shows(language, line, kind === 'verilog' ? verilog : printed);
  });

  test('lists every primitive', () => {
    const [a, b, bit, index] = [int(8), uint(4), uint(1), uint(2)];
    const to = { to: int(6) };
    const examples: Record<PrimitiveName, readonly [readonly Interval[], unknown]> = {
      add: [[a, b], undefined],
      sub: [[a, b], undefined],
      negate: [[a], undefined],
      shiftLeft: [[a], { count: 2 }],
      shiftRight: [[a], { count: 2 }],
      shiftLeftBy: [[a, index], undefined],
      shiftRightBy: [[a, index], undefined],
      and: [[a, b], undefined],
      or: [[a, b], undefined],
      xor: [[a, b], undefined],
      complement: [[a], undefined],
      invert: [[b], { width: 4 }],
      mask: [[bit], undefined],
      parity: [[a], { width: 8 }],
      slice: [[a], { low: 2, width: 3 }],
      concat: [[b, bit], { widths: [4, 1] }],
      equal: [[a, b], undefined],
      less: [[a, b], undefined],
      mux: [[bit, a, b], undefined],
      wrap: [[a], to],
      saturate: [[a], to],
      assume: [[a], to],
    };
    const expected = Object.entries(examples).map(([name, [intervals, parameters]]) => {
      const row = primitiveNamed(name as PrimitiveName);
      return [`\`${name}\``, row.summary, `${row.interval(intervals, parameters)}`];
    });
    const names = new Set(Object.keys(primitives).map(name => `\`${name}\``));
    const rows = tableRows(language).filter(([, name]) => names.has(name ?? ''));
    const shown = rows.map(([, name, summary, , example]) => [
      name,
      summary!.replaceAll('\\|', '|'),
      example,
    ]);
    expect(shown.sort()).toEqual(expected.sort());
  });
});

test('CONTRIBUTING.md quotes the sources word by word', () => {
  const quoted = readPage('CONTRIBUTING.md').blocks.filter(({ file }) => file !== undefined);
  expect(quoted.length).toBeGreaterThan(1);
  for (const { file, text } of quoted) expect(readFileSync(join(root, file!), 'utf8')).toContain(text);
});

describe('docs/errors.md', () => {
  test('begins with the first message of docs/language.md', () => {
    const message = language.blocks.find(block => block.language === 'text')!.text;
    shows(errors, errors.blocks[0]!.line, message);
  });

  test('has every code of the sources, and no other', () => {
    const listed = tableRows(errors).flatMap(([code]) => /TCT-\d{4}/.exec(code ?? '') ?? []);
    expect(listed.sort()).toEqual([...codesInSources()].sort());
  });

  test('has warnings, and nothing else, under codes with a 1 in the second place', () => {
    const wrong = tableRows(errors).filter(
      ([code, meaning]) =>
        /^TCT-\d{4}$/.test(code ?? '') && /^TCT-\d1/.test(code!) !== /^Warning\b/.test(meaning ?? ''),
    );
    expect(wrong).toEqual([]);
  });
});

function codesInSources(): Set<string> {
  const sources = compiledFolders(root).flatMap(room =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => readFileSync(join(root, room, name), 'utf8')),
  );
  return new Set(sources.flatMap(text => [...text.matchAll(/'(TCT-\d{4})'/g)].map(match => match[1]!)));
}
