import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { namedNets, readVcd, toggleRun, type VcdActivity, vcdInputs } from '../../../sim/activity/index.ts';
import {
  type Drive,
  readPlaced,
  Sources,
  settledAfterPs,
  TransitionCounter,
  transitionRun,
} from '../../../sim/timed/index.ts';
import {
  findDevice,
  ice40ModelsOf,
  type Placement,
  parseSdf,
  placeAndRoute,
  runYosys,
  synthesise,
} from '../../../synth/index.ts';
import { Draw } from '../../support/draw.ts';
import { hasIcarus, missing, run, withFiles } from '../../support/tools.ts';
import { countByIcarus } from '../timed/icarus.ts';

/*
 * A small multiplier from Verilog to a placement. Its nets change as often as in Icarus Verilog: without delays by what
 * Icarus dumps of the same netlist, and with the delays of nextpnr.
 */

const verilog = `
  module top(input clk, input on, input [3:0] step, output reg [7:0] product);
    reg [3:0] a = 0, b = 0;
    always @(posedge clk) if (on) begin a <= a + 1; b <= b + step; end
    always @(posedge clk) product <= a * b;
  endmodule`;
const cycles = 400;
const draw = new Draw(5);
const rows = draw.times(cycles, () => ({ on: Number(!draw.oneIn(4)), step: draw.below(16) }));
const drive: Drive = (inputs, first) => {
  for (let cycle = 0; cycle < inputs.cycles; cycle++)
    for (const name of ['on', 'step'] as const) inputs.set(name, cycle, rows[first + cycle]![name]);
};

let netlistJson: string;
beforeAll(async () => {
  const device = findDevice('up5k');
  ({ netlistJson } = await synthesise({ files: { 'top.v': verilog }, top: 'top', device }));
});

describe.skipIf(!hasIcarus)(`the netlist of Yosys without delays${missing(hasIcarus, 'iverilog')}`, () => {
  let dump: Buffer;
  let seen: VcdActivity;
  beforeAll(async () => {
    dump = await dumpedByIcarus(netlistJson);
    seen = await readVcd([dump], namedNets(netlistJson), { clock: 'clk', leastShare: 1 });
  });

  test('changes as often as in what Icarus dumps, net for net', () => {
    const engine = toggleRun(netlistJson);
    engine.count(cycles, drive);
    const ours = engine.toggles();
    expect(ours.cycles).toBe(cycles - 1);
    const dumped = new Map(seen.counts.map(({ bit, all }) => [bit, all]));
    const differences = ours.nets.filter(({ bit, functional }) => dumped.get(bit) !== functional);
    expect(differences).toEqual([]);
    expect(ours.nets.length).toBeGreaterThan(40);
    expect(ours.nets.filter(({ functional }) => functional > 100).length).toBeGreaterThan(20);
  });

  test('has all its nets in the file, below the test bench', () => {
    expect(seen).toMatchObject({ scope: 'bench.dut', cycles: cycles - 1, missing: [] });
    // Everything follows an edge, at once.
    for (const { all, functional } of seen.counts.filter(({ name }) => name !== 'clk'))
      expect(all).toBe(functional);
  });

  test('gets the inputs of the dump in the cycles in which they were', async () => {
    const engine = toggleRun(netlistJson);
    engine.count(cycles - 1, drive);
    const again = toggleRun(netlistJson);
    const inputs = [
      { name: 'on', width: 1 },
      { name: 'step', width: 4 },
    ];
    const pieces = [dump.subarray(0, 20_000), dump.subarray(20_000)];
    for await (const part of vcdInputs(pieces, inputs, { clock: 'clk', scope: 'bench.dut' }))
      again.count(part.cycles, part.drive);
    expect(again.toggles()).toEqual(engine.toggles());
  });
});

