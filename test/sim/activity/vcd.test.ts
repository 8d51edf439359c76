import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NamedNet, readVcd, type VcdOptions } from '../../../sim/activity/index.ts';

/*
 * Value Change Dumps, as various programs write them, are read piece by piece; nets are found by name.
 */

const header = `$date today $end
$version a simulator $end
$timescale 10 ns $end
$scope module bench $end
$var reg 1 ! clk $end
$scope module dut $end
$var wire 1 ! clk $end
$var wire 1 " ready $end
$var reg 4 # count [3:0] $end
$scope module core $end
$var wire 1 $ \\sum[2] $end
$upscope $end
$upscope $end
$var real 64 r temperature $end
$upscope $end
$enddefinitions $end
`;

const nets = named('ready', ['count[0]', 'other'], 'count[1]', 'count[2]', 'count[3]', 'core.sum[2]');

function named(...names: readonly (string | readonly string[])[]): NamedNet[] {
  return names.map((each, i) => {
    const all = typeof each === 'string' ? [each] : each;
    return { bit: 100 + i, name: all[0]!, names: all };
  });
}

/** The changes of each net, by name, and the rest of what was read. */
async function read(text: string, asked: readonly NamedNet[] = nets, options: VcdOptions = {}) {
  const { counts, ...rest } = await readVcd([Buffer.from(text)], asked, options);
  return { ...rest, all: Object.fromEntries(counts.map(({ name, all }) => [name, all])), counts };
}

async function codeOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'nothing',
    error => (error as Error).stack!.split('\n')[0]!,
  );
}

describe('changes', () => {
  test('of bits and of the bits of vectors are counted', async () => {
    const body =
      '#0\n$dumpvars\n0!\nx"\nb0 #\n0$\n$end\n#5\n1"\nb1 #\n#7\nb1010 #\n1$\nr1.5 r\n#9\n0"\nb1011 #\n';
    const { all, scope, matched, seconds, cycles } = await read(header + body);
    expect(all).toEqual({
      ready: 1,
      'count[0]': 3,
      'count[1]': 1,
      'count[2]': 0,
      'count[3]': 1,
      'core.sum[2]': 1,
    });
    expect({ scope, matched, cycles }).toEqual({ scope: 'bench.dut', matched: 6, cycles: undefined });
    expect(seconds).toBeCloseTo(9 * 10e-9, 15);
  });

  test('begin and end with known values', async () => {
    const { all } = await read(`${header}#0\n0"\n0$\n#1\nx"\nz$\n#2\n1"\n0$\n#3\nX"\n#4\n1"\n`);
    expect(all).toMatchObject({ ready: 1, 'core.sum[2]': 0 });
  });

  test('of what is not known are not counted, and it is told which bits end so', async () => {
    const { unknown } = await read(`${header}#0\n0"\n0$\nb0 #\n#1\nx"\nb0z0 #\n#2\n1$\nz$\n#3\n0$\n`);
    expect(unknown).toEqual(['ready', 'count[1]']);
    expect((await read(`${header}#0\n0$\nb0 #\n`)).unknown).toEqual(['ready']);
  });

  test('that take each other back at one moment are none', async () => {
    const { all } = await read(`${header}#0\n0"\n0$\n#1\n1"\n0"\n1$\n0$\n1$\n#2\n1"\n`);
    expect(all).toMatchObject({ ready: 1, 'core.sum[2]': 1 });
  });

  test('are extended as Verilog does: by 0 where the first digit is 1, else by that digit', async () => {
    const { all } = await read(`${header}#0\nb0 #\n#1\nb11 #\n#2\nbx #\n#3\nb1111 #\n`);
    expect(all).toMatchObject({ 'count[0]': 1, 'count[1]': 1, 'count[2]': 1, 'count[3]': 1 });
  });

  test('are not counted while nothing is dumped, nor is that time', async () => {
    const body =
      '#0\n0"\n#10\n1"\n#20\n$dumpoff\nx"\nbx #\n$end\n#30\n$dumpon\n0"\nb0 #\n$end\n#40\n1"\n#45\n$comment 0" #99 $end\n';
    const { all, seconds } = await read(header + body);
    expect(all).toMatchObject({ ready: 2, 'count[0]': 0 });
    expect(seconds).toBeCloseTo(35 * 10e-9, 15);
  });
});

