import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasIcarus, missing } from '../support/tools.ts';
import { hdlGen, installTercet, workspace } from './helpers.ts';

const source = `import { component, foreign, int, mux, named, registered } from 'tercet';

const absolute = foreign(
  { name: 'absolute' },
  { inputs: { x: int(8) }, build: ({ x }) => ({ y: mux(x.lessThan(0), x.negate(), x) }) },
);

export const distance = component('distance', {
  inputs: { a: int(7), b: int(7) },
  build: ({ a, b }) => named({ y: registered(absolute({ x: a.sub(b) }).y) }),
});
`;

/** Not what the model says: a negation without its carry. */
const verilog = `module absolute (input signed [7:0] x, output [7:0] y);
  assign y = x[7] ? ~x : x;
endmodule
`;

/** A folder with the circuit and the Verilog of its foreign module, and a cache of its own. */
function project(): { readonly cwd: string; readonly env: Record<string, string> } {
  const cwd = workspace();
  installTercet(cwd);
  writeFileSync(join(cwd, 'my.ts'), source);
  writeFileSync(join(cwd, 'absolute.v'), verilog);
  return { cwd, env: { TERCET_CACHE: workspace() } };
}

/** An environment in which no program is found. */
const nothingOnPath = { PATH: '/nowhere' };

describe('hdl-gen cosim', () => {
  test('runs the array as a netlist, with pauses in both streams', async () => {
    const { status, stdout } = await hdlGen('cosim --lanes 2 --rows 2 --cycles 200 --with netlist', {
      cwd: workspace(),
    });
    expect(
      `\n${stdout.replace(/: \d+ cells/, ': … cells').replaceAll(/ +\n/g, '\n')}`,
    ).toMatchInlineSnapshot(`
      "
        product  [8,8] x [9,8] on 2 lanes x 2 rows, with pauses
        cycles   212

        opinion    what it is                       cycles  values compared  mismatches
        reference  the product in plain integers       212               72           0
        engine     the circuit, compiled               212              848           0
        netlist    synthesised for up5k: … cells     212              848           0

        all 3 say the same
      "
    `);
    expect(status).toBe(0);
  });

  test.skipIf(!hasIcarus)(
    `tells as a document who was compared over how many cycles${missing(hasIcarus, 'Icarus Verilog')}`,
    async () => {
      const { status, stdout } = await hdlGen(
        'cosim --lanes 3 --activation-bits 5 --cycles 300 --with icarus --json',
        { cwd: workspace() },
      );
      const document = JSON.parse(stdout);
      const { cycles, opinions } = document;
      expect(document).toMatchObject({
        schema: 'tercet.cosim/1',
        config: { lanes: 3 },
        missing: [],
        files: [],
      });
      expect(cycles).toBeGreaterThan(250);
      expect(opinions).toMatchObject([
        { name: 'reference', cycles, mismatches: 0 },
        { name: 'engine', cycles, values: 3 * cycles, mismatches: 0 },
        { name: 'icarus', cycles, values: 3 * cycles, mismatches: 0 },
      ]);
      expect(status).toBe(0);
    },
  );

  test('finds a foreign module that is not what its model says, shows the cycle, and ends with 1', async () => {
    const { cwd, env } = project();
    const call = 'cosim --circuit my.ts#distance --sources absolute.v --cycles 60 --out o';
    const { status, stdout, stderr } = await hdlGen(call, { cwd, env: { ...env, ...nothingOnPath } });
    const shown = stdout.replace(/: \d+ cells/, ': … cells').replaceAll(/ +\n/g, '\n');
    expect(`\n${shown}`).toMatchInlineSnapshot(`
      "
        circuit  my.ts#distance
        inputs   2, drawn at random with seed 1
        cycles   60
        files    o/

        opinion    what it is                                cycles  values compared  mismatches
        reference  the circuit, interpreted on big integers      60               60           0
        engine     the circuit, compiled                         60               60           0
        cxxrtl     the Verilog, by Yosys and clang               60               60          26
        netlist    synthesised for up5k: … cells                60               60          26

        icarus was not asked: there is no program iverilog; get it with: apt install iverilog (or your system's package)
        not all say the same: cxxrtl, netlist differ

        cycle                0  1  2  3  4  5  6
        y reference, engine │0 │26│33│52│28│24│48
        y cxxrtl, netlist   │0 │26│32│52│28│24│48
      "
    `);
    expect(stderr).toMatch(
      /error TCT-6033: output 'y' in cycle \d+: reference and engine say \d+; cxxrtl and netlist say/,
    );
    expect([status, readdirSync(join(cwd, 'o'))]).toEqual([1, ['cosim.json', 'difference.vcd']]);
    expect(JSON.parse(readFileSync(join(cwd, 'o/cosim.json'), 'utf8'))).toMatchObject({
      circuit: 'my.ts#distance',
      firstMismatch: {
        port: 'y',
        sides: [{ names: ['reference', 'engine'] }, { names: ['cxxrtl', 'netlist'] }],
      },
      missing: [{ name: 'icarus' }],
    });
  });

  test('leaves nothing behind at Ctrl-C', async () => {
    const { cwd, env } = project();
    const signalAt = { pattern: /clang: compiling/, signal: 'SIGINT' } as const;
    const call = 'cosim --circuit my.ts#distance --sources absolute.v --with cxxrtl --out o';
    const { status, stderr } = await hdlGen(call, { cwd, env, signalAt });
    expect(stderr).toContain('interrupted: nothing was left half-written');
    expect(status).toBe(130);
    expect(readdirSync(cwd)).toEqual(['absolute.v', 'my.ts', 'node_modules']);
    expect(readdirSync(env.TERCET_CACHE!)).toEqual([]);
  });

  test.each([
    ['--with verilator', 2, /TCT-6002: '--with' takes 'cxxrtl' or 'icarus' or 'netlist', not 'verilator'/],
    [
      '--lanes 1 --cycles 9 --with icarus',
      1,
      /TCT-3401: Icarus Verilog is not on this machine.*\n {2}help: .*apt/,
    ],
    [
      '--circuit my.ts#distance',
      2,
      /TCT-6032: .*: 'absolute'\n {2}help: name their files: --sources absolute.v/,
    ],
    ['--circuit my.ts#distance --sources none.v', 2, /TCT-6031: 'none.v' cannot be read/],
  ])('refuses %s', async (options, exitStatus, message) => {
    const { cwd, env } = project();
    const { status, stderr } = await hdlGen(`cosim ${options}`, { cwd, env: { ...env, ...nothingOnPath } });
    expect(stderr).toMatch(message);
    expect(status).toBe(exitStatus);
  });
});
