import { readFileSync } from 'node:fs';
import { Random } from '../hdl-gen/cli/random.ts';
import { emitVerilog } from '../hdl-gen/emit/index.ts';
import { elaborate } from '../hdl-gen/lang/index.ts';
import { encodeTrit, ternaryStream } from '../rtl/ternary/index.ts';
import {
  type BatchRecords,
  createBatch,
  createSimulation,
  netlistCircuit,
  type Simulation,
} from '../sim/index.ts';
import { findDevice, synthesise } from '../synth/index.ts';
import { gatesVerilog } from './gates.ts';
import { atLeast, atMost, fastest, forComparison, type Row, type Subject } from './row.ts';
import { hasVerilator, runVerilator, type VerilatorResult, type VerilogPort } from './verilator.ts';

const lanes = 64;
const streams = 128;
const seed = 12345;

const core = (lanes: number, rows = 1) =>
  elaborate(ternaryStream({ lanes, rows, activationBits: 8, maxK: 64 * lanes, initBits: 16, pipeline: 1 }));

/**
 * Speed of simulation: the default core and its netlist, in one stream and in many, side by side with Verilator where
 * that is on the machine. New values come on every input in every cycle, from memory.
 */
export const measure: Subject = async add => {
  const design = core(lanes);
  const { circuit } = design;
  const emitted = Object.fromEntries(
    emitVerilog(design, { madeBy: 'bench' }).map(({ name, text }) => [name, text]),
  );
  const stimulus = drawBeats(lanes, 20_000);

  const array = runOne(circuit, values => ofElements(values, lanes), stimulus);
  add(forComparison('64-lane core, one stream: cycles per second', array.rate / 1e6, 'M/s'));
  add(atMost(150, '  from circuit to first cycle', array.firstMs, 'ms'));
  const peer = hasVerilator ? fastestForm(emitted, stimulus, add) : undefined;
  if (peer !== undefined) {
    add(
      atMost(
        0,
        '  outputs that differ from Verilator’s (checksum)',
        Number(peer.emitted.checksum !== array.checksum),
        '',
      ),
    );
    add(atLeast(1.5, '  against Verilator on its fastest form', array.rate / peer.rate, 'times'));
  }
  const many = runMany(circuit, ['rst'], ['in_valid', 'out_ready']);
  add(forComparison(`64-lane core, ${streams} streams: cycles per second, total`, many.rate / 1e6, 'M/s'));
  if (peer !== undefined) add(atLeast(8, '  against Verilator', many.rate / peer.rate, 'times'));

  const device = findDevice('hx8k');
  const { netlistJson } = await synthesise({ files: emitted, top: 'ternary_stream', device });
  const begun = performance.now();
  const netlist = netlistCircuit(netlistJson, { top: 'ternary_stream' }).circuit;
  const readMs = performance.now() - begun;
  const luts = netlist.cells.filter(({ operation }) => operation === 'lut').length;
  const words = stimulus.slice(0, 5000);
  const gates = runOne(
    netlist,
    values => new Map(portNames.map((name, i) => [name, packed(values)[i]!])),
    words,
  );
  add(forComparison(`its netlist, ${luts} tables, one stream: cycles per second`, gates.rate / 1e6, 'M/s'));
  add(forComparison('  from JSON to first cycle', readMs + gates.firstMs, 'ms'));
  const other = hasVerilator
    ? runVerilator({
        top: 'gates',
        files: { 'gates.v': gatesVerilog(netlist, 'gates') },
        inputs: verilogInputs,
        outputs: verilogOutputs,
        stimulus: words.map(packed),
      })
    : undefined;
  if (other !== undefined) {
    add(forComparison('  Verilator on the same netlist, tables as gates', other.rate / 1e6, 'M/s'));
    add(atMost(0, '  outputs that differ (checksum)', Number(other.checksum !== gates.checksum), ''));
    add(atLeast(2, '  against Verilator', gates.rate / other.rate, 'times'));
  }
  const batch = runMany(netlist, ['rst'], ['in_valid', 'out_ready']);
  add(forComparison(`its netlist, ${streams} streams: cycles per second, total`, batch.rate / 1e6, 'M/s'));
  if (other !== undefined) add(atLeast(200, '  against Verilator', batch.rate / other.rate, 'times'));
  if (!hasVerilator) console.error('verilator is not on this machine: the figures against it are left out');

  await largeNetlist(add);
  growth(add);
};

