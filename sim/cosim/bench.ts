import type { Circuit, DomainId, Interval } from '../../ir/index.ts';
import { layoutOf, type RecordLayout, recordLayout } from '../records.ts';

/** A circuit as Verilog, for simulators that know nothing else of it. */
export interface Bench {
  readonly circuit: Circuit;
  /** The Verilog by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Models of cells that a synthesis tool knows by itself: only simulators need them. */
  readonly models: Readonly<Record<string, string>>;
  /** The name of the top module. */
  readonly top: string;
  readonly clocks: readonly BenchClock[];
  readonly inputs: readonly BenchPort[];
  readonly outputs: readonly BenchPort[];
  readonly deposits: readonly Deposit[];
}

/** A clock of the top module. */
export interface BenchClock {
  readonly port: string;
  readonly domain: DomainId;
}

/** A port of the top module. */
export interface BenchPort {
  readonly name: string;
  /** What each element can hold; it takes as many bits of the port. */
  readonly interval: Interval;
  /** The ports of the circuit, by name, that lie side by side in this one, the lowest first. */
  readonly elements: readonly string[];
}

/** A value at power-up that the Verilog leaves open. */
export interface Deposit {
  readonly kind: 'memory' | 'register';
  /** The instances that lead to it from the top and its own name, with dots between. */
  readonly path: string;
  /** Bits of a word. */
  readonly width: number;
  /** All words of a memory, or the one value of a register; each from 0 to 2^width - 1. */
  readonly words: readonly bigint[];
}

/** The module that `wrapperOf` makes. */
export const wrapperName = 'tercet_cosim';

/** The instance of the top module in it. */
export const coreName = 'core';

/**
 * A module around the top, with a port of its own for each port of the flat circuit: `i0`, `i1` … for the inputs, `o0`
 * … for the outputs, by their places in the circuit, and `c0` … for the clocks. So the bits of an array are taken
 * apart in Verilog, by its own rules, and in one place for all simulators.
 */
export function wrapperOf({ circuit, top, clocks, inputs, outputs }: Bench): string {
  const place = new Map([
    ...circuit.inputs.map(({ name }, i) => [name, `i${i}`] as const),
    ...circuit.outputs.map(({ name }, i) => [name, `o${i}`] as const),
  ]);
  const declarations = [
    ...clocks.map((_, i) => `input wire c${i}`),
    ...inputs.flatMap(port => declared('input', port, place)),
    ...outputs.flatMap(port => declared('output', port, place)),
  ];
  const connections = [
    ...clocks.map(({ port }, i) => `.${port}(c${i})`),
    ...[...inputs, ...outputs].map(({ name, elements }) => {
      const vector = elements.map(element => place.get(element)!).reverse();
      return `.${name}(${vector.length === 1 ? vector[0] : `{${vector.join(', ')}}`})`;
    }),
  ];
  return `module ${wrapperName} (
  ${declarations.join(',\n  ')}
);
  ${top} ${coreName} (
    ${connections.join(',\n    ')}
  );
endmodule
`;
}

function declared(
  direction: 'input' | 'output',
  { interval, elements }: BenchPort,
  place: ReadonlyMap<string, string>,
): string[] {
  return elements.map(name => `${direction} wire [${interval.width - 1}:0] ${place.get(name)!}`);
}

/** The inputs of the circuit in records. */
export function inputLayout({ circuit }: Bench): RecordLayout {
  return recordLayout(circuit, circuit.inputs);
}

/**
 * Its outputs in records. The formats are those of the Verilog's ports: what comes out of a faulty simulator need not
 * be in the interval that the circuit promises.
 */
export function outputLayout({ circuit, outputs }: Bench): RecordLayout {
  const intervals = portIntervals(outputs);
  return layoutOf(circuit.outputs.map(({ name }) => ({ name, interval: intervals.get(name)! })));
}

/** The interval of each element, by the name of the port of the circuit. */
export function portIntervals(ports: readonly BenchPort[]): ReadonlyMap<string, Interval> {
  return new Map(ports.flatMap(({ interval, elements }) => elements.map(name => [name, interval] as const)));
}
