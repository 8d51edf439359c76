import { expect, test } from 'vitest';
import { createSimulation, netlistCircuit } from '../../../sim/index.ts';
import { readWordLevel } from '../../../synth/index.ts';
import { checksumAddress, hex, picorv32, program, systemVerilog } from '../../support/picorv32.ts';
import { hasIcarus, missing } from '../../support/tools.ts';
import { runBench } from '../../support/verilog-bench.ts';

/*
 * A processor that others have written runs a program that uses all its instructions. What goes between it and its
 * memory is the same, cycle by cycle, as in Icarus Verilog.
 */
const processor = picorv32();
const isThere = hasIcarus && processor !== undefined;
const why = hasIcarus ? missing(isThere, 'picorv32 from PyPI') : missing(isThere, 'Icarus Verilog');

const cycles = 16_000;
const resetCycles = 10;
const outputs = [
  { name: 'trap', width: 1 },
  { name: 'mem_valid', width: 1 },
  { name: 'mem_addr', width: 32 },
  { name: 'mem_wdata', width: 32 },
  { name: 'mem_wstrb', width: 4 },
];

test.skipIf(!isThere)(`picorv32 runs a program as in Icarus Verilog${why}`, async () => {
  const files = {
    'picorv32.v': processor!,
    'system.v': systemVerilog,
    'program.hex': hex(program({ extended: true })),
  };
  const { netlistJson } = await readWordLevel({
    files,
    sources: ['picorv32.v', 'system.v'],
    parameters: { EXTENDED: 1 },
    top: 'system',
  });
  const { circuit } = netlistCircuit(netlistJson);
  const simulation = createSimulation(circuit);
  const stimulus = simulation.stimulus(cycles);
  for (let i = 0; i < cycles; i++) stimulus.set('resetn', i, Number(i >= resetCycles));
  const results = simulation.run(stimulus);

  const module = {
    name: 'extended',
    clocks: ['clk'],
    inputs: [{ name: 'resetn', width: 1 }],
    outputs,
    cycles: Array.from({ length: cycles }, (_, i) => ({
      inputs: { resetn: stimulus.get('resetn', i) },
      clocks: ['clk'],
    })),
  };
  const ports = ['clk', 'resetn', ...outputs.map(({ name }) => name)].map(name => `.${name}(${name})`);
  const declared = outputs.map(({ name, width }) => `output [${width - 1}:0] ${name}`).join(', ');
  const top = `module extended (input clk, input resetn, ${declared});
    system #(.EXTENDED(1)) system (${ports.join(', ')});
  endmodule`;
  const texts = Object.entries({ ...files, 'extended.v': top }).map(([name, text]) => ({ name, text }));
  const [icarus] = await runBench(texts, [module]);

  let known = 0;
  const checksums: bigint[] = [];
  for (let i = 0; i < cycles; i++) {
    const ours = Object.fromEntries(outputs.map(({ name }) => [name, results.get(name, i)]));
    for (const { name, width } of outputs) {
      const bits = icarus![i]![name]!;
      // Before the program has used a register its bits are x in Verilog.
      const seen = [...ours[name]!.toString(2).padStart(width, '0')].map((bit, at) =>
        bits[at] === 'x' ? 'x' : bit,
      );
      if (seen.join('') !== bits) expect(`${name} in cycle ${i}: ${seen.join('')}`).toBe(bits);
      if (!bits.includes('x')) known++;
    }
    if (ours.mem_valid === 1n && ours.mem_addr === BigInt(checksumAddress)) checksums.push(ours.mem_wdata!);
  }
  expect(known / (cycles * outputs.length)).toBeGreaterThan(0.99);
  // Each is there for the two cycles that the memory takes.
  expect(new Set(checksums).size).toBe(checksums.length / 2);
  expect(checksums.length).toBeGreaterThan(2);
});