/** How long one waits for a netlist of 5,000 tables or some more. */
async function largeNetlist(add: (row: Row) => void): Promise<void> {
  const files = Object.fromEntries(
    emitVerilog(core(lanes, 5), { madeBy: 'bench' }).map(({ name, text }) => [name, text]),
  );
  const { netlistJson } = await synthesise({ files, top: 'ternary_stream', device: findDevice('hx8k') });
  const begin = performance.now();
  const { circuit } = netlistCircuit(netlistJson, { top: 'ternary_stream' });
  const simulation = createSimulation(circuit);
  simulation.run(simulation.stimulus(1));
  const ms = performance.now() - begin;
  const tables = circuit.cells.filter(({ operation }) => operation === 'lut').length;
  add(atMost(800, `netlist of ${tables} tables: from JSON to first cycle`, ms, 'ms'));
}

/** How cost grows with the array: lane cycles per second. */
function growth(add: (row: Row) => void): void {
  const rates = [16, 32, 64, 128, 256, 512, 1024].map(lanes => {
    const cycles = Math.max(200, Math.round(640_000 / lanes));
    const beats = drawBeats(lanes, Math.min(cycles, 2000));
    const { rate, firstMs } = runOne(core(lanes).circuit, values => ofElements(values, lanes), beats);
    add(forComparison(`growth: ${lanes} lanes, cycles per second x lanes`, (rate * lanes) / 1e6, 'M/s'));
    add(forComparison('  from circuit to first cycle', firstMs, 'ms'));
    return rate * lanes;
  });
  add(
    atMost(
      2,
      'growth: cycles per second x lanes, the best against 1024 lanes',
      Math.max(...rates) / rates.at(-1)!,
      'times',
    ),
  );
}

/** One cycle's inputs. */
interface Beat {
  readonly x: readonly number[];
  /** Weight codes. */
  readonly w: readonly number[];
  readonly init: number;
  readonly first: number;
  readonly last: number;
}

/** Random beats; a new sum begins every 32 beats. */
function drawBeats(lanes: number, count: number): Beat[] {
  const random = new Random(seed);
  const each = (draw: () => number) => Array.from({ length: lanes }, draw);
  return Array.from({ length: count }, (_, cycle) => ({
    x: each(() => (random.next() % 256) - 128),
    w: each(() => encodeTrit((random.next() % 3) - 1)),
    init: (random.next() % 2001) - 1000,
    first: Number(cycle % 32 === 0),
    last: Number(cycle % 32 === 31),
  }));
}

const verilogInputs: readonly VerilogPort[] = [
  { name: 'rst', width: 1 },
  { name: 'in_valid', width: 1 },
  { name: 'in_first', width: 1 },
  { name: 'in_last', width: 1 },
  { name: 'in_x', width: 8 * lanes },
  { name: 'in_w', width: 2 * lanes },
  { name: 'in_init', width: 16 },
  { name: 'out_ready', width: 1 },
];
const verilogOutputs: readonly VerilogPort[] = [
  { name: 'in_ready', width: 1 },
  { name: 'out_valid', width: 1 },
  { name: 'out_y', width: 21 },
];
const portNames = verilogInputs.map(({ name }) => name);

/** The values of the Verilog's ports. */
function packed({ x, w, init, first, last }: Beat): bigint[] {
  const side = (values: readonly number[], width: number) =>
    BigInt(
      `0x${values
        .toReversed()
        .map(value => (value & (2 ** width - 1)).toString(2).padStart(width, '0'))
        .join('')
        .replace(/.{4}/g, bits => Number.parseInt(bits, 2).toString(16))}`,
    );
  return [0n, 1n, BigInt(first), BigInt(last), side(x, 8), side(w, 2), BigInt.asUintN(16, BigInt(init)), 1n];
}

/** The values of the circuit's ports, which are one for each element. */
function ofElements({ x, w, init, first, last }: Beat, lanes: number): Map<string, number> {
  const values = new Map([
    ['rst', 0],
    ['in_valid', 1],
    ['in_first', first],
    ['in_last', last],
    ['in_init_0', init],
    ['out_ready', 1],
  ]);
  for (let lane = 0; lane < lanes; lane++) {
    values.set(`in_x_${lane}`, x[lane]!);
    values.set(`in_w_${lane}`, w[lane]!);
  }
  return values;
}

interface Measured {
  /** Cycles per second. */
  readonly rate: number;
  readonly firstMs: number;
  readonly checksum: number;
}

