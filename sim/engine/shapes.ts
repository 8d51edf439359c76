import type { Cell, Circuit, NetId, ParametersOf, Step } from '../../ir/index.ts';
import { formatOf } from '../storage.ts';

/** Gives each net a number; two nets of the same number are computed alike, from other operands. */
export type Shapes = (net: NetId) => number;

/**
 * The shape of a net is that of the tree of operations which computes it, down to inputs, registers, constants and
 * lookups.
 * Those differ by their format alone: which register it is, or which constant, does not count; nor does it which bit of
 * a wide register or input is taken.
 *
 * @param steps in evaluation order.
 */
export function shapesOf(circuit: Circuit, steps: readonly Step[]): Shapes {
  const numbers = new Map<string, number>();
  const shapes = new Uint32Array(circuit.nets.length);
  const number = (key: string): number => {
    let known = numbers.get(key);
    if (known === undefined) {
      known = numbers.size + 1;
      numbers.set(key, known);
    }
    return known;
  };
  const format = (net: NetId): string => {
    const { bytes, signed } = formatOf(circuit.nets[net]!.interval);
    return `${bytes}${signed ? 's' : 'u'}`;
  };
  for (const { net } of circuit.inputs) shapes[net] = number(`input ${format(net)}`);
  for (const { output } of circuit.constants) shapes[output] = number('constant');
  for (const { output } of circuit.registers) shapes[output] = number(`state ${format(output)}`);
  for (const { reads } of circuit.memories)
    for (const { data } of reads) shapes[data] = number(`state ${format(data)}`);
  const isSource = new Uint8Array(circuit.nets.length);
  for (const { net } of circuit.inputs) isSource[net] = 1;
  for (const { output } of circuit.registers) isSource[output] = 1;
  const parameters = new Map<unknown, string>();
  for (const step of steps) {
    if ('memory' in step) {
      shapes[step.output] = number(`lookup ${format(step.output)}`);
      continue;
    }
    if (bitOf(circuit, step) !== undefined && isSource[step.operands[0]!] === 1) {
      shapes[step.output] = number(`bit of ${shapes[step.operands[0]!]}`);
      continue;
    }
    let text = parameters.get(step.parameters);
    if (text === undefined) {
      text = step.parameters === undefined ? '' : JSON.stringify(step.parameters, inText);
      parameters.set(step.parameters, text);
    }
    const operands = step.operands.map(net => shapes[net]).join();
    shapes[step.output] = number(`${step.operation} ${text} ${format(step.output)} ${operands}`);
  }
  return net => shapes[net]!;
}

/** The fewest bits of a net whose single bits are taken as bits of memory. */
const fewestBits = 17;

/** Which bit of its wide operand a cell takes, if that is all it does. */
export function bitOf(circuit: Circuit, { operation, parameters, operands }: Cell): number | undefined {
  if (operation !== 'slice') return undefined;
  const { low, width } = parameters as ParametersOf<'slice'>;
  const source = circuit.nets[operands[0]!]!.interval;
  return width === 1 && low < source.width && source.width >= fewestBits ? low : undefined;
}

function inText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
