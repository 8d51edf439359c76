import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulation, netlistCircuit, type Records } from '../sim/index.ts';
import { readWordLevel } from '../synth/index.ts';
import { hex, picorv32, program, systemVerilog } from '../test/support/picorv32.ts';
import { hasIcarus } from '../test/support/tools.ts';
import { atLeast, atMost, fastest, forComparison, type Row, type Subject, times } from './row.ts';
import { hasVerilator, runVerilator } from './verilator.ts';

const cycles = 50_000;
const resetCycles = 10;

const inputs = [{ name: 'resetn', width: 1 }];
const outputs = [
  { name: 'trap', width: 1 },
  { name: 'mem_valid', width: 1 },
  { name: 'mem_addr', width: 32 },
  { name: 'mem_wdata', width: 32 },
  { name: 'mem_wstrb', width: 4 },
];

/** Speed of Verilog that others have written: picorv32 running a program, side by side with Icarus and Verilator. */
export const measure: Subject = async add => {
  const processor = picorv32();
  if (processor === undefined) {
    console.error('picorv32 is not to be had from PyPI: the figures of Verilog are left out');
    return;
  }
  const files = {
    'picorv32.v': processor,
    'system.v': systemVerilog,
    'program.hex': hex(program({ extended: false })),
  };
  const begun = performance.now();
  const { netlistJson } = await readWordLevel({ files, sources: ['picorv32.v', 'system.v'], top: 'system' });
  const read = performance.now();
  const { circuit } = netlistCircuit(netlistJson);
  const simulation = createSimulation(circuit);
  simulation.run(simulation.stimulus(1));
  const firstMs = performance.now() - read;

  const own = createSimulation(circuit);
  const stimulus = own.stimulus(cycles);
  for (let i = 0; i < cycles; i++) stimulus.set('resetn', i, Number(i >= resetCycles));
  const results = own.run(stimulus);
  const checksum = checksumOf(results);
  const last = Number(results.get('mem_addr', cycles - 1));
  const rate = fastest(() => {
    own.run(stimulus, { results });
    return cycles;
  });
  add(forComparison('picorv32 running a program: cycles per second', rate / 1e6, 'M/s'));
  add(forComparison('  from Verilog to netlist, by Yosys', read - begun, 'ms'));
  add(forComparison('  from netlist to first cycle', firstMs, 'ms'));
  if (hasIcarus) againstIcarus(files, rate, last, add);
  if (hasVerilator) {
    const peer = runVerilator({
      ...{ top: 'system', files, inputs, outputs },
      stimulus: Array.from({ length: cycles }, (_, i) => [BigInt(i >= resetCycles)]),
    });
    add(forComparison('  Verilator', peer.rate / 1e6, 'M/s'));
    add(
      atMost(0, '  outputs that differ from Verilator’s (checksum)', Number(peer.checksum !== checksum), ''),
    );
    add(forComparison('  against Verilator', rate / peer.rate, 'times'));
  }
};

/** @param last the address that is on the bus in the last cycle. */
function againstIcarus(
  files: Readonly<Record<string, string>>,
  rate: number,
  last: number,
  add: (row: Row) => void,
): void {
  const bench = `module bench;
    reg clk = 0, resetn = 0;
    wire [31:0] mem_addr;
    system system (.clk(clk), .resetn(resetn), .mem_addr(mem_addr));
    initial begin
      repeat (${resetCycles}) begin #5 clk = 1; #5 clk = 0; end
      resetn = 1;
      repeat (${cycles - resetCycles - 1}) begin #5 clk = 1; #5 clk = 0; end
      #1 $display("%0d", mem_addr);
    end
  endmodule`;
  const folder = mkdtempSync(join(tmpdir(), 'tercet-bench-'));
  try {
    for (const [name, text] of Object.entries({ ...files, 'bench.v': bench }))
      writeFileSync(join(folder, name), text);
    const sources = ['bench.v', 'system.v', 'picorv32.v'];
    execFileSync('iverilog', ['-g2005', '-o', 'bench.vvp', '-s', 'bench', ...sources], { cwd: folder });
    let said = '';
    const rates = times(3, () => {
      said = execFileSync('vvp', ['-n', 'bench.vvp'], { cwd: folder, encoding: 'utf8' });
      return cycles;
    });
    const icarus = Math.max(...rates);
    add(forComparison('  Icarus Verilog', icarus / 1e6, 'M/s'));
    add(atMost(0, '  addresses that differ in the last cycle', Number(Number(said) !== last), ''));
    add(atLeast(100, '  against Icarus Verilog', rate / icarus, 'times'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The sum that the harness of Verilator makes. */
function checksumOf(results: Records): number {
  const columns = outputs.map(({ name }) => results.column(name).map(Number));
  let sum = 0;
  for (let cycle = 0; cycle < results.cycles; cycle++)
    for (const column of columns) sum = (Math.imul(sum, 31) + column[cycle]!) >>> 0;
  return sum;
}
