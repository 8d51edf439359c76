import { readFileSync } from 'node:fs';
import {
  array,
  bit,
  type Circuit,
  component,
  foreign,
  int,
  type RecordShape,
  register,
  type Signal,
  type SignalRecord,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { type Arch, type ArrayParameters, ternaryArray, weightCode } from '../../rtl/ternary/index.ts';

/** The chips that are filled. */
export type Chip = 'hx8k' | 'up5k';

/** An array that takes part in the comparison: ours, or a peer. */
export interface Contestant {
  readonly name: string;
  /** The circuit: `rows` rows of `lanes` multiply-adds each, on the same activations. */
  readonly array: (lanes: number, rows: number) => AnyCircuit;
  /** The length of the rows with which a chip is filled best. */
  readonly chipLanes: Readonly<Record<Chip, number>>;
  /** How many rows a chip can have, where something else than logic cells limits it. */
  readonly mostRows?: number;
  /** Its Verilog, where it is not written in our language. */
  readonly files: Readonly<Record<string, string>>;
}

/** A circuit of which only the area is looked at. */
type AnyCircuit = Circuit<RecordShape, SignalRecord>;

/** Our plain tree: all lanes of a beat come at the same time. */
export const tree: Contestant = ours('tree');

/**
 * Our folded tree: whoever feeds it brings its lanes at different times, for which a memory needs no logic. On a full chip
 * one chain of 20 bits is faster than segments, whose carries go long ways (64 x 6 on HX8K: 209 MHz in place of 158).
 */
export const treeFolded: Contestant = ours('tree-folded', { accumulator: 'chain' });

/** Sums of 4,096 products of int8, which are 20 bits. */
function ours(arch: Arch, more: Partial<ArrayParameters> = {}): Contestant {
  const parameters = { activationBits: 8, maxK: 4096, initBits: 0, pipeline: 1, arch, ...more };
  return {
    name: arch,
    chipLanes: { hx8k: 64, up5k: 64 },
    array: (lanes, rows) => anyCircuit(ternaryArray({ lanes, rows, ...parameters })),
    files: {},
  };
}

/** The ternary array as most people write it. */
export const behavioural: Contestant = peer({
  name: 'ternary_behavioural',
  chipLanes: 16,
  parts: ['adder_tree'],
  inputs: lanes => ({ x: array(lanes, int(8)), first: bit }),
  weights: lanes => array(lanes, weightCode),
});

/** int8 x int8 in LUTs, as cheaply as we can. */
export const int8Luts: Contestant = int8('int8_lut', ['multiplier', 'adder_tree', 'accumulator']);

/** The same with `*` left to Yosys. */
export const int8Star: Contestant = int8('int8_star', ['adder_tree', 'accumulator']);

/** int8 x int8 on the DSP blocks of an UltraPlus, which has eight of them, for two products each. */
export const int8Dsp: Contestant = { ...int8('int8_dsp', ['adder_tree', 'accumulator'], 16), mostRows: 1 };

/** Multiply-add of IEEE binary16. */
export const fp16: Contestant = peer({
  name: 'fp16_chain',
  chipLanes: 3,
  parts: ['fp16_multiplier', 'fp16_adder', 'multiplier'],
  inputs: lanes => ({ x: uint(16 * lanes), c: uint(16) }),
  weights: lanes => array(lanes, uint(16)),
});

/**
 * The wrapper gives neighbours in an array overlapping bits. In an array of multipliers two lanes would then multiply
 * the same two bits, and the tools would build that once; so the activations are one vector here, whose bits differ.
 */
function int8(name: string, parts: readonly string[], chipLanes = 8): Contestant {
  return peer({
    ...{ name, parts, chipLanes },
    inputs: lanes => ({ x: uint(8 * lanes), first: bit }),
    weights: lanes => array(lanes, uint(8)),
  });
}

interface Peer {
  /** The Verilog module of one row, with the parameter LANES and the output y. */
  readonly name: string;
  readonly chipLanes: number;
  /** The files of the modules inside it. */
  readonly parts: readonly string[];
  /** The inputs that all rows share, and those of each row. */
  readonly inputs: (lanes: number) => RecordShape;
  readonly weights: (lanes: number) => RecordShape[string];
}

function peer({ name, chipLanes, parts, inputs, weights }: Peer): Contestant {
  const files = [name, ...parts].map(part => `${part}.v`);
  const texts = files.map(file => [file, readFileSync(new URL(file, import.meta.url), 'utf8')] as const);
  const resultBits = Number(/output (?:wire|reg)(?: signed)? \[(\d+):0\] y\b/.exec(texts[0]![1])![1]) + 1;
  return {
    name,
    chipLanes: { hx8k: chipLanes, up5k: chipLanes },
    files: Object.fromEntries(texts),
    array: (lanes, rows) => {
      const row = foreign(
        { name, parameters: { LANES: lanes }, clock: 'clk' },
        // Only its Verilog is measured, so the model is no more than its ports.
        { inputs: { ...inputs(lanes), w: weights(lanes) }, build: () => ({ y: unmodelled(resultBits) }) },
      );
      const names = Array.from({ length: rows }, (_, i) => `row_${i}`);
      return anyCircuit(
        component(`${name}_array`, {
          // Each row's weights are a field of their own, whose bits overlap with those of no other row.
          inputs: { ...inputs(lanes), w: Object.fromEntries(names.map(each => [each, weights(lanes)])) },
          build: ({ w, ...common }) => ({
            y: names.map(each => row({ ...common, w: w[each]! }, { name: each }).y),
          }),
        }),
      );
    },
  };
}

/** Some signal of that many bits. */
function unmodelled(bits: number): Signal {
  const y = register(uint(bits));
  return y.next(y);
}

function anyCircuit(circuit: unknown): AnyCircuit {
  return circuit as AnyCircuit;
}
