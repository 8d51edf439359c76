import type { Circuit, NetId, Step } from '../../ir/index.ts';
import { formatOf } from '../storage.ts';

/** Gives each net a number; two nets of the same number are computed alike, from other operands. */
export type Shapes = (net: NetId) => number;

/**
 * The shape of a net is that of the tree of operations which computes it, down to inputs, registers, constants and
 * lookups.
 * Those differ by their format alone: which register it is, or which constant, does not count.
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
  const parameters = new Map<unknown, string>();
  for (const step of steps) {
    if ('memory' in step) {
      shapes[step.output] = number(`lookup ${format(step.output)}`);
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

function inText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
