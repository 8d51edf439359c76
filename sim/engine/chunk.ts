import type { Circuit, DomainId, MemoryWrite, NetId } from '../../ir/index.ts';
import { apply, as, binary, constantNode, load, type Node, select } from './expression.ts';
import type { Layout } from './layout.ts';
import type { LaneBits } from './machine-vector.ts';
import { op, opcodes } from './opcodes.ts';
import type { Pack } from './packs.ts';
import type { Destination, Statement } from './statement.ts';
import type { Temporaries } from './temporaries.ts';
import { laneBits } from './tuples.ts';
import type { State, Task, Unit } from './units.ts';
import type { Values } from './values.ts';
import { constantLanes, storeLanes, Vectors } from './vectors.ts';
import { constantWord, inWords, loadWord, type Slot, storeParts, type Word, wordsOf } from './word.ts';

/** Turns the units of one function into its statements. */
export class Chunk {
  readonly #circuit: Circuit;
  readonly #layout: Layout;
  readonly #temporaries: Temporaries;
  readonly #values: Values;
  readonly #resets: readonly NetId[];
  readonly #prepared = new Map<NetId, Word>();

  /** @param resets the inputs that are resets. */
  constructor(
    circuit: Circuit,
    layout: Layout,
    temporaries: Temporaries,
    values: Values,
    resets: readonly NetId[],
  ) {
    this.#circuit = circuit;
    this.#layout = layout;
    this.#temporaries = temporaries;
    this.#values = values;
    this.#resets = resets;
  }

