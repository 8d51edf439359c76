import type { DomainId, MemoryWrite, NetId } from '../../ir/index.ts';
import { addTo, Coder, type Prepared, widened } from './coder.ts';
import { apply, as, binary, constantNode, type Node, select } from './expression.ts';
import type { LaneBits } from './machine-vector.ts';
import { opcodes, type ScalarType } from './opcodes.ts';
import type { Pack } from './packs.ts';
import type { Destination, Statement } from './statement.ts';
import { laneBits } from './tuples.ts';
import { changeOf, controlsOf, type State, type Unit } from './units.ts';
import { constantLanes, storeLanes, Vectors } from './vectors.ts';
import { loadWord, type Word } from './word.ts';

/** One value of each net: conditions are branches, a memory is an array. */
export class ScalarCoder extends Coder {
  protected override update(units: readonly Unit[]): Statement[] {
    const all = units.flatMap(({ task }) => changeOf(task) ?? []);
    const { reset, enable } = controlsOf(all[0]!);
    const condition = reset === undefined ? undefined : this.#bit(reset);
    const enabled = enable === undefined ? undefined : this.#bit(enable);
    const make = () => this.#stores(units);
    let statements = condition === undefined && enabled === undefined ? make() : this.values.inBranch(make);
    if (enabled !== undefined)
      statements = [{ kind: 'if', condition: enabled, whenTrue: statements, whenFalse: [] }];
    if (condition !== undefined) {
      const whenTrue = all.map(
        (change): Statement =>
          'net' in change
            ? this.store(this.layout.states.get(change.net)!, this.initial(change))
            : this.#storeInitial(change),
      );
      statements = [{ kind: 'if', condition, whenTrue, whenFalse: statements }];
    }
    return statements;
  }

  #stores(units: readonly Unit[]): Statement[] {
    const vectors = new Vectors(this.layout, this.values);
    return units.flatMap(({ task }): Statement[] => {
      if (task.kind === 'hold') return this.hold(task.net);
      const change = changeOf(task)!;
      return 'net' in change
        ? [this.store(this.layout.states.get(change.net)!, this.source(change).word)]
        : [this.#storeNext(change, vectors)];
    });
  }

  #storeNext(pack: Pack, vectors: Vectors): Statement {
    const { bytes } = this.layout.states.get(pack.registers[0]!.output)!;
    const bits = Math.max(8 * bytes, laneBits(pack.next.interval)!) as LaneBits;
    return this.#storePack(pack, vectors.of(pack.next, bits), bits);
  }

  #storePack({ registers }: Pack, word: Word, bits: LaneBits): Statement {
    const slot = this.layout.states.get(registers[0]!.output)!;
    const parts = storeLanes(word, bits, slot, registers.length);
    return { kind: 'store', to: { address: 'fixed', offset: slot.address }, parts };
  }

  #storeInitial(pack: Pack): Statement {
    const bits = (8 * this.layout.states.get(pack.registers[0]!.output)!.bytes) as LaneBits;
    const values = pack.registers.map(({ initial }) => initial);
    return this.#storePack(pack, constantLanes(values, bits), bits);
  }

  protected override newValue(state: State): Prepared {
    let { word } = this.source(state);
    if (state.enable !== undefined) {
      const enabled = this.#bit(state.enable);
      const old = this.load(state.net, this.layout.states.get(state.net)!);
      word = word.map((limb, i) => select(enabled, limb, old[i]!));
    }
    if (state.reset !== undefined) {
      const reset = this.#bit(state.reset);
      const initial = this.initial(state);
      word = word.map((limb, i) => select(reset, initial[i]!, limb));
    }
    return { before: [], word };
  }

  protected override wordAt(memory: number, address: NetId): Prepared {
    const from = this.#place(memory, address);
    const { element } = this.circuit.memories[memory]!;
    return { before: [], word: loadWord(from, this.layout.memories[memory]!.address, element) };
  }

  protected override writes(index: number, ticks: ReadonlySet<DomainId>): Statement[] {
    const memory = this.layout.memories[index]!;
    return this.circuit.memories[index]!.writes.flatMap((port): Statement[] => {
      if (!ticks.has(port.domain)) return [];
      const condition = this.#bit(port.enable);
      const to: Destination = { address: this.#place(index, port.address), offset: memory.address };
      const parts = this.form.store(this.#written(index, port), memory);
      return [{ kind: 'if', condition, whenTrue: [{ kind: 'store', to, parts }], whenFalse: [] }];
    });
  }

  /** The word that a write port stores. What its mask leaves out is read when the ports before it are done. */
  #written(memory: number, { data, mask, address }: MemoryWrite): Word {
    const word = this.values.of(data);
    if (mask === undefined) return word;
    const fit = (part: Word) => this.form.fit(part, this.circuit.memories[memory]!.element);
    const [written, now, old] = [this.values.of(mask), word, this.wordAt(memory, address).word].map(fit);
    return written!.map((bits, i) =>
      binary('xor', old![i]!, binary('and', binary('xor', old![i]!, now![i]!), bits)),
    );
  }

  /** The bytes from the memory's begin to the word at an address. */
  #place(memory: number, address: NetId): Node {
    const { bytes, mask } = this.layout.memories[memory]!;
    const limit = constantNode('i32', BigInt(mask));
    // Not `binary`, which trusts the interval of the address: see `MemorySlots`.
    const index = apply('i32', opcodes.i32.and, as('i32', this.values.of(address)[0]!), limit);
    return apply('i32', opcodes.i32.mul, index, constantNode('i32', BigInt(bytes)));
  }

  protected override property(index: number): Statement[] {
    const { kind, condition, countsResets } = this.circuit.properties[index]!;
    const holds = this.#bit(condition);
    const free = countsResets === true ? constantNode('i32', 1n) : not(this.#inReset());
    if (kind === 'cover') return [addTo(this.layout.covers + 8 * index, widened(binary('and', holds, free)))];
    // The resets are looked at only where the property is broken: that is rare.
    const stop: Statement = { kind: 'return', result: index + 1 };
    const unlessReset: Statement = { kind: 'if', condition: free, whenTrue: [stop], whenFalse: [] };
    return [{ kind: 'if', condition: not(holds), whenTrue: [unlessReset], whenFalse: [] }];
  }

  protected override difference(a: Word, b: Word, width: number): Node {
    if (a[0]!.type === 'i32') return widened(ones('i32', a[0]!, b[0]!, width));
    return a
      .slice(0, Math.ceil(width / 64))
      .map((limb, i) => ones('i64', limb, b[i]!, width - 64 * i))
      .reduce((x, y) => binary('add', x, y));
  }

  #inReset(): Node {
    return this.resets
      .map(net => this.#bit(net))
      .reduce((a, b) => binary('or', a, b), constantNode('i32', 0n));
  }

  #bit(net: NetId): Node {
    return as('i32', this.values.of(net)[0]!);
  }
}

/** How many of the lowest `width` bits differ. */
function ones(type: ScalarType, a: Node, b: Node, width: number): Node {
  const differ = binary('xor', a, b);
  const counted =
    width >= (type === 'i32' ? 32 : 64)
      ? differ
      : binary('and', differ, constantNode(type, (1n << BigInt(width)) - 1n));
  return apply(type, opcodes[type].popcnt, counted);
}

function not(bit: Node): Node {
  return apply('i32', opcodes.i32.eqz, bit);
}