describe('with a clock', () => {
  // In the first cycle `ready` has a glitch; `count` follows the edge, at once and before or behind it in the file.
  const body =
    '#0\n0!\n0"\nb0 #\n#10\n1!\nb1 #\n#12\n1"\n#13\n0"\n#15\n0!\n#20\nb10 #\n1!\n#25\n0!\n#30\n1!\nb11 #\n#31\n1"\n';

  test('cycles are counted, and changes from one to the next', async () => {
    const { counts, cycles } = await read(header + body, nets, { clock: 'clk' });
    expect(cycles).toBe(3);
    const found = Object.fromEntries(counts.map(({ name, functional, all }) => [name, [functional, all]]));
    expect(found).toMatchObject({ ready: [1, 3], 'count[0]': [3, 3], 'count[1]': [1, 1] });
  });

  test('it tells what changes with its edges, and what is 1 at them', async () => {
    const { counts } = await read(header + body, nets, { clock: 'clk' });
    const found = Object.fromEntries(counts.map(({ name, atEdges, ones }) => [name, [atEdges, ones]]));
    expect(found).toMatchObject({ ready: [0, 0], 'count[0]': [3, 1], 'count[1]': [1, 1] });
  });

  test('it may be named from the outermost scope on', async () => {
    expect((await read(header + body, nets, { clock: 'bench/clk' })).cycles).toBe(3);
  });

  test('it has to be there, and to rise', async () => {
    expect(await codeOf(read(header + body, nets, { clock: 'clock' }))).toMatch(
      "TCT-3606: the VCD file has no clock 'clock'",
    );
    expect(await codeOf(read(header + body, nets, { clock: 'core.sum[2]' }))).toMatch(
      "TCT-3606: the clock 'core.sum[2]' never rises",
    );
  });
});

