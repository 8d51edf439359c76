import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { InputStream } from '../../hdl-gen/cli/beats.ts';
import { coreOf } from '../../hdl-gen/cli/core.ts';
import { encodeNpy, readNpy } from '../../model/index.ts';
import { hdlGen, installTercet, packageFolder, workspace } from './helpers.ts';

describe('hdl-gen sim', () => {
  test('compares every sum of a random product, and says how fast it went', async () => {
    const { status, stdout } = await hdlGen('sim', { cwd: workspace() });
    expect(status).toBe(0);
    expect(`\n${stdout.replace(/simulated at [\d,]+/, 'simulated at …')}`).toMatchInlineSnapshot(`
      "
        product         [4,256] x [64,256] on 64 lanes x 1 row
        weights         drawn with seed 1
        activations     drawn with seed 1
        cycles          1,034, simulated at … a second
        MACs per cycle  63.4 sustained of 64 at most (99.0 %)
        compared        compiled engine against the integer reference: 256 sums of 256 products, all equal
      "
    `);
  });

  test.each([
    '--lanes 1 --m 3 --k 5',
    '--lanes 7 --rows 3 --stalls --m 4 --k 20 --n 9',
    '--lanes 5 --activation-bits 1 --init-bits 0 --n 20',
    '--lanes 6 --activation-bits 16 --pipeline 3 --max-k 100000 --init-bits 32 --k 3000 --n 3',
    '--lanes 4 --rows 2 --engine oracle --n 5 --stalls',
    '--lanes 3 --init-bits 2 --k 12',
    '--lanes 8 --activation-bits 16 --max-k 16777216',
  ])('is exact: %s', async options => {
    const cwd = workspace();
    const { status, stdout } = await hdlGen(`sim ${options} --json`, { cwd });
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ schema: 'tercet.sim/1', checks: [{ mismatches: 0 }] });
    expect(document.checks[0].values).toBe(document.data.m * document.data.n);
    const { peakMacsPerCycle, sustainedMacsPerCycle } = document.throughput;
    expect(sustainedMacsPerCycle).toBeLessThanOrEqual(peakMacsPerCycle);
    expect([status, readdirSync(cwd)]).toEqual([0, []]);
  });

  test('classifies the digits as the reference does', async () => {
    const digits = join(packageFolder, 'examples', 'digits');
    const { status, stdout } = await hdlGen(
      [
        ...['sim', '--lanes', '64', '--json', '--weights', join(digits, 'weights.npy')],
        ...['--activations', join(digits, 'test-images.npy'), '--labels', join(digits, 'test-labels.npy')],
      ],
      { cwd: workspace() },
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      data: { m: 10, k: 784, n: 2000 },
      checks: [{ values: 20_000, mismatches: 0 }],
      classification: { accuracy: 0.9005, right: 1801, of: 2000 },
    });
  });

  test('writes results and a trace where it is asked to', async () => {
    const cwd = workspace();
    const w = { dtype: 'int8', shape: [2, 3], data: Int8Array.of(1, -1, 0, -1, -1, -1) } as const;
    const x = { dtype: 'int8', shape: [3], data: Int8Array.of(-128, 5, 7) } as const;
    writeFileSync(join(cwd, 'w.npy'), encodeNpy(w));
    writeFileSync(join(cwd, 'x.npy'), encodeNpy(x));
    const call = 'sim --lanes 2 --weights w.npy --activations x.npy --results y.npy --vcd wave.vcd --out run';
    const { status, stdout } = await hdlGen(call, { cwd });
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(
        /compared +compiled engine against the integer reference: 2 sums of 3 products, all equal/,
      ),
    ]);
    expect(readNpy(join(cwd, 'y.npy'))).toEqual({
      dtype: 'int32',
      shape: [1, 2],
      data: Int32Array.of(-133, 116),
    });
    expect(readFileSync(join(cwd, 'run/results.npy'))).toEqual(readFileSync(join(cwd, 'y.npy')));
    expect(JSON.parse(readFileSync(join(cwd, 'run/sim.json'), 'utf8'))).toMatchObject({
      files: ['results.npy'],
    });
    expect(readFileSync(join(cwd, 'wave.vcd'), 'utf8')).toMatch(
      /^\$timescale 1 ns \$end\n\$scope module ternary_stream/,
    );
    expect(readdirSync(cwd).sort()).toEqual(['run', 'w.npy', 'wave.vcd', 'x.npy', 'y.npy']);
  });

  test.each([
    [
      '--max-k 2',
      2,
      /TCT-6015: sums of 3 products are asked for by 'w.npy', but.*\n {2}help: raise it: --max-k 3/,
    ],
    [
      '--init-bits 2',
      2,
      /TCT-6016: the weights of row 1 need an initial value of 3, but 2 bits hold -2 to 1\n {2}help: raise it: --init-bits 3/,
    ],
    [
      '--k 4',
      2,
      /TCT-6006: '--k 4' and '--weights' contradict each other\n {2}help: the file has 3: leave --k out/,
    ],
    ['--activations w2.npy', 2, /TCT-5015: 'w.npy' has 3 columns and 'w2.npy' has 2/],
    ['--vcd missing/wave.vcd', 1, /TCT-6014: 'missing\/wave.vcd' could not be written/],
    ['--results .', 2, /TCT-6030: '.' is a folder, but a file is to be written there/],
  ])('refuses what does not fit together: %s', async (options, exitStatus, message) => {
    const cwd = workspace();
    const array = { dtype: 'int8', shape: [2, 3], data: Int8Array.of(1, -1, 0, -1, -1, -1) } as const;
    writeFileSync(join(cwd, 'w.npy'), encodeNpy(array));
    writeFileSync(join(cwd, 'w2.npy'), encodeNpy({ ...array, shape: [3, 2] }));
    const { status, stderr } = await hdlGen(`sim --lanes 2 --weights w.npy ${options}`, { cwd });
    expect(stderr).toMatch(message);
    expect([status, readdirSync(cwd)]).toEqual([exitStatus, ['w.npy', 'w2.npy']]);
  });

  test('leaves no trace behind at Ctrl-C', async () => {
    const cwd = workspace();
    const signalAt = { pattern: /simulating/, signal: 'SIGINT' } as const;
    const { status, stderr } = await hdlGen('sim --lanes 8 --n 100000 --vcd wave.vcd', { cwd, signalAt });
    expect(stderr).toContain('interrupted: nothing was left half-written');
    expect([status, readdirSync(cwd)]).toEqual([130, []]);
  });
});