describe('the placed netlist', () => {
  let placement: Placement;
  let placedJson: string;
  beforeAll(async () => {
    const device = findDevice('up5k');
    placement = await placeAndRoute({ netlistJson, device, package: 'sg48', targetMHz: 24, seed: 1 });
    placedJson = new TextDecoder().decode(placement.placedJson);
  });
  const delaysOf = () => parseSdf(new TextDecoder().decode(placement.sdf));

  test('has the same functional changes with delays as without, and glitches', () => {
    const timed = transitionRun({ placedJson, delays: delaysOf(), periodPs: 40_000 });
    timed.count(cycles, drive);
    const plain = toggleRun(placedJson);
    plain.count(cycles, drive);
    const functional = new Map(timed.transitions().nets.map(({ bit, functional }) => [bit, functional]));
    const { nets } = plain.toggles();
    expect(nets.map(({ bit }) => functional.get(bit))).toEqual(nets.map(({ functional }) => functional));
    const { nets: counted } = timed.transitions();
    const sum = (of: 'all' | 'functional') => counted.reduce((total, net) => total + net[of], 0);
    expect(sum('all')).toBeGreaterThan(1.1 * sum('functional'));
    expect(timed.warnings).toEqual([]);
  });

  test('lets one bit of a vector be forced', () => {
    const counted = (forced: readonly string[], force: (step: number) => number) => {
      const timed = transitionRun({ placedJson, delays: delaysOf(), periodPs: 40_000, forced });
      timed.count(cycles, (inputs, first) => {
        for (let cycle = 0; cycle < inputs.cycles; cycle++) {
          const { on, step } = rows[first + cycle]!;
          inputs.set('on', cycle, on);
          inputs.set('step', cycle, force(step));
          for (const name of forced) inputs.set(name, cycle, 1);
        }
      });
      return timed.transitions();
    };
    const name = namedNets(placedJson).find(({ names }) => names.includes('step[2]'))!.name;
    expect(counted([name], step => step)).toEqual(counted([], step => step | 4));
    expect(counted([name], step => step)).not.toEqual(counted([], step => step));
  });

  test.skipIf(!hasIcarus)(
    `changes as often as in Icarus with the same delays${missing(hasIcarus, 'iverilog')}`,
    async () => {
      const placed = readPlaced(placedJson, delaysOf());
      const { netlist } = placed;
      const periodPs = 2 * Math.ceil(settledAfterPs(netlist, 0) / 2) + 2;
      const values = new Sources(placed).next(cycles, drive);
      const counter = new TransitionCounter(netlist, { periodPs });
      counter.run(values);
      const count = netlist.sources.length;
      const sourceRows = rows.map((_, cycle) => [...values.subarray(cycle * count, (cycle + 1) * count)]);
      const theirs = await countByIcarus(netlist, sourceRows, { periodPs });
      expect({ functional: [...counter.functional], all: [...counter.all] }).toEqual(theirs);
    },
  );
});

/** Runs a netlist in Icarus, all inputs changing together with the edge; gives what it dumps. */
async function dumpedByIcarus(json: string): Promise<Buffer> {
  const written = await runYosys({
    script: 'read_json netlist.json; write_verilog -noattr netlist.v',
    files: { 'netlist.json': json },
    outputs: ['netlist.v'],
  });
  const netlist = new TextDecoder().decode(written.files['netlist.v']);
  const bench = `
    module bench;
      reg clk = 0;
      reg [4:0] rows [0:${cycles - 1}];
      reg [4:0] row;
      integer cycle = 0;
      top dut(.clk(clk), .on(row[4]), .step(row[3:0]));
      always @(posedge clk) begin cycle <= cycle + 1; row <= rows[cycle + 1]; end
      initial begin
        $readmemb("rows.txt", rows);
        row = rows[0];
        $dumpfile("dump.vcd");
        $dumpvars(0, bench);
        repeat (${cycles - 1}) begin #5 clk = 1; #5 clk = 0; end
      end
    endmodule`;
  const digits = (value: number, width: number) => value.toString(2).padStart(width, '0');
  const files = [
    { name: 'bench.v', text: bench },
    { name: 'netlist.v', text: netlist },
    { name: 'cells.v', text: ice40ModelsOf([...netlist.matchAll(/\bSB_\w+/g)].map(([type]) => type)) },
    { name: 'rows.txt', text: rows.map(({ on, step }) => digits(on, 1) + digits(step, 4)).join('\n') },
  ];
  return withFiles(files, async folder => {
    const sources = ['bench.v', 'netlist.v', 'cells.v'];
    const compiled = await run(
      'iverilog',
      ['-g2005', '-DNO_ICE40_DEFAULT_ASSIGNMENTS', '-o', 'bench.vvp', ...sources],
      folder,
    );
    if (compiled.status !== 0) throw new Error(compiled.text);
    await run('vvp', ['-n', 'bench.vvp'], folder);
    return readFileSync(join(folder, 'dump.vcd'));
  });
}