describe('names', () => {
  const body = '#0\n0!\n#1\n1!\n';
  const one = (variable: string, scopes: readonly string[] = ['top']) =>
    `$timescale 1ps $end ${scopes.map(scope => `$scope module ${scope} $end`).join(' ')}
    $var wire 1 ! ${variable} $end ${scopes.map(() => '$upscope $end').join(' ')} $enddefinitions $end\n${body}`;

  test.each([
    ['a bit of a vector', 'sum [3]', ['bench', 'top'], 'sum[3]'],
    ['with slashes in the netlist', 'sum[3]', ['top', 'core'], 'core/sum[3]'],
    ['escaped', '\\core.sum[3]', ['top'], 'core.sum[3]'],
    ['escaped, in a level that the netlist has too', '\\a.b', ['top', 'core'], 'core.a.b'],
    ['a vector of one bit', 'valid [0:0]', ['top'], 'valid'],
    ['that tools have made', '$abc$12$n3', ['top'], '$abc$12$n3'],
    ['without any scope', 'valid', [], 'valid'],
  ])('%s', async (_, variable, scopes, net) => {
    const { all } = await read(one(variable, scopes), named(net.replaceAll('/', '.')));
    expect(Object.values(all)).toEqual([1]);
  });

  test('bits in falling and in rising order', async () => {
    const text = (range: string) =>
      `$timescale 1ps $end $var wire 3 ! v ${range} $end $enddefinitions $end\n#0\nb000 !\n#1\nb001 !\n`;
    expect((await read(text('[2:0]'), named('v[0]', 'v[2]'))).all).toEqual({ 'v[0]': 1, 'v[2]': 0 });
    expect((await read(text('[0:2]'), named('v[0]', 'v[2]'))).all).toEqual({ 'v[2]': 1, 'v[0]': 0 });
    expect((await read(text('[6:4]'), named('v[4]', 'v[6]'))).all).toEqual({ 'v[4]': 1, 'v[6]': 0 });
  });

  test('of one variable in several scopes are one', async () => {
    const text = `$timescale 1ps $end $scope module t $end $var wire 1 ! a $end $scope module u $end
      $var wire 1 ! b $end $upscope $end $upscope $end $enddefinitions $end\n#0\n0!\n#1\n1!\n`;
    expect((await read(text, named('a', 'u.b'))).all).toEqual({ a: 1, 'u.b': 1 });
  });

  test('are looked for in the scope that is named', async () => {
    const two = `$timescale 1ps $end $scope module t $end $scope module a $end $var wire 1 ! x $end $upscope $end
      $scope module b $end $var wire 1 " x $end $upscope $end $upscope $end $enddefinitions $end\n#0\n0!\n0"\n#1\n1"\n`;
    expect((await read(two, named('x'), { scope: 't.b' })).all).toEqual({ x: 1 });
    expect((await read(two, named('x'), { scope: 't/a' })).all).toEqual({ x: 0 });
    expect(await codeOf(read(two, named('x'), { scope: 't.c' }))).toMatch(
      "TCT-3604: the VCD file has no scope 't.c'",
    );
  });

  test('have to be there, but for a share', async () => {
    const asked = named('ready', 'missing', 'core.lost', 'core.sum[2]');
    const text = `${header}#0\n0"\n#1\n1"\n`;
    const { matched, missing } = await read(text, asked);
    expect({ matched, missing }).toEqual({ matched: 2, missing: ['missing', 'core.lost'] });
    const refused = read(text, asked, { leastShare: 0.8 });
    await expect(refused).rejects.toThrow(
      "the VCD file has 2 of the netlist's 4 nets (50 %), at least 80 % are needed",
    );
    await expect(read(text, named('a', 'b'), { leastShare: 0 })).rejects.toThrow(
      "has 0 of the netlist's 2 nets",
    );
  });
});

describe('refused is', () => {
  const body = '#0\n0!\n0"\nb0 #\n#1\n1"\nb101 #\n';
  const whole = header + body;

  test.each([
    ['an empty file', '', 'TCT-3601'],
    ['another format', '\0\x01\x02', 'TCT-3601'],
    ['a text', 'module top;', 'TCT-3601'],
    ['a change of what is not declared', `${whole}1%\n`, 'TCT-3601'],
    ['a vector of what is not declared', `${whole}b1 %\n`, 'TCT-3601'],
    ['a change that is none', `${whole}?!\n`, 'TCT-3601'],
    ['a time that goes back', `${whole}#0\n`, 'TCT-3601'],
    ['a file without a time scale', whole.replace('$timescale 10 ns $end', ''), 'TCT-3603'],
    ['a time scale that is none', whole.replace('10 ns', '7 ns'), 'TCT-3601'],
    ['a file without changes', header, 'TCT-3602'],
  ])('%s', async (_, text, code) => {
    expect(await codeOf(read(text))).toMatch(code);
  });

  test('a file that breaks off, wherever it does', async () => {
    const isComplete = (length: number) => length > header.length && whole[length - 1] === '\n';
    for (let length = 1; length < whole.length; length++) {
      if (isComplete(length)) continue;
      expect([length, await codeOf(read(whole.slice(0, length)))]).toEqual([
        length,
        expect.stringMatching('TCT-3602'),
      ]);
    }
  });
});

test('lines may end as on Windows', async () => {
  const body = '#0\n0"\nb0 #\n#1\n1"\nb1 #\n';
  const { all } = await read((header + body).replaceAll('\n', '\r\n'));
  expect(all).toMatchObject({ ready: 1, 'count[0]': 1 });
});

