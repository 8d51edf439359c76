import type { Circuit, DomainId, NetId } from '../../ir/index.ts';
import { apply, binary, load, type Node } from './expression.ts';
import type { Form } from './form.ts';
import type { Layout } from './layout.ts';
import { op, opcodes } from './opcodes.ts';
import { runsOf } from './runs.ts';
import type { Destination, Statement } from './statement.ts';
import type { Temporaries } from './temporaries.ts';
import type { State, Task, Unit } from './units.ts';
import type { Values } from './values.ts';
import type { Slot, Word } from './word.ts';

/** What a coder works on. */
export interface Surroundings {
  readonly circuit: Circuit;
  readonly layout: Layout;
  readonly form: Form;
  readonly temporaries: Temporaries;
  readonly values: Values;
  /** In how many places of the program the value of each held net is used. */
  readonly users: ReadonlyMap<NetId, number>;
  /** The inputs that are resets. */
  readonly resets: readonly NetId[];
}

/** A value, and what must be done before it. */
export interface Prepared {
  readonly before: readonly Statement[];
  readonly word: Word;
}

/** Turns the units of one function into its statements; what depends on the form is left to its kinds. */
export abstract class Coder {
  protected readonly circuit: Circuit;
  protected readonly layout: Layout;
  protected readonly form: Form;
  protected readonly values: Values;
  protected readonly resets: readonly NetId[];
  readonly #temporaries: Temporaries;
  readonly #users: ReadonlyMap<NetId, number>;
  readonly #prepared = new Map<NetId, Word>();

  constructor({ circuit, layout, form, temporaries, values, users, resets }: Surroundings) {
    this.circuit = circuit;
    this.layout = layout;
    this.form = form;
    this.values = values;
    this.resets = resets;
    this.#temporaries = temporaries;
    this.#users = users;
  }

  statements(units: readonly Unit[]): Statement[] {
    return runsOf(units, this.#users).flatMap(({ before, changes }) => [
      ...before.flatMap(({ task }) => this.#statements(task)),
      ...(changes.length > 0 ? this.update(changes) : []),
    ]);
  }

  /** Computes the value of a net that is held for its users. */
  protected hold(net: NetId): Statement[] {
    const { before, word } = this.#held(net);
    this.values.hold(net, word);
    return [...before, ...this.#keep(word, this.#temporaries.ofHeld(net))];
  }

  #statements(task: Task): Statement[] {
    const { states, shown } = this.layout;
    switch (task.kind) {
      case 'hold':
        return this.hold(task.net);
      case 'show':
        return [this.store(shown.get(task.net)!, this.values.of(task.net))];
      case 'output': {
        const { net } = this.circuit.outputs[task.index]!;
        const field = this.layout.outputs.fields[task.index]!;
        const to: Destination = { address: 'result', offset: field.offset };
        return [{ kind: 'store', to, parts: this.form.store(this.values.of(net), field) }];
      }
      case 'property':
        return this.property(task.index);
      case 'toggle':
        return this.#toggle(task.net, task.isCounted);
      case 'prepare': {
        const { before, word } = this.newValue(task.state);
        this.#prepared.set(task.state.net, word);
        return [...before, ...this.#keep(word, this.#temporaries.ofPrepared(task.state.net))];
      }
      case 'commit': {
        const { net } = task.state;
        const word = this.#prepared.get(net) ?? this.load(net, this.#temporaries.ofPrepared(net)!);
        return [this.store(states.get(net)!, word)];
      }
      case 'write':
        return this.writes(task.memory, task.domains);
      case 'state':
      case 'pack':
        throw new Error('internal error: a change comes in no run');
    }
  }

  #held(net: NetId): Prepared {
    const step = this.values.step(net);
    if (!('memory' in step)) return { before: [], word: this.values.compute(net) };
    const { before, word } = this.wordAt(step.memory, step.operands[0], net);
    return { before, word: this.form.fit(word, this.circuit.nets[net]!.interval) };
  }

  /** What an enabled state takes. */
  protected source({ net, source }: State): Prepared {
    const { before, word } =
      'next' in source
        ? { before: [], word: this.values.of(source.next) }
        : this.wordAt(source.memory, source.address, net);
    return { before, word: this.form.fit(word, this.circuit.nets[net]!.interval) };
  }

  /** The word that a memory holds now. @param data the net that takes it. */
  protected abstract wordAt(memory: number, address: NetId, data: NetId): Prepared;

  /** Does what a run changes: see `runs.ts`. */
  protected abstract update(units: readonly Unit[]): Statement[];

  /** The new value of a state, its reset and enable included. */
  protected abstract newValue(state: State): Prepared;

  protected abstract writes(memory: number, ticks: ReadonlySet<DomainId>): Statement[];

  protected abstract property(index: number): Statement[];

  /** How many of the lowest `width` bits differ between two values, in all streams: an i64. */
  protected abstract difference(a: Word, b: Word, width: number): Node;

  /** Remembers the value for the next time, and counts the bits that have changed since the last. */
  #toggle(net: NetId, isCounted: boolean): Statement[] {
    const { last, count } = this.layout.toggles.get(net)!;
    const { interval } = this.circuit.nets[net]!;
    const word = this.form.fit(this.values.of(net), interval);
    const keep: Statement[] = [{ kind: 'hold', word }, this.store(last, word)];
    if (!isCounted) return keep;
    const changed = this.difference(word, this.load(net, last), interval.width);
    return [addTo(count, changed), ...keep];
  }

  protected load(net: NetId, { address }: Slot): Word {
    return this.form.load('fixed', address, this.circuit.nets[net]!.interval);
  }

  protected store(slot: Slot, word: Word): Statement {
    return {
      kind: 'store',
      to: { address: 'fixed', offset: slot.address },
      parts: this.form.store(word, slot),
    };
  }

  protected initial({ net, initial }: State): Word {
    return this.form.constant(initial!, this.circuit.nets[net]!.interval);
  }

  /** Holds a word for this function and, where there is a slot, for others. */
  #keep(word: Word, slot: Slot | undefined): Statement[] {
    const hold: Statement = { kind: 'hold', word };
    return slot === undefined ? [hold] : [hold, this.store(slot, word)];
  }
}

/** Adds an i64 to the 64 bits at an address. */
export function addTo(address: number, node: Node): Statement {
  const sum = binary('add', load('i64', opcodes.i64.load, 'fixed', address), node);
  const parts = [{ node: sum, opcode: opcodes.i64.store, offset: 0 }];
  return { kind: 'store', to: { address: 'fixed', offset: address }, parts };
}

/** An i32 that is not negative as an i64. */
export function widened(node: Node): Node {
  return apply('i64', op.extendUnsigned, node);
}
