import type { DomainId, NetId } from '../../../ir/index.ts';
import { planeBytes } from '../../planes.ts';
import { addTo, Coder, type Prepared, type Surroundings } from '../coder.ts';
import { apply, binary, constantNode, type Node } from '../expression.ts';
import type { Access } from '../layout.ts';
import { opcodes, vector } from '../opcodes.ts';
import type { Pack } from '../packs.ts';
import type { Statement } from '../statement.ts';
import { changeOf, controlsOf, type State, type Unit } from '../units.ts';
import type { Slot, Word } from '../word.ts';
import { sharingForm } from './plane-form.ts';
import { LoopPlanes, together } from './plane-loops.ts';
import { and, choose, constantPlanes, not, ones, or, plane, zeros } from './plane-machine.ts';
import type { PlaneTables } from './plane-tables.ts';

/** The fewest states under the same controls for which it pays to have code without these. */
const fewestApart = 4;

/** How many turns of a loop are written out; it divides the number of registers in a pack. */
const writtenOut = 2;

/** The values of many streams in bit planes: every condition is a choice, and memories are read by the host. */
export class PlaneCoder extends Coder {
  readonly #tables: PlaneTables;

  constructor(surroundings: Surroundings, tables: PlaneTables) {
    super(surroundings);
    this.#tables = tables;
  }

  protected override update(units: readonly Unit[]): Statement[] {
    const all = units.flatMap(({ task }) => changeOf(task) ?? []);
    const { reset, enable } = controlsOf(all[0]!);
    if ((reset === undefined && enable === undefined) || (all.length < fewestApart && 'net' in all[0]!))
      return this.#stores(units, true);
    const inReset = reset === undefined ? zeros : this.#bit(reset);
    const enabled = enable === undefined ? ones : this.#bit(enable);
    const stores = (isControlled: boolean) => this.values.inBranch(() => this.#stores(units, isControlled));
    // Mostly no stream is in reset and all are enabled, and then there is nothing to choose.
    const plain = stores(false);
    const chosen = stores(true);
    // Where no stream takes anything, there is nothing to do.
    const other = enable === undefined ? chosen : [ifAny(or(inReset, enabled), chosen, [])];
    return [ifAny(or(inReset, not(enabled)), other, plain)];
  }

  /** Stores new values, with the reset and the enable or without. */
  #stores(units: readonly Unit[], isControlled: boolean): Statement[] {
    const statements: Statement[] = [];
    let packs: Pack[] = [];
    const close = () => {
      for (const loop of together(packs)) statements.push(...this.#loop(loop, isControlled));
      packs = [];
    };
    for (const { task } of units) {
      // A value changes nothing, so it may come before the packs that wait for others to be in one loop with them.
      if (task.kind === 'hold') statements.push(...this.hold(task.net));
      if (task.kind === 'pack') packs.push(task.pack);
      if (task.kind !== 'state') continue;
      close();
      const { before, word } = isControlled ? this.newValue(task.state) : this.source(task.state);
      statements.push(...before, this.store(this.layout.states.get(task.state.net)!, word));
    }
    close();
    return statements;
  }

  #loop(packs: readonly Pack[], isControlled: boolean): Statement[] {
    const before: Statement[] = [];
    const once = new Map<NetId, Word>();
    const splat = (net: NetId): Word => {
      let word = once.get(net);
      if (word === undefined) {
        word = this.values.of(net);
        once.set(net, word);
        before.push({ kind: 'hold', word });
      }
      return word;
    };
    const { enable, reset } = packs[0]!.registers[0]!;
    const enabled = isControlled && enable !== undefined ? splat(enable)[0] : undefined;
    const inReset = isControlled && reset !== undefined ? splat(reset)[0] : undefined;
    const lanes = packs[0]!.registers.length;
    const body: Statement[] = [];
    for (let turn = 0; turn < writtenOut; turn++) {
      const planes = new LoopPlanes(this.layout, this.#tables, sharingForm(), splat, turn);
      for (const { registers, next } of packs) {
        const { output, initial } = registers[0]!;
        const { interval } = this.circuit.nets[output]!;
        const { address, offset } = planes.state(output);
        const old = this.form.load(address, offset, interval);
        const word = this.form.fit(planes.of(next), interval).map((node, i) => {
          const taken = enabled === undefined ? node : choose(enabled, node, old[i]!);
          const first = constantPlanes(initial);
          return inReset === undefined ? taken : choose(inReset, plane(first, i), taken);
        });
        const parts = this.form.store(word, this.layout.states.get(output)!);
        body.push({ kind: 'store', to: { address, offset }, parts });
      }
    }
    const loop: Statement = {
      kind: 'loop',
      turns: lanes / writtenOut,
      step: writtenOut * planeBytes,
      body,
    };
    return [...before, loop];
  }

  protected override newValue(state: State): Prepared {
    const { before, word } = this.source(state);
    const { reset, enable } = controlsOf(state);
    const enabled = enable === undefined ? undefined : this.#bit(enable);
    const inReset = reset === undefined ? undefined : this.#bit(reset);
    const old = this.load(state.net, this.layout.states.get(state.net)!);
    const initial = inReset === undefined ? [zeros] : this.initial(state);
    return {
      before,
      word: word.map((node, i) => {
        const taken = enabled === undefined ? node : choose(enabled, node, plane(old, i));
        return inReset === undefined ? taken : choose(inReset, plane(initial, i), taken);
      }),
    };
  }

  protected override wordAt(memory: number, address: NetId, data: NetId): Prepared {
    const { index, access } = this.#access('read', memory, data);
    return {
      before: [this.store(access.address, this.values.of(address)), { kind: 'access', index }],
      word: this.form.load('fixed', access.data.address, this.circuit.memories[memory]!.element),
    };
  }

  #access(kind: Access['kind'], memory: number, key: number): { index: number; access: Access } {
    const { accesses } = this.layout;
    const index = accesses.findIndex(
      access => access.kind === kind && access.memory === memory && access.key === key,
    );
    return { index, access: accesses[index]! };
  }

