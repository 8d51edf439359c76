import type { Circuit, NetId, Operation, OperationName } from '../../ir/index.ts';
import { compileCell } from './cell.ts';
import type { Demand } from './demand.ts';
import { apply, as, binary, constantNode, type Node } from './expression.ts';
import type { Layout } from './layout.ts';
import { opcodes } from './opcodes.ts';
import type { Temporaries } from './temporaries.ts';
import { constantWord, inWords, loadWord, type Word, wordsOf } from './word.ts';

/** Gives the row of the table of operations for a name. */
export type OperationLookup = (name: OperationName) => Operation;

/** The expressions that give the nets their values, within one function at a time. */
export class Values {
  readonly #circuit: Circuit;
  readonly #layout: Layout;
  readonly #demand: Demand;
  readonly #temporaries: Temporaries;
  readonly #operation: OperationLookup;
  /** Where each net that no cell drives has its value. */
  readonly #sources = new Map<NetId, () => Word>();
  /** What this function holds in locals. */
  #held = new Map<NetId, Word>();

  constructor(
    circuit: Circuit,
    layout: Layout,
    demand: Demand,
    temporaries: Temporaries,
    operation: OperationLookup,
  ) {
    this.#circuit = circuit;
    this.#layout = layout;
    this.#demand = demand;
    this.#temporaries = temporaries;
    this.#operation = operation;
    for (const { output, value } of circuit.constants)
      this.#sources.set(output, () => constantWord(value, wordsOf(circuit.nets[output]!.interval)));
    circuit.inputs.forEach(({ net }, i) => {
      const { offset, interval } = layout.inputs.fields[i]!;
      this.#sources.set(net, () => loadWord('stimulus', offset, interval));
    });
    for (const [net, { address }] of layout.states) this.#sources.set(net, () => this.#load(net, address));
  }

  /** Forgets the locals of the function before. */
  beginFunction(): void {
    this.#held = new Map();
  }

  /** The value of a net, to be used once. */
  of(net: NetId): Word {
    const held = this.#held.get(net);
    if (held !== undefined) return held;
    const source = this.#sources.get(net);
    if (source !== undefined) return source();
    const kept = this.#demand.isHeld(net) ? this.#temporaries.ofHeld(net) : undefined;
    return kept === undefined ? this.#compute(net) : this.#load(net, kept.address);
  }

  /** Computes a held net; from here on its users in this function share the result. */
  hold(net: NetId): Word {
    const word = this.#compute(net);
    this.#held.set(net, word);
    return word;
  }

  /** The value of a net that lies at a fixed place. */
  #load(net: NetId, address: number): Word {
    return loadWord('fixed', address, this.#circuit.nets[net]!.interval);
  }

  #compute(net: NetId): Word {
    const step = this.#demand.step(net);
    const { interval, name } = this.#circuit.nets[net]!;
    if (step === undefined) throw new Error(`internal error: nothing drives '${name}'`);
    if ('memory' in step) return inWords(this.wordAt(step.memory, step.operands[0]), wordsOf(interval));
    return compileCell(
      this.#operation(step.operation),
      step.parameters,
      step.operands.map(operand => this.of(operand)),
      step.operands.map(operand => this.#circuit.nets[operand]!.interval),
      interval,
    );
  }

  /** The word that a memory holds now. */
  wordAt(memory: number, address: NetId): Word {
    const from = this.place(memory, address);
    return loadWord(from, this.#layout.memories[memory]!.address, this.#circuit.memories[memory]!.element);
  }

  /** The bytes from a memory's begin to the word at an address. */
  place(memory: number, address: NetId): Node {
    const { bytes, mask } = this.#layout.memories[memory]!;
    const index = binary('and', as('i32', this.of(address)[0]!), constantNode('i32', BigInt(mask)));
    return apply('i32', opcodes.i32.mul, index, constantNode('i32', BigInt(bytes)));
  }
}