describe('the beats of a product', () => {
  test('walk vectors, groups of rows and steps of lanes, padded with zeros', () => {
    const array = { lanes: 2, rows: 2, activationBits: 8, maxK: 9, initBits: 8, pipeline: 1 };
    const weights = { rows: 3, columns: 3, data: Int8Array.of(1, -1, 0, -1, -1, -1, 0, 0, 1) };
    const activations = { rows: 1, columns: 3, data: Int32Array.of(10, 20, 30) };
    const beats = coreOf(array).beatsOf({ weights, activations });
    const [{ count, flags, ports }] = beats.streams as [InputStream];
    const shown = Array.from({ length: count }, (_, beat) => ({
      ends: flags.map(({ isSet }) => Number(isSet(beat))).join(''),
      ...Object.fromEntries(ports.map(({ name, values }) => [name, Array.from(values(beat)).join(' ')])),
    }));
    expect(shown).toEqual([
      { ends: '10', x: '10 20', w: '1 3 3 3', init: '2 4' },
      // A weight 0 keeps the sign that its lane had, and counts as a negation with it.
      { ends: '01', x: '30 0', w: '0 2 3 2', init: '2 4' },
      { ends: '10', x: '10 20', w: '0 0 0 0', init: '0 0' },
      { ends: '01', x: '30 0', w: '1 0 0 0', init: '0 0' },
    ]);
    expect(beats.place(1, 0)).toEqual({ vector: 0, column: 2 });
    expect(beats.place(1, 1)).toBeUndefined();
  });
});

