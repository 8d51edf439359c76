import { describe, expect, test } from 'vitest';
import { benchOf } from '../../hdl-gen/cli/cosim-bench.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import {
  checkDecoder,
  dotProductUnit,
  proveNetlist,
  proveSpecification,
  unitsOf,
} from '../../proof/index.ts';
import { ternaryStream } from '../../rtl/ternary/index.ts';
import { findDevice, synthesise } from '../../synth/index.ts';

/*
 * A proof is worth what it refuses: a fault in the specification, in the emitted Verilog or in the netlist must be
 * refuted, with inputs that our own engine confirms.
 */

const array = { lanes: 3, rows: 1, activationBits: 3, maxK: 12, initBits: 5, pipeline: 1 };
const unit = dotProductUnit(array);
const bench = benchOf(unit.design(), { seed: 1 });

/** A text in which something is replaced that must be there. */
function changed(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

describe('a dot product of 3 lanes', () => {
  test('is what its specification says', async () => {
    expect(await proveSpecification(bench, unit)).toEqual({
      status: 'proved',
      how: 'by induction over time',
    });
  });

  test('also with registers after every second level', async () => {
    const other = dotProductUnit({ ...array, lanes: 5, activationBits: 2, pipeline: 2 });
    const found = await proveSpecification(benchOf(other.design(), { seed: 1 }), other);
    expect(found.status).toBe('proved');
  });

  test.each([
    ['an initial value that is missing', '+ init', ''],
    ['a weight of the other sign', "-2'sd1", "2'sd1"],
    ['an accumulator that never restarts', 'first ? 0 : y', 'y'],
  ])('is not %s', async (_, from, to) => {
    const specification = changed(unit.specification, from, to);
    const { status, counterexample } = await proveSpecification(bench, { ...unit, specification });
    expect(status).toBe('refuted');
    expect(counterexample).toMatchObject({ replayed: true });
    expect(counterexample!.waveform).toMatch(/y verilog, engine +.*\n.*y specification/);
  });

  test.each([
    ['a gate without its inversion', /\) \^ \{3\{w\[1\]\}\}/, ')'],
    ['a difference in place of a sum', '{gated_0[2], gated_0} + {', '{gated_0[2], gated_0} - {'],
    ['an enable that is not looked at', 'if (enable) begin', 'begin'],
  ])('emitted with %s is refuted', async (_, from, to) => {
    const files = Object.fromEntries(
      Object.entries(bench.files).map(([name, text]) => {
        expect(text).toMatch(from);
        return [name, text.replace(from, to)];
      }),
    );
    const { status, counterexample } = await proveSpecification({ ...bench, files }, unit);
    expect(status).toBe('refuted');
    expect(counterexample).toMatchObject({ replayed: true });
    // The engine runs the circuit, so it takes the side of the specification.
    expect(counterexample!.waveform).toMatch(/y specification, engine/);
  });
});

test('gates and nodes have no more than they need', () => {
  const sizes = unitsOf(array).map(({ kind, size }) => `${kind} ${size}`);
  expect(sizes.slice(0, 3)).toEqual(['gate 3 bits', 'node 3 + 3 bits', 'node 4 + 3 bits']);
  expect(sizes).toHaveLength(3 + 9);
});

test.each([1, 8])('every weight code is right for activations of %i bits', bits => {
  expect(checkDecoder(bits)).toMatchObject({
    status: 'proved',
    how: `all ${4 * 2 ** bits} pairs of code and activation`,
  });
});

test('a netlist is proved, and refuted with one wrong LUT', async () => {
  const design = elaborate(ternaryStream({ ...array, lanes: 2 }));
  const stream = benchOf(design, { seed: 1 });
  const device = findDevice('up5k');
  const synthesis = await synthesise({ files: stream.files, top: stream.top, device });
  expect(await proveNetlist(stream, synthesis)).toMatchObject({ status: 'proved' });

  // The LUT that makes `ready`: out_ready | ~out_valid.
  const netlist = JSON.parse(synthesis.netlistJson);
  const { cells, ports } = netlist.modules[stream.top];
  const [ready] = ports.in_ready.bits;
  const lut = Object.values<{
    type: string;
    parameters: Record<string, string>;
    connections: { O: number[] };
  }>(cells).find(({ type, connections }) => type === 'SB_LUT4' && connections.O[0] === ready)!;
  lut.parameters.LUT_INIT = lut.parameters.LUT_INIT!.replaceAll(/[01]/g, bit => (bit === '0' ? '1' : '0'));
  const { status, counterexample } = await proveNetlist(stream, {
    ...synthesis,
    netlistJson: JSON.stringify(netlist),
  });
  expect(status).toBe('refuted');
  expect(counterexample).toMatchObject({ cycles: 1, replayed: true });
  expect(counterexample!.waveform).toMatch(
    /in_ready verilog, engine .*\n.*in_ready netlist, netlist, by the engine/,
  );
});
