import { expect, test } from 'vitest';
import { ternaryStream } from '../../../rtl/ternary/index.ts';
import { compareWitnesses, netlistOpinion, simulationOpinion } from '../../../sim/cosim/index.ts';
import { createSimulation } from '../../../sim/index.ts';
import { readWordLevel } from '../../../synth/index.ts';
import { type Case, caseOf, withVerilog } from './helpers.ts';

/*
 * The emitted Verilog, read back by Yosys at word level: a front end that shares no code with the emitter. It runs in
 * the same engine as the circuit, so what differs is the Verilog.
 */

/** How many values of the outputs differ between a circuit and its Verilog, and how many there are. */
async function compared({
  design,
  bench,
  stimulus,
  seed,
}: Case): Promise<[mismatches: number, values: number]> {
  const { files, top } = bench;
  const { netlistJson } = await readWordLevel({ files, sources: Object.keys(files), top });
  const own = simulationOpinion('circuit', () => createSimulation(design.circuit, { seed }));
  const read = netlistOpinion(bench, netlistJson, { seed });
  const witnesses = [
    { name: 'circuit', said: await own.run(stimulus) },
    { name: 'verilog', said: await read.run(stimulus) },
  ];
  const { scores } = compareWitnesses(witnesses, design.circuit.outputs.length);
  const [, verilog] = scores;
  return [verilog!.mismatches, verilog!.values];
}

const parameters = { activationBits: 5, maxK: 64, initBits: 6, pipeline: 1 };

test.each([
  { lanes: 7, rows: 2, ...parameters },
  { lanes: 64, rows: 1, ...parameters, pipeline: 2 },
  { lanes: 3, rows: 3, ...parameters, activationBits: 16, maxK: 100_000, initBits: 0 },
])('the emitted Verilog says what the circuit says: $lanes lanes x $rows', async size => {
  const one = caseOf(ternaryStream(size), { cycles: 300 });
  const [mismatches, values] = await compared(one);
  expect(mismatches).toBe(0);
  expect(values).toBeGreaterThanOrEqual(300 * one.design.circuit.outputs.length);
});

test('a fault of the emitter is found', async () => {
  const one = caseOf(ternaryStream({ lanes: 7, rows: 2, ...parameters }), { cycles: 300 });
  const faulty = withVerilog(one, text => text.replace(/(gated_2 <= .*) \^/, '$1 |'));
  expect(faulty.bench.files).not.toEqual(one.bench.files);
  const [mismatches] = await compared(faulty);
  expect(mismatches).toBeGreaterThan(0);
});
