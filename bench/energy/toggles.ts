import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../hdl-gen/cli/random.ts';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { ternaryStream } from '../../rtl/ternary/index.ts';
import { namedNets, readVcd, toggleRun } from '../../sim/activity/index.ts';
import { netlistCircuit } from '../../sim/index.ts';
import { findDevice, ice40ModelsOf, runYosys, synthesise } from '../../synth/index.ts';
import { atMost, forComparison, type Subject } from '../row.ts';

const top = 'ternary_stream';
const lanes = 64;
const cycles = 300;
const timedCycles = 100_000;

/** Changes without delays: in the engine, and in what Icarus dumps of the same netlist with the same inputs. */
export const measureToggles: Subject = async add => {
  const core = { lanes, rows: 1, activationBits: 8, maxK: 64 * lanes, initBits: 16, pipeline: 1 };
  const files = Object.fromEntries(
    emitVerilog(elaborate(ternaryStream(core))).map(({ name, text }) => [name, text]),
  );
  const { netlistJson } = await synthesise({ files, top, device: findDevice('up5k') });
  const inputs = netlistCircuit(netlistJson, { top }).circuit;
  const widths = inputs.inputs.map(({ name, net }) => ({ name, width: inputs.nets[net]!.interval.width }));

  const engine = toggleRun(netlistJson, { top });
  const begin = performance.now();
  engine.count(timedCycles);
  const seconds = (performance.now() - begin) / 1000;
  add(
    forComparison(
      `netlist of ${lanes} lanes without delays: cycles counted`,
      timedCycles / seconds / 1e6,
      'M/s',
    ),
  );

  if (spawnSync('iverilog', ['-V']).error !== undefined) {
    console.error('iverilog is not on this machine: the comparison with its VCD is left out');
    return;
  }
  const random = new Random(12345, 3);
  const rows = Array.from({ length: cycles }, () => widths.map(({ width }) => drawn(random, width)));
  const ours = toggleRun(netlistJson, { top });
  ours.count(cycles, (records, first) => {
    for (let cycle = 0; cycle < records.cycles; cycle++)
      widths.forEach(({ name }, i) => {
        records.set(name, cycle, rows[first + cycle]![i]!);
      });
  });
  const dumped = await changesInIcarus(netlistJson, widths, rows);
  const { nets } = ours.toggles();
  const differ = nets.filter(({ bit, functional }) => dumped.get(bit) !== functional).length;
  add(atMost(0, `  of ${nets.length} nets, counts that are not those in Icarus’ VCD`, differ, ''));
};

interface Input {
  readonly name: string;
  readonly width: number;
}

function drawn(random: Random, width: number): bigint {
  let value = 0n;
  for (let bit = 0; bit < width; bit += 16) value = (value << 16n) | BigInt(random.next() & 0xffff);
  return BigInt.asUintN(width, value);
}

/** The changes of each net in Icarus, where all inputs change with the edge. */
async function changesInIcarus(
  json: string,
  inputs: readonly Input[],
  rows: readonly (readonly bigint[])[],
): Promise<Map<number, number>> {
  const run = await runYosys({
    script: 'read_json netlist.json; write_verilog -noattr netlist.v',
    files: { 'netlist.json': json },
    outputs: ['netlist.v'],
  });
  const netlist = new TextDecoder().decode(run.files['netlist.v']);
  const width = inputs.reduce((sum, input) => sum + input.width, 0);
  let low = 0;
  const ports = inputs.map(input => {
    const from = low;
    low += input.width;
    return `.${input.name}(row[${from} +: ${input.width}])`;
  });
  const bench = `module bench;
  reg clk = 0;
  reg [${width - 1}:0] rows [0:${cycles - 1}];
  reg [${width - 1}:0] row;
  integer cycle = 0;
  ${top} dut(.clk(clk), ${ports.join(', ')});
  always @(posedge clk) begin cycle <= cycle + 1; row <= rows[cycle + 1]; end
  initial begin
    $readmemb("rows.txt", rows);
    row = rows[0];
    $dumpfile("dump.vcd");
    $dumpvars(0, bench);
    repeat (${cycles - 1}) begin #5 clk = 1; #5 clk = 0; end
  end
endmodule
`;
  const text = (row: readonly bigint[]) =>
    row
      .map((value, i) => value.toString(2).padStart(inputs[i]!.width, '0'))
      .reverse()
      .join('');
  const folder = mkdtempSync(join(tmpdir(), 'tercet-bench-'));
  try {
    writeFileSync(join(folder, 'bench.v'), bench);
    writeFileSync(join(folder, 'netlist.v'), netlist);
    writeFileSync(
      join(folder, 'cells.v'),
      ice40ModelsOf([...netlist.matchAll(/\bSB_\w+/g)].map(([type]) => type)),
    );
    writeFileSync(join(folder, 'rows.txt'), rows.map(text).join('\n'));
    const sources = ['bench.v', 'netlist.v', 'cells.v'];
    const options = ['-g2005', '-DNO_ICE40_DEFAULT_ASSIGNMENTS', '-o', 'bench.vvp', ...sources];
    execFileSync('iverilog', options, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('vvp', ['-n', 'bench.vvp'], { cwd: folder, stdio: 'ignore' });
    const seen = await readVcd(createReadStream(join(folder, 'dump.vcd')), namedNets(json, top), {
      clock: 'clk',
      leastShare: 1,
    });
    return new Map(seen.counts.map(({ bit, all }) => [bit, all]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