  protected override writes(memory: number, ticks: ReadonlySet<DomainId>): Statement[] {
    return this.circuit.memories[memory]!.writes.flatMap((port, key): Statement[] => {
      if (!ticks.has(port.domain)) return [];
      const { index, access } = this.#access('write', memory, key);
      const put = (slot: Slot, net: NetId) => this.store(slot, this.values.of(net));
      return [
        put(access.address, port.address),
        put(access.enable!, port.enable),
        put(access.data, port.data),
        ...(port.mask === undefined ? [] : [put(access.mask!, port.mask)]),
        { kind: 'access', index },
      ];
    });
  }

  protected override property(index: number): Statement[] {
    const { kind, condition, countsResets } = this.circuit.properties[index]!;
    const holds = this.#bit(condition);
    const resets = countsResets === true ? [] : this.resets;
    const inReset = resets.map(net => this.#bit(net)).reduce(or, zeros);
    if (kind === 'cover') return [addTo(this.layout.covers + 8 * index, onesIn(and(holds, not(inReset))))];
    const broken = and(not(holds), not(inReset));
    return [
      this.store(this.layout.broken, [broken]),
      ifAny(broken, [{ kind: 'return', result: index + 1 }], []),
    ];
  }

  protected override difference(a: Word, b: Word, width: number): Node {
    return Array.from({ length: width }, (_, i) => onesIn(apply('v128', vector.xor, a[i]!, b[i]!))).reduce(
      (x, y) => binary('add', x, y),
    );
  }

  #bit(net: NetId): Node {
    return this.values.of(net)[0]!;
  }
}

/** What is done if a bit of the plane is 1, and what otherwise. */
function ifAny(plane: Node, whenTrue: readonly Statement[], whenFalse: readonly Statement[]): Statement {
  return { kind: 'if', condition: apply('i32', vector.anyTrue, plane), whenTrue, whenFalse };
}

/** The number of ones in a plane: an i64. */
function onesIn(node: Node): Node {
  const half = (lane: number): Node =>
    apply('i64', opcodes.i64.popcnt, {
      kind: 'apply',
      type: 'i64',
      opcode: vector.extractLane64,
      operands: [node],
      lane,
    });
  if (node.kind === 'constant') return constantNode('i64', node.value === 0n ? 0n : 128n);
  return binary('add', half(0), half(1));
}
