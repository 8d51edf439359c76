import { beforeAll, describe, expect, test } from 'vitest';
import { uint } from '../../../ir/index.ts';
import { createSimulation, netlistCircuit } from '../../../sim/index.ts';
import { readWordLevel } from '../../../synth/index.ts';
import { Draw } from '../../support/draw.ts';
import { hasIcarus, missing } from '../../support/tools.ts';
import { type BenchCycle, type BenchOutputs, runBench } from '../../support/verilog-bench.ts';
import { designsFile, verilogDesigns } from './verilog-designs.ts';

/*
 * Foreign Verilog in the engine, against Icarus: what Yosys reads, what `netlistCircuit` makes of it, and what Tercet
 * mends in the text before. All designs are read at once.
 */
const names = Object.keys(verilogDesigns);
const inputs = Object.entries({ rst: 1, a: 32, b: 32, wide: 100 }).map(([name, width]) => ({ name, width }));
const cycleCount = 300;

function randomCycles(): BenchCycle[] {
  const draw = new Draw(11);
  return draw.times(cycleCount, () => ({
    clocks: ['clk'],
    inputs: Object.fromEntries(
      inputs.map(({ name, width }) => [
        name,
        name === 'rst' ? BigInt(draw.oneIn(6)) : draw.value(uint(width)),
      ]),
    ),
  }));
}

function bitsOf(value: bigint): string {
  return value.toString(2).padStart(64, '0');
}

describe.skipIf(!hasIcarus)(
  `Verilog with rules that are easily missed${missing(hasIcarus, 'Icarus Verilog')}`,
  () => {
    const cycles = randomCycles();
    const file = { name: 'designs.sv', text: designsFile(verilogDesigns) };
    const outputs = names.map(name => ({ name: `y_${name}`, width: 64 }));
    let icarus: BenchOutputs;
    let engine: BenchOutputs;

    async function inEngine() {
      const files = { [file.name]: file.text };
      const { netlistJson } = await readWordLevel({ files, sources: [file.name], top: 'top' });
      const simulation = createSimulation(netlistCircuit(netlistJson, { undriven: 'zero' }).circuit);
      return cycles.map(({ inputs }) => {
        for (const [name, value] of Object.entries(inputs)) simulation.set(name, value);
        const said = outputs.map(({ name }) => [name, bitsOf(simulation.get(name))] as const);
        simulation.step();
        return Object.fromEntries(said);
      });
    }

    beforeAll(async () => {
      const module = { name: 'top', clocks: ['clk'], inputs, outputs, cycles };
      const [[said], own] = await Promise.all([runBench([file], [module]), inEngine()]);
      icarus = said!;
      engine = own;
    });

    test.each(names)('%s', name => {
      const output = `y_${name}`;
      const differences: string[] = [];
      let known = 0;
      icarus.forEach((said, cycle) => {
        const theirs = said[output]!;
        // What is x for Icarus is a number here.
        const ours = [...engine[cycle]![output]!]
          .map((bit, i) => ('xz'.includes(theirs[i]!) ? 'x' : bit))
          .join('');
        if (ours !== theirs.replaceAll('z', 'x'))
          differences.push(`cycle ${cycle}: ${ours}, Icarus ${theirs}`);
        known += theirs.replaceAll(/[xz]/g, '').length;
      });
      expect(differences).toEqual([]);
      expect(known / (64 * cycleCount)).toBeGreaterThan(0.9);
      expect(new Set(icarus.map(said => said[output])).size).toBeGreaterThan(10);
    });
  },
);
