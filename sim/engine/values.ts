import type { Circuit, NetId, Operation, OperationName, Step } from '../../ir/index.ts';
import type { Demand } from './demand.ts';
import type { Form } from './form.ts';
import type { Layout } from './layout.ts';
import type { Temporaries } from './temporaries.ts';
import type { Word } from './word.ts';

/** Gives the row of the table of operations for a name. */
export type OperationLookup = (name: OperationName) => Operation;

/** The expressions that give the nets their values, within one function at a time. */
export class Values {
  readonly #circuit: Circuit;
  readonly #form: Form;
  readonly #demand: Demand;
  readonly #temporaries: Temporaries;
  readonly #operation: OperationLookup;
  /** Where each net that no cell drives has its value. */
  readonly #sources = new Map<NetId, () => Word>();
  /** What this function holds in locals. */
  #held = new Map<NetId, Word>();
  /** What was loaded last, the newest at the end. */
  readonly #loaded = new Map<NetId, Word>();
  /** For what is computed in the piece of code that is made now: see `Form.inSequence`. */
  #sequence: Form;

  constructor(
    circuit: Circuit,
    form: Form,
    layout: Layout,
    demand: Demand,
    temporaries: Temporaries,
    operation: OperationLookup,
  ) {
    this.#circuit = circuit;
    this.#form = form;
    this.#sequence = form;
    this.#demand = demand;
    this.#temporaries = temporaries;
    this.#operation = operation;
    for (const { output, value } of circuit.constants)
      this.#sources.set(output, () => form.constant(value, circuit.nets[output]!.interval));
    circuit.inputs.forEach(({ net }, i) => {
      const { offset, interval } = layout.inputs.fields[i]!;
      this.#sources.set(net, () => form.load('stimulus', offset, interval));
    });
    for (const [net, { address }] of layout.states) this.#sources.set(net, () => this.#load(net, address));
  }

  /** Forgets the locals of the function before. */
  beginFunction(): void {
    this.#held = new Map();
    this.#beginSequence();
  }

  /** Makes a piece of code that may not be done: what it computes is not there for others. */
  inBranch<Code>(make: () => Code): Code {
    const outside = this.#held;
    this.#held = new Map(outside);
    this.#beginSequence();
    const code = make();
    this.#held = outside;
    this.#beginSequence();
    return code;
  }

  #beginSequence(): void {
    this.#loaded.clear();
    this.#sequence = this.#form.inSequence();
  }

  /** The value of a net, to be used once. */
  of(net: NetId): Word {
    const held = this.#held.get(net);
    if (held !== undefined) return held;
    const source = this.#sources.get(net);
    if (source !== undefined) return this.#recent(net, source);
    const kept = this.#demand.isHeld(net) ? this.#temporaries.ofHeld(net) : undefined;
    return kept === undefined ? this.compute(net) : this.#load(net, kept.address);
  }

  /** What was loaded a short while ago is still in a register of the processor. */
  #recent(net: NetId, load: () => Word): Word {
    const word = this.#loaded.get(net) ?? load();
    this.#loaded.delete(net);
    this.#loaded.set(net, word);
    if (this.#loaded.size > this.#form.loadsAtHand) this.#loaded.delete(this.#loaded.keys().next().value!);
    return word;
  }

  /** From here on the users of a held net in this function share this word. */
  hold(net: NetId, word: Word): void {
    this.#held.set(net, word);
  }

  /** The cell or the lookup that drives a net which is needed. */
  step(net: NetId): Step {
    const step = this.#demand.step(net);
    if (step === undefined)
      throw new Error(`internal error: nothing drives '${this.#circuit.nets[net]!.name}'`);
    return step;
  }

  /** The value of a net that lies at a fixed place. */
  #load(net: NetId, address: number): Word {
    return this.#form.load('fixed', address, this.#circuit.nets[net]!.interval);
  }

  /** The result of the cell that drives a net. */
  compute(net: NetId): Word {
    const cell = this.step(net);
    if ('memory' in cell) throw new Error('internal error: what is looked up is held');
    return this.#sequence.cell(
      this.#operation(cell.operation),
      cell.parameters,
      cell.operands.map(operand => this.of(operand)),
      cell.operands.map(operand => this.#circuit.nets[operand]!.interval),
      this.#circuit.nets[net]!.interval,
    );
  }
}