test('it does not matter how the file is cut into pieces', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const change = fc.tuple(fc.nat({ max: 3 }), fc.constantFrom('0', '1', 'x'), fc.nat({ max: 2 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 60, size: 'max' }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
      async (changes, cuts) => {
        let now = 0;
        const lines = changes.map(([net, value, later]) => {
          now += later;
          return `#${now}\n${net === 3 ? `b${value} n3` : `${value}n${net}`}\n`;
        });
        const text = `$timescale 1 us $end\n${names
          .map((name, i) => `$var wire 1 n${i} ${name} $end\n`)
          .join('')}$enddefinitions $end\n#0\n${lines.join('')}`;
        const pieces: Buffer[] = [];
        for (let at = 0, i = 0; at < text.length; at += cuts[i % cuts.length]!, i++)
          pieces.push(Buffer.from(text.slice(at, at + cuts[i % cuts.length]!)));
        const options = edgesOf(changes).length === 0 ? {} : { clock: 'a' };
        const inPieces = await readVcd(pieces, named(...names), options);
        const { all, counts } = await read(text, named(...names), options);
        expect(inPieces.counts).toEqual(counts);
        expect(all).toEqual(Object.fromEntries(names.map((name, i) => [name, changesOf(changes, i)])));
        if (options.clock === undefined) return;
        expect(inPieces.cycles).toBe(edgesOf(changes).length);
        expect(counts.map(({ functional }) => functional)).toEqual(
          names.map((_, i) => functionalOf(changes, i)),
        );
        expect(counts.map(({ atEdges }) => atEdges)).toEqual(names.map((_, i) => atEdgesOf(changes, i)));
        expect(counts.map(({ ones }) => ones)).toEqual(names.map((_, i) => onesOf(changes, i)));
      },
    ),
  );
});

type Changes = readonly (readonly [net: number, value: string, later: number])[];

/** The last known value of a net in each moment that it has one, in their order. */
function momentsOf(changes: Changes, wanted: number): [moment: number, value: string][] {
  const lastOfMoment = new Map<number, string>();
  let now = 0;
  for (const [net, value, later] of changes) {
    now += later;
    if (net === wanted && value !== 'x') lastOfMoment.set(now, value);
  }
  return [...lastOfMoment];
}

function changesOf(changes: Changes, net: number): number {
  const values = momentsOf(changes, net).map(([, value]) => value);
  return values.filter((value, i) => i > 0 && value !== values[i - 1]).length;
}

/** The moments at which the first net rises, in the order of the file; in its first moment it only begins. */
function edgesOf(changes: Changes): number[] {
  const edges: number[] = [];
  const first = momentsOf(changes, 0)[0]?.[0];
  let now = 0;
  let last = 'x';
  for (const [net, value, later] of changes) {
    now += later;
    if (net !== 0 || value === 'x') continue;
    if (last === '0' && value === '1' && now !== first) edges.push(now);
    last = value;
  }
  return edges;
}

/** How often a net has another value before an edge than before the last one, or at the end. */
function functionalOf(changes: Changes, net: number): number {
  const moments = momentsOf(changes, net);
  const before = (limit: number) => moments.findLast(([moment]) => moment < limit)?.[1];
  const values = [...edgesOf(changes), Number.POSITIVE_INFINITY].map(before);
  // What was not known at the first edges began with its first known value.
  const known = [moments[0]?.[1], ...values].filter(value => value !== undefined);
  return known.filter((value, i) => i > 0 && value !== known[i - 1]).length;
}

/** How often a net has another value after a moment in which the clock rises than before it. */
function atEdgesOf(changes: Changes, net: number): number {
  const edges = new Set(edgesOf(changes));
  const moments = momentsOf(changes, net);
  return moments.filter(([moment, value], i) => i > 0 && value !== moments[i - 1]![1] && edges.has(moment))
    .length;
}

/** At how many edges a net is 1; what is not known yet is taken to be what it is first. */
function onesOf(changes: Changes, net: number): number {
  const moments = momentsOf(changes, net);
  const before = (limit: number) =>
    (moments.findLast(([moment]) => moment < limit) ?? moments[0])?.[1] ?? '0';
  return edgesOf(changes).filter(edge => before(edge) === '1').length;
}