  statements(units: readonly Unit[]): Statement[] {
    const statements: Statement[] = [];
    for (let i = 0; i < units.length; ) {
      // Neighbours under the same reset and enable share the branches.
      const changes: (State | Pack)[] = [];
      for (let change = changeOf(units[i]); change !== undefined; change = changeOf(units[i])) {
        if (changes[0] !== undefined && !sameControls(change, changes[0])) break;
        changes.push(change);
        i++;
      }
      if (changes.length > 0) statements.push(...this.#update(changes));
      else statements.push(...this.#statements(units[i++]!.task));
    }
    return statements;
  }

  #statements(task: Task): Statement[] {
    const { states, shown } = this.#layout;
    switch (task.kind) {
      case 'hold': {
        const word = this.#values.hold(task.net);
        return keep(word, this.#temporaries.ofHeld(task.net));
      }
      case 'show':
        return [store(shown.get(task.net)!, this.#values.of(task.net))];
      case 'output': {
        const { net } = this.#circuit.outputs[task.index]!;
        const field = this.#layout.outputs.fields[task.index]!;
        const to: Destination = { address: 'result', offset: field.offset };
        return [{ kind: 'store', to, parts: storeParts(this.#values.of(net), field) }];
      }
      case 'property':
        return [this.#property(task.index)];
      case 'prepare': {
        const word = this.#newValue(task.state);
        this.#prepared.set(task.state.net, word);
        return keep(word, this.#temporaries.ofPrepared(task.state.net));
      }
      case 'commit': {
        const { net } = task.state;
        const word = this.#prepared.get(net) ?? this.#load(net, this.#temporaries.ofPrepared(net)!);
        return [store(states.get(net)!, word)];
      }
      case 'write':
        return this.#writes(task.memory, task.domains);
      case 'state':
        return this.#update([task.state]);
      case 'pack':
        return this.#update([task.pack]);
    }
  }

  /** Stores the new values of states and packs that have the same reset and enable. */
  #update(all: readonly (State | Pack)[]): Statement[] {
    const { reset, enable } = controlsOf(all[0]!);
    const vectors = new Vectors(this.#layout, this.#values);
    const condition = reset === undefined ? undefined : this.#bit(reset);
    const enabled = enable === undefined ? undefined : this.#bit(enable);
    let statements = all.map(
      (change): Statement =>
        'net' in change
          ? store(this.#layout.states.get(change.net)!, this.#source(change))
          : this.#storeNext(change, vectors),
    );
    if (enabled !== undefined)
      statements = [{ kind: 'if', condition: enabled, whenTrue: statements, whenFalse: [] }];
    if (condition !== undefined) {
      const whenTrue = all.map(
        (change): Statement =>
          'net' in change
            ? store(this.#layout.states.get(change.net)!, this.#initial(change))
            : this.#storeInitial(change),
      );
      statements = [{ kind: 'if', condition, whenTrue, whenFalse: statements }];
    }
    return statements;
  }

  #storeNext(pack: Pack, vectors: Vectors): Statement {
    const { bytes } = this.#layout.states.get(pack.registers[0]!.output)!;
    const bits = Math.max(8 * bytes, laneBits(pack.next.interval)!) as LaneBits;
    return this.#storePack(pack, vectors.of(pack.next, bits), bits);
  }

  #storePack({ registers }: Pack, word: Word, bits: LaneBits): Statement {
    const slot = this.#layout.states.get(registers[0]!.output)!;
    const parts = storeLanes(word, bits, slot, registers.length);
    return { kind: 'store', to: { address: 'fixed', offset: slot.address }, parts };
  }

  #storeInitial(pack: Pack): Statement {
    const bits = (8 * this.#layout.states.get(pack.registers[0]!.output)!.bytes) as LaneBits;
    const values = pack.registers.map(({ initial }) => initial);
    return this.#storePack(pack, constantLanes(values, bits), bits);
  }

  /** The new value of a state, its reset and enable included. */
  #newValue(state: State): Word {
    const slot = this.#layout.states.get(state.net)!;
    let word = this.#source(state);
    if (state.enable !== undefined) {
      const enabled = this.#bit(state.enable);
      const old = this.#load(state.net, slot);
      word = word.map((limb, i) => select(enabled, limb, old[i]!));
    }
    if (state.reset !== undefined) {
      const reset = this.#bit(state.reset);
      const initial = this.#initial(state);
      word = word.map((limb, i) => select(reset, initial[i]!, limb));
    }
    return word;
  }

  /** What an enabled state takes. */
  #source({ net, source }: State): Word {
    const words = wordsOf(this.#circuit.nets[net]!.interval);
    if ('next' in source) return inWords(this.#values.of(source.next), words);
    return inWords(this.#values.wordAt(source.memory, source.address), words);
  }

  #initial({ net, initial }: State): Word {
    return constantWord(initial!, wordsOf(this.#circuit.nets[net]!.interval));
  }

  #load(net: NetId, { address }: Slot): Word {
    return loadWord('fixed', address, this.#circuit.nets[net]!.interval);
  }

  #writes(index: number, ticks: ReadonlySet<DomainId>): Statement[] {
    const memory = this.#layout.memories[index]!;
    return this.#circuit.memories[index]!.writes.flatMap((port): Statement[] => {
      if (!ticks.has(port.domain)) return [];
      const condition = this.#bit(port.enable);
      const to: Destination = {
        address: this.#values.place(index, port.address),
        offset: memory.address,
      };
      const parts = storeParts(this.#written(index, port), memory);
      return [{ kind: 'if', condition, whenTrue: [{ kind: 'store', to, parts }], whenFalse: [] }];
    });
  }

  /** The word that a write port stores. What its mask leaves out is read when the ports before it are done. */
  #written(index: number, { data, mask, address }: MemoryWrite): Word {
    const word = this.#values.of(data);
    if (mask === undefined) return word;
    const words = wordsOf(this.#circuit.memories[index]!.element);
    const written = inWords(this.#values.of(mask), words);
    const [now, old] = [inWords(word, words), inWords(this.#values.wordAt(index, address), words)];
    return written.map((bits, i) =>
      binary('xor', old[i]!, binary('and', binary('xor', old[i]!, now[i]!), bits)),
    );
  }

  #property(index: number): Statement {
    const { kind, condition } = this.#circuit.properties[index]!;
    const holds = this.#bit(condition);
    const free = not(this.#inReset());
    if (kind === 'cover') {
      const slot: Slot = { address: this.#layout.covers + 8 * index, bytes: 8, signed: true };
      const count = apply('i64', op.extendUnsigned, binary('and', holds, free));
      return store(slot, [binary('add', load('i64', opcodes.i64.load, 'fixed', slot.address), count)]);
    }
    // The resets are looked at only where the property is broken: that is rare.
    const stop: Statement = { kind: 'return', result: index + 1 };
    const unlessReset: Statement = { kind: 'if', condition: free, whenTrue: [stop], whenFalse: [] };
    return { kind: 'if', condition: not(holds), whenTrue: [unlessReset], whenFalse: [] };
  }

  #inReset(): Node {
    return this.#resets
      .map(net => this.#bit(net))
      .reduce((a, b) => binary('or', a, b), constantNode('i32', 0n));
  }

  #bit(net: NetId): Node {
    return as('i32', this.#values.of(net)[0]!);
  }
}

/** What the unit changes, if that is a state or a pack. */
function changeOf(unit: Unit | undefined): State | Pack | undefined {
  if (unit?.task.kind === 'state') return unit.task.state;
  return unit?.task.kind === 'pack' ? unit.task.pack : undefined;
}

function controlsOf(change: State | Pack): Pick<State, 'reset' | 'enable'> {
  return 'net' in change ? change : change.registers[0]!;
}

function sameControls(a: State | Pack, b: State | Pack): boolean {
  const [x, y] = [controlsOf(a), controlsOf(b)];
  return x.reset === y.reset && x.enable === y.enable;
}

function not(bit: Node): Node {
  return apply('i32', opcodes.i32.eqz, bit);
}

function store(slot: Slot, word: Word): Statement {
  return { kind: 'store', to: { address: 'fixed', offset: slot.address }, parts: storeParts(word, slot) };
}

/** Holds a word for this function and, where there is a slot, for others. */
function keep(word: Word, slot: Slot | undefined): Statement[] {
  const hold: Statement = { kind: 'hold', word };
  return slot === undefined ? [hold] : [hold, store(slot, word)];
}