describe('hdl-gen sim --circuit', () => {
  const source = `import { bit, component, counter, int, register, uint } from 'tercet';
export const adder = component('adder', { inputs: { a: int(8), b: int(8) }, build: ({ a, b }) => ({ y: a.add(b) }) });
export const blink = component('blink', {
  inputs: { button0: bit },
  build({ button0 }) {
    const { isLast } = counter(6, { reset: true });
    const light = register(bit, { reset: true, enable: isLast });
    light.next(light.xor(button0));
    return { led: [light, isLast] };
  },
});
export const sized = (size: { n: number }) => component('sized', { inputs: { a: int(size.n) }, build: ({ a }) => ({ y: a.add(1) }) });
export const number = 42;
export const losing = component('losing', {
  inputs: { a: uint(8) },
  build({ a }) {
    const low = register(uint(4));
    low.next(a);
    return { low };
  },
});
export const broken = component('broken', {
  inputs: { a: uint(8) },
  build: ({ a }) => ({ y: (a as any).multiply(2) }),
});
export const promise = component('promise', {
  inputs: { a: uint(8) },
  build: ({ a }) => ({ y: a.assume(uint(4), 'small numbers only') }),
});
`;
  const files = {
    'my.ts': source,
    'data.json': '{ "a": 1 }',
    'syntax.ts': "export const a = component('",
    'throws.ts': 'const a: any = undefined;\nexport const b = a.foo;',
    'import.ts': "import { b } from 'nowhere';\nexport const a = b;",
  };

  test('runs a circuit in the engine and in the oracle', async () => {
    const cwd = workspace();
    installTercet(cwd);
    writeFileSync(join(cwd, 'my.ts'), source);
    const { status, stdout } = await hdlGen('sim --circuit my.ts#blink --cycles 300 --vcd w.vcd --json', {
      cwd,
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'tercet.sim/1',
      circuit: 'my.ts#blink',
      cycles: 300,
      checks: [{ what: 'compiled engine against the oracle', cycles: 300, values: 600, mismatches: 0 }],
    });
    expect(existsSync(join(cwd, 'w.vcd'))).toBe(true);
  });

  test.each([
    ['none.ts#a', 2, /^error TCT-6020: there is no file 'none.ts'/],
    ['data.json#a', 2, /^error TCT-6028: 'data.json' is no TypeScript file/],
    ['data.json', 2, /^error TCT-6028: .*\n {2}help: .* ends in .ts, .mts, /],
    ['my.ts#other', 2, /^error TCT-6021: 'my.ts' has no export 'other'\n {2}help: it exports adder, blink, /],
    [
      'my.ts',
      2,
      /^error TCT-6022: 'my.ts' exports several circuits: adder, blink, .*\n {2}help: .*my.ts#adder/,
    ],
    ['my.ts#number', 2, /^error TCT-6023: 'number' of 'my.ts' is a value of type number, not a circuit/],
    [
      'my.ts#sized',
      2,
      /^error TCT-6023: 'sized' of 'my.ts' is a function, .*\n {2}help: .* = sized\(\{ … \}\)/,
    ],
    ['my.ts#losing', 1, /^error TCT-1003: .*a value could be lost\n {2}at my.ts:18\n/],
    ['my.ts#broken', 1, /^error TCT-6024: .*a.multiply is not a function\n {2}at my.ts:24:/],
    [
      'my.ts#promise',
      1,
      /error TCT-3003: assumption broken in cycle \d+: .*small numbers only\n {2}at my.ts:28/,
    ],
    [
      'syntax.ts',
      1,
      /^error TCT-6024: 'syntax.ts' cannot be loaded: Unterminated string literal\n {2}at syntax.ts:1:28/,
    ],
    [
      'throws.ts',
      1,
      /^error TCT-6024: 'throws.ts' cannot be loaded: TypeError: .*'foo'.*\n {2}at throws.ts:2:20/,
    ],
    [
      'import.ts',
      1,
      /^error TCT-6024: 'import.ts' cannot be loaded: Cannot find package 'nowhere' imported from import.ts/,
    ],
  ])('tells what is wrong with a circuit: %s', async (reference, exitStatus, message) => {
    const cwd = workspace();
    installTercet(cwd);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const { status, stderr } = await hdlGen(['sim', '--circuit', reference], { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(exitStatus);
  });
});

test('tells what limits a device, and what a batch and a link change', async () => {
  const cwd = workspace();
  const call = 'sim --lanes 16 --rows 8 --activation-bits 4 --m 8 --n 4 --device up5k';
  const alone = await hdlGen(call, { cwd });
  // 34 RAMs of 16 bits bring 272 weights of 2 bits.
  expect(alone.stdout).toMatch(
    /limit +272\.0 MACs per cycle on up5k: the weights that its memories bring; [\d.]+ % of it reached/,
  );
  const batched = await hdlGen(`${call} --batch 2 --json`, { cwd });
  const { limit, roofs } = JSON.parse(batched.stdout).throughput.roofline;
  expect(roofs).toContainEqual({ limit: 'weights', macsPerCycle: 544 });
  expect(limit).toBe('logic');
  const linked = await hdlGen(`${call} --link 100000`, { cwd });
  expect(linked.stdout).toMatch(/limit +0\.\d+ MACs per cycle on up5k: the link to the host\n/);
});
