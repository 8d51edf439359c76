import { type Circuit, evaluationOrder, type NetId, operationNamed, type Step } from '../../ir/index.ts';
import type { Stimulus, Testimony } from './opinion.ts';

/** A value, or undefined where the circuit leaves it open. */
type Value = bigint | undefined;

/**
 * Takes back what a testimony says of values that a circuit of the language leaves open: those that may depend on what
 * its memories hold at power-up without being told, or on what a read port shows before its first read. There hardware
 * shows any bits at all, which need not even be in the interval of the elements.
 *
 * @returns how many values were taken back.
 */
export function leaveOutOpenValues(
  circuit: Circuit,
  stimulus: Stimulus,
  testimony: Pick<Testimony, 'set'>,
): number {
  if (circuit.memories.length === 0) return 0;
  const interpreter = new OpenValues(circuit);
  let count = 0;
  for (let cycle = 0; cycle < stimulus.inputs.cycles; cycle++) {
    interpreter.settle(stimulus, cycle);
    circuit.outputs.forEach(({ net }, output) => {
      if (interpreter.values[net] !== undefined) return;
      testimony.set(output, cycle, undefined);
      count++;
    });
    interpreter.edge(stimulus.edges?.[cycle]);
  }
  return count;
}

/**
 * Runs a circuit with open values. What is computed of an open value is open, unless a multiplexer does not choose it
 * or a 0 masks it: so too much may become open, but never too little.
 */
class OpenValues {
  readonly values: Value[];
  readonly #circuit: Circuit;
  readonly #steps: readonly Step[];
  readonly #words: Value[][];

  constructor(circuit: Circuit) {
    this.#circuit = circuit;
    this.#steps = evaluationOrder(circuit).steps ?? [];
    this.#words = circuit.memories.map(({ initial, depth }) =>
      Array.from({ length: depth }, (_, i) => initial?.[i]),
    );
    this.values = circuit.nets.map(() => undefined);
    for (const { output, value } of circuit.constants) this.values[output] = value;
    for (const { output, initial } of circuit.registers) this.values[output] = initial;
  }

  /** Brings every net up to date with the inputs of a cycle. */
  settle({ inputs }: Stimulus, cycle: number): void {
    for (const { name, net } of this.#circuit.inputs) this.values[net] = inputs.get(name, cycle);
    for (const step of this.#steps) this.values[step.output] = this.#compute(step);
  }

  #compute(step: Step): Value {
    if ('memory' in step) return this.#word(step.memory, step.operands[0]);
    const operands = step.operands.map(net => this.values[net]);
    const { evaluate } = operationNamed(step.operation);
    if (operands.every(value => value !== undefined)) return evaluate(operands, step.parameters);
    const [first, ...others] = operands;
    if (step.operation === 'mux' && first !== undefined) {
      const chosen = others[first === 1n ? 0 : 1];
      return chosen === undefined ? undefined : evaluate([first, chosen, chosen], step.parameters);
    }
    return step.operation === 'and' && operands.includes(0n) ? 0n : undefined;
  }

  #word(memory: number, address: NetId): Value {
    const place = this.values[address];
    return place === undefined ? undefined : this.#words[memory]![Number(place)];
  }

  /** An edge of these domains, or of all: everything is read before anything is written. */
  edge(ticking: readonly string[] | undefined): void {
    const { domains, registers, memories } = this.#circuit;
    const ticks = (domain: number) => ticking?.includes(domains[domain]!.name) ?? true;
    const at = (net: NetId | undefined): Value => (net === undefined ? 1n : this.values[net]);
    const next = new Map<NetId, Value>();
    for (const { output, next: value, enable, reset, initial, domain } of registers) {
      if (!ticks(domain)) continue;
      const isReset = reset === undefined ? 0n : at(reset);
      if (isReset === 1n) next.set(output, initial);
      else if (isReset === undefined || at(enable) === undefined) next.set(output, undefined);
      else if (at(enable) === 1n) next.set(output, at(value));
    }
    const writing: (() => void)[] = [];
    memories.forEach(({ reads, writes }, m) => {
      for (const { address, enable, data, domain } of reads) {
        if (!ticks(domain) || at(enable) === 0n) continue;
        next.set(data, at(enable) === undefined ? undefined : this.#word(m, address));
      }
      for (const { address, enable, data, mask, domain } of writes) {
        if (!ticks(domain) || at(enable) === 0n) continue;
        const place = at(address);
        const [word, written] = [at(data), mask === undefined ? -1n : at(mask)];
        const isCertain = at(enable) !== undefined && word !== undefined && written !== undefined;
        writing.push(() => {
          const words = this.#words[m]!;
          if (place === undefined) words.fill(undefined);
          else words[Number(place)] = isCertain ? merged(words[Number(place)], word, written) : undefined;
        });
      }
    });
    for (const [net, value] of next) this.values[net] = value;
    for (const write of writing) write();
  }
}

/** The old word where the mask is 0, the new one where it is 1. */
function merged(old: Value, word: bigint, mask: bigint): Value {
  if (mask === -1n) return word;
  return old === undefined ? undefined : (old & ~mask) | (word & mask);
}
