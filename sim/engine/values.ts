import type { Circuit, NetId, Operation, OperationName } from '../../ir/index.ts';
import { wordsOf } from '../words.ts';
import { compileCell } from './cell.ts';
import type { Demand } from './demand.ts';
import { constantNode, type Load, limbBytes, limbType, load, type Word } from './expression.ts';
import type { Layout, Slot } from './layout.ts';
import type { Temporaries } from './temporaries.ts';

/** Gives the row of the table of operations for a name. */
export type OperationLookup = (name: OperationName) => Operation;

/** The expressions that give the nets their values, within one function at a time. */
export class Values {
  readonly #circuit: Circuit;
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
    this.#demand = demand;
    this.#temporaries = temporaries;
    this.#operation = operation;
    for (const { output, value } of circuit.constants)
      this.#sources.set(output, () => constantWord(value, wordsOf(circuit.nets[output]!.interval)));
    circuit.inputs.forEach(({ net }, i) => {
      const { offset, words } = layout.inputs.fields[i]!;
      this.#sources.set(net, () => loadWord('stimulus', 4 * offset, words));
    });
    for (const [net, slot] of layout.states) this.#sources.set(net, () => loadSlot(slot));
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
    return kept === undefined ? this.#compute(net) : loadSlot(kept);
  }

  /** Computes a held net; from here on its users in this function share the result. */
  hold(net: NetId): Word {
    const word = this.#compute(net);
    this.#held.set(net, word);
    return word;
  }

  #compute(net: NetId): Word {
    const cell = this.#demand.cell(net);
    if (cell === undefined)
      throw new Error(`internal error: nothing drives '${this.#circuit.nets[net]!.name}'`);
    return compileCell(
      this.#operation(cell.operation),
      cell.parameters,
      cell.operands.map(operand => this.of(operand)),
      cell.operands.map(operand => this.#circuit.nets[operand]!.interval),
      this.#circuit.nets[net]!.interval,
    );
  }
}

/** A constant in the form for `words` words. */
export function constantWord(value: bigint, words: number): Word {
  const type = limbType(words);
  return Array.from({ length: Math.ceil(words / 2) }, (_, i) => constantNode(type, value >> BigInt(64 * i)));
}

/** The word at a place in memory. */
export function loadSlot({ address, words }: Slot): Word {
  return loadWord('fixed', address, words);
}

export function loadWord(address: Load['address'], offset: number, words: number): Word {
  return Array.from({ length: Math.ceil(words / 2) }, (_, i) =>
    load(limbType(words), address, offset + i * limbBytes(words)),
  );
}
