import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Diagnostic } from '../../diagnostic/index.ts';
import type { SimDocument } from '../../hdl-gen/cli/documents.ts';
import { Interrupts } from '../../hdl-gen/cli/interrupts.ts';
import { parse } from '../../hdl-gen/cli/parse.ts';
import type { Terminal } from '../../hdl-gen/cli/terminal.ts';
import { encodeNpy } from '../../model/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tercet-pairs-'));
const file = join(folder, 'w.npy');
const data = Int8Array.of(1, -1, 1, -1, 1, -1, -1, 1, 1, -1);
writeFileSync(file, encodeNpy({ dtype: 'int8', shape: [2, 5], data }));
afterAll(() => rmSync(folder, { recursive: true }));

/** What each option can be. */
const settings: Readonly<Record<string, readonly string[]>> = {
  arch: ['tree', 'tree-folded', 'binary', 'sparse', 'table', 'hardwired'],
  encoding: ['2bit', '5in8', '1bit', '1of2', '5in8s'],
  weights: ['ternary', 'binary', file],
  form: ['parallel', 'serial'],
  lanes: ['1', '4', '7'],
  rows: ['3'],
  pipeline: ['2', '16'],
  'activation-bits': ['1', '16'],
  'init-bits': ['0', '5'],
  'max-k': ['3'],
  'max-m': ['2'],
};

/** All ways to give two options. */
function pairs(): string[][] {
  const each = Object.entries(settings).flatMap(([key, values]) => values.map(value => ({ key, value })));
  return each.flatMap((a, i) =>
    each
      .slice(i + 1)
      .filter(b => b.key !== a.key)
      .map(b => [`--${a.key}`, a.value, `--${b.key}`, b.value]),
  );
}

const interrupts = new Interrupts(() => {});
const silent = {
  progress: () => ({ update() {}, tick() {}, end() {} }),
  result: async () => {},
  warn() {},
  fail() {},
  hint() {},
  say() {},
} as unknown as Terminal;

/** `hdl-gen sim` with a small product, in this process. */
async function sim(options: readonly string[]): Promise<string> {
  const has = (key: string, value?: string) =>
    options.some((option, i) => option === `--${key}` && (value === undefined || options[i + 1] === value));
  // A file has a size of its own, and logic takes nothing else.
  const size = has('weights', file) || has('arch', 'hardwired') ? [] : ['--m', '2', '--k', '3'];
  if (!has('lanes') && !has('arch', 'hardwired')) size.push('--lanes', '4');
  try {
    const call = await parse(['sim', ...options, ...size, '--n', '2', '--engine', 'oracle'], '0');
    if (call.kind !== 'run') throw new Error(call.text);
    const { run } = await call.command.load();
    const context = { terminal: silent, interrupts, given: call.given, version: '0' };
    const { document, exitStatus } = await run(call.values as never, context);
    const { mismatches } = (document as SimDocument).checks[0]!;
    return exitStatus === 0 && mismatches === 0 ? 'exact' : `${mismatches} of the sums are wrong`;
  } catch (error) {
    if (!(error instanceof Diagnostic) || error.exitStatus !== 2) throw error;
    const { code, help } = error.toJSON() as { code: string; help?: string };
    return help === undefined ? `${code} without help` : code;
  }
}

describe('two options that are given together', () => {
  test('either give exact sums, or are refused with a code and what to do', async () => {
    const ends = new Map<string, string>();
    for (const options of pairs()) ends.set(options.join(' '), await sim(options));
    const bad = [...ends].filter(([, end]) => end !== 'exact' && !/^TCT-\d{4}$/.test(end));
    expect(bad).toEqual([]);
    // What is possible is not refused.
    const exact = [...ends].filter(([, end]) => end === 'exact').map(([options]) => options);
    expect(exact).toContain('--arch tree-folded --encoding 5in8');
    expect(exact).toContain('--arch table --encoding 5in8s');
    expect(exact).toContain('--arch binary --weights binary');
    expect(exact).toContain('--arch table --rows 3');
    expect(exact.length).toBeGreaterThan(ends.size / 3);
  });

  test.each([
    { options: '--arch binary --encoding 5in8', help: /--encoding 1bit; '--arch tree-folded' takes 5in8/ },
    { options: '--arch sparse --lanes 7', help: /--lanes 6 or --lanes 8/ },
    { options: '--arch sparse --weights binary', help: /--arch binary/ },
    { options: '--weights ternary --arch binary', help: /--arch tree-folded/ },
    { options: '--max-m 2 --arch tree', help: /leave '--max-m' out/ },
  ])('$options: the nearest possible call is told', async ({ options, help }) => {
    const refused = parse(['sim', ...options.split(' ')], '0').then(async call => {
      if (call.kind !== 'run') return undefined;
      const { run } = await call.command.load();
      return run(call.values as never, { terminal: silent, interrupts, given: call.given, version: '0' });
    });
    await expect(refused).rejects.toMatchObject({ help: expect.stringMatching(help) });
  });
});