function runOne(
  circuit: Simulation['circuit'],
  inputs: (beat: Beat) => ReadonlyMap<string, bigint | number>,
  beats: readonly Beat[],
): Measured {
  const begin = performance.now();
  const simulation = createSimulation(circuit);
  const stimulus = simulation.stimulus(beats.length);
  simulation.run(simulation.stimulus(1));
  const firstMs = performance.now() - begin;
  beats.forEach((beat, cycle) => {
    for (const [name, value] of inputs(beat)) stimulus.set(name, cycle, value);
  });
  const fresh = createSimulation(circuit);
  const outputs = fresh.run(stimulus);
  const checksum = checksumOf(outputs, beats.length);
  const rate = fastest(() => {
    fresh.run(stimulus, { results: outputs });
    return beats.length;
  });
  return { rate, firstMs, checksum };
}

/** The sum that the Verilator harness makes. */
function checksumOf(outputs: ReturnType<Simulation['run']>, cycles: number): number {
  const names = outputs.layout.fields.map(({ name }) => name);
  const columns = verilogOutputs.map(({ name, width }) => {
    const values = outputs.column(names.includes(name) ? name : `${name}_0`);
    return values.map(value => Number(BigInt.asUintN(width, value)));
  });
  let sum = 0;
  for (let cycle = 0; cycle < cycles; cycle++)
    for (const column of columns) sum = (Math.imul(sum, 31) + column[cycle]!) >>> 0;
  return sum;
}

/** Random values on every input of every stream, but for those that are 0 or 1 always. */
function runMany(
  circuit: Simulation['circuit'],
  low: readonly string[],
  high: readonly string[],
): { readonly rate: number } {
  const batch = createBatch(circuit);
  // 8,192 cycles of streams: a stimulus about as long as the one that Verilator gets. It is run often enough to be timed.
  const cycles = 64;
  const runs = 150;
  const stimulus: BatchRecords = batch.stimulus(cycles);
  const random = new Random(seed);
  for (let i = 0; i < stimulus.bytes.length; i++) stimulus.bytes[i] = random.next() & 255;
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const name of low) stimulus.setAll(name, cycle, 0);
    for (const name of high) stimulus.setAll(name, cycle, 1);
    stimulus.setAll('in_first', cycle, Number(cycle % 32 === 0));
  }
  const results = batch.run(stimulus);
  return {
    rate: fastest(() => {
      for (let i = 0; i < runs; i++) batch.run(stimulus, { results });
      return streams * cycles * runs;
    }),
  };
}

/** The peer of `bench/peers` with as many lanes as ours. */
const behaviouralTop = `module behavioural_array (
  input wire clk, input wire [${8 * lanes - 1}:0] x, input wire [${2 * lanes - 1}:0] w, input wire first,
  output wire signed [31:0] y
);
  ternary_behavioural #(.LANES(${lanes})) array (.clk(clk), .x(x), .w(w), .first(first), .y(y));
endmodule
`;

function peer(name: string): Record<string, string> {
  return { [name]: readFileSync(new URL(`peers/${name}`, import.meta.url), 'utf8') };
}

/** Verilator on the emitted form and on the array as most people write it, of which the faster one counts. */
function fastestForm(
  emitted: Readonly<Record<string, string>>,
  beats: readonly Beat[],
  add: (row: Row) => void,
): { readonly rate: number; readonly emitted: VerilatorResult } {
  const stimulus = beats.map(packed);
  const ours = runVerilator({
    top: 'ternary_stream',
    files: emitted,
    inputs: verilogInputs,
    outputs: verilogOutputs,
    stimulus,
  });
  const names = ['in_x', 'in_w', 'in_first'];
  const others = runVerilator({
    top: 'behavioural_array',
    files: { 'top.v': behaviouralTop, ...peer('ternary_behavioural.v'), ...peer('adder_tree.v') },
    inputs: names.map(name => ({
      name: name.slice(3),
      width: verilogInputs.find(port => port.name === name)!.width,
    })),
    outputs: [{ name: 'y', width: 32 }],
    stimulus: stimulus.map(values => names.map(name => values[portNames.indexOf(name)]!)),
  });
  add(forComparison('  Verilator on the emitted Verilog', ours.rate / 1e6, 'M/s'));
  add(forComparison('  Verilator on the array as most people write it', others.rate / 1e6, 'M/s'));
  return { rate: Math.max(ours.rate, others.rate), emitted: ours };
}
