import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeNpy, readNpy } from '../../model/index.ts';
import { hdlGen, workspace } from './helpers.ts';

/** What follows from the core and the machine is for their own tests. */
const withoutFigures = (text: string): string =>
  text.replaceAll(/^ {2}(cycles|MACs|with the|simulated) .*$/gm, line => line.replaceAll(/\d[\d,.]*/g, '#'));

describe('hdl-gen matmul', () => {
  test('multiplies two demo matrices on a simulated iCEBreaker, through its serial wire', async () => {
    const { status, stdout } = await hdlGen('matmul', { cwd: workspace() });
    expect(status).toBe(0);
    expect(`\n${withoutFigures(stdout)}`).toMatchInlineSnapshot(`
      "
        board           iCEBreaker 1.0 (up5k), simulated, its whole top level, UART at 1,000,000 baud, 0.10 % less by the divider
        core            40 lanes x 1 row, int8 activations, 5in8 weights
        product         [32,120] x [4,120]
          y[0]            -917    419   -118    443    456    453   1362   -348  …
          y[1]             548    285    191    292   -202   -665   -285   -545  …
          y[2]            -585    324  -1409   -235   -140   1033   1142   -685  …
          y[3]             409    191   -424   -433  -1062   -404    545   -557  …
        cycles          # which are # us at # MHz
        MACs per cycle  # of the # that its memory of weights allows (# %)
        with the link   # ms, of which the core worked # %; # requests
        simulated       # cycles of the board, # a second
        compared        the board against the integer reference: 128 sums of 120 products, all equal
      "
    `);
  });

  test('takes matrices from files and writes the results', async () => {
    const cwd = workspace();
    // Three rows of which each tells another thing: all, the difference of two, nothing.
    const weights = Int8Array.from([1, 1, 1, 1, 1, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0]);
    const activations = Int8Array.from([1, 2, 3, 4, 5, -128, 127, -128, 127, 0]);
    writeFileSync(join(cwd, 'w.npy'), encodeNpy({ dtype: 'int8', shape: [3, 5], data: weights }));
    writeFileSync(join(cwd, 'x.npy'), encodeNpy({ dtype: 'int8', shape: [2, 5], data: activations }));
    const files = '--weights w.npy --activations x.npy --results y.npy';
    const { status, stdout } = await hdlGen(`matmul ${files} --board icestick --json`, { cwd });
    expect(status).toBe(0);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      schema: 'tercet.matmul/1',
      results: [
        [15, -2, 0],
        [-2, -127, 0],
      ],
    });
    // The same with weights that are there from the start.
    const resident = JSON.parse(
      (await hdlGen(`matmul ${files} --board icestick --resident --json`, { cwd })).stdout,
    );
    expect(resident.results).toEqual(document.results);
    const { shape, data } = readNpy(join(cwd, 'y.npy'));
    expect([shape, [...data].map(Number)]).toEqual([
      [2, 3],
      [15, -2, 0, -2, -127, 0],
    ]);
  });

  test.each([
    ['icebreaker', '--encoding 2bit', { lanes: 32, rows: 1, encoding: '2bit' }],
    // With the usual initial values it would take a block RAM more than there are.
    ['icebreaker', '--rows 4 --batch 8 --baud 115200', { lanes: 40, rows: 4, batch: 8, initialValues: 256 }],
    ['icebreaker', '--lanes 32 --rows 6 --batch 8 --encoding 2bit', { batch: 8, initialValues: 512 }],
    ['hx8k-b-evn', '--lanes 8 --rows 3 --mhz 60', { lanes: 8, rows: 3, weightWords: 1024 }],
  ])('makes another core for %s with %s', async (board, options, core) => {
    const { status, stdout } = await hdlGen(`matmul --board ${board} ${options} --m 20 --k 90 --json`, {
      cwd: workspace(),
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ core, checks: [{ values: 80, mismatches: 0 }] });
  });

  test('adds a bias, shifts, cuts at 0 and saturates on a core with an output stage', async () => {
    const cwd = workspace();
    const weights = Int8Array.from([1, 0, 1, 0, 0, -1, 1, 1, 1]);
    const activations = Int8Array.from([5, -7, 100, 127, 127, 127]);
    writeFileSync(join(cwd, 'w.npy'), encodeNpy({ dtype: 'int8', shape: [3, 3], data: weights }));
    writeFileSync(join(cwd, 'x.npy'), encodeNpy({ dtype: 'int8', shape: [2, 3], data: activations }));
    const bias = Int32Array.from([1, -7000, 999]);
    writeFileSync(join(cwd, 'b.npy'), encodeNpy({ dtype: 'int32', shape: [3], data: bias }));
    const files = '--weights w.npy --activations x.npy --bias b.npy --board icestick';
    const results = async (options: string): Promise<unknown> => {
      const { status, stdout } = await hdlGen(`matmul ${files} ${options} --json`, { cwd });
      expect(status).toBe(0);
      return JSON.parse(stdout).results;
    };
    expect(await results('')).toEqual([
      [106, -7100, 1097],
      [255, -7127, 1380],
    ]);
    // 106 / 4 = 26.5, and -7100 / 4 = -1775.
    expect(await results('--shift 2')).toEqual([
      [26, -1775, 274],
      [63, -1782, 345],
    ]);
    expect(await results('--shift 2 --saturate')).toEqual([
      [26, -128, 127],
      [63, -128, 127],
    ]);
    expect(await results('--shift 2 --relu --saturate')).toEqual([
      [26, 0, 127],
      [63, 0, 127],
    ]);
  });

  test('says by how much an iCEBreaker misses a clock', async () => {
    const { status, stderr } = await hdlGen('matmul --mhz 100 --m 2 --k 3 --n 1', { cwd: workspace() });
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /TCT-6122: the clock is 100.5 MHz, and on 'up5k' a board .* reaches about \d\d MHz/,
    );
  });

  test('tells what the config file says where a call is wrong', async () => {
    const cwd = workspace();
    writeFileSync(join(cwd, 'tercet.config.json'), '{"lanes": 64}');
    const { status, stderr } = await hdlGen('matmul', { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('TCT-7201');
    expect(stderr).toContain("the config file of this folder says 'lanes': 64");
    // The line is one of Tercet's own.
    expect(stderr).not.toContain('hdl-gen/cli');
  });

  test('refuses files that are no matrices, more vectors than there are, and a place that is not there, before it works', async () => {
    const cwd = workspace();
    const put = (name: string, shape: number[], data: Int8Array): void =>
      writeFileSync(join(cwd, name), encodeNpy({ dtype: 'int8', shape, data }));
    put('w.npy', [1, 3], Int8Array.of(1, 0, -1));
    put('x.npy', [1, 3], Int8Array.of(5, -7, 100));
    put('flat.npy', [3], Int8Array.of(1, 0, -1));
    put('x4.npy', [1, 4], Int8Array.of(1, 2, 3, 4));
    put('b2.npy', [2], Int8Array.of(1, 2));
    writeFileSync(
      join(cwd, 'x16.npy'),
      encodeNpy({ dtype: 'int16', shape: [1, 3], data: Int16Array.of(1, 300, 2) }),
    );
    writeFileSync(join(cwd, 'w.json'), '{"a":');
    const calls: readonly (readonly [string, RegExp])[] = [
      ['--weights w.npy --activations x.npy --n 100', /TCT-6006.*'--n 100'[\s\S]*the file has 1 vector/],
      ['--weights flat.npy', /TCT-5011/],
      ['--weights w.npy --activations x4.npy', /TCT-5015/],
      [
        '--weights w.npy --activations x16.npy',
        /TCT-5013.*300 at row 0, column 1[\s\S]*more activation bits/,
      ],
      ['--weights w.json', /TCT-5019: 'w.json' .*it is no JSON/],
      ['--weights w.npy --bias b2.npy', /TCT-5011.*'b2.npy' has shape \(2,\)/],
      ['--port /dev/ttyNotThere --simulate netlist', /TCT-6006.*'--simulate' and '--port'/],
      ['--port /dev/ttyNotThere --baud 4000000', /TCT-7401/],
      ['--board icestick --resident --weights w.npy --bias b2.npy', /TCT-5011/],
    ];
    for (const [options, message] of calls) {
      const { status, stderr } = await hdlGen(`matmul ${options}`, { cwd });
      expect([options, status, stderr]).toEqual([options, 2, expect.stringMatching(message)]);
      expect(stderr).not.toContain('--activation-bits');
    }
    const nowhere = await hdlGen('matmul --results none/y.npy', { cwd });
    expect(nowhere.stderr).toMatch(/TCT-6014: 'none\/y.npy' could not be written: there is no folder 'none'/);
    expect(nowhere.stderr).not.toMatch(/multiplying|--out/);
  });

  test.each([
    ['--port /dev/ttyNotThere', 'TCT-8020', /no serial port '\/dev\/ttyNotThere'/],
    ['--board fomu', 'TCT-6090', /'fomu' has no serial link/],
    ['--baud 4000000', 'TCT-7401', /a clock of 12 MHz is too slow for 4000000 baud/],
    ['--weights none.npy', 'TCT-5001', /'none.npy' is not there/],
    ['--baud 12', 'TCT-6002', /9600/],
    ['--resident', 'TCT-6092', /SPRAM/],
    ['--lanes 64', 'TCT-7201', /but 1 cycle to read them\n {2}help: take fewer lanes, or/],
    ['--board icestick --lanes 40', 'TCT-6097', /takes \d\d block RAMs, and 'hx1k' has 16/],
    ['--lanes 40 --rows 7 --batch 16', 'TCT-6097', /'up5k' has 30: no such board/],
    ['--board icestick --resident --k 6000', 'TCT-8032', /too large to stay/],
    ['--mhz 5', 'TCT-4057', /16 to 275 MHz, and 5 MHz are asked for/],
  ])('refuses %s', async (options, code, message) => {
    const { status, stderr } = await hdlGen(`matmul ${options}`, { cwd: workspace() });
    expect([status, stderr]).toEqual([2, expect.stringContaining(code)]);
    expect(stderr).toMatch(message);
  });
});
