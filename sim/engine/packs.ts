import type { Circuit, NetId, Register, Step } from '../../ir/index.ts';
import { formatOf } from '../storage.ts';
import { windowsOf } from './bits.ts';
import { shapesOf } from './shapes.ts';
import { type LanesFor, laneBits, type Place, type Tuple, Tuples } from './tuples.ts';
import type { OperationLookup } from './values.ts';

/** Registers that are computed alike, a lane each: see `shapes.ts`. */
export interface Pack {
  /** 16, 8 or 4, in the order of the lanes, under the same controls and of the same format. */
  readonly registers: readonly Register[];
  /** Their next values. */
  readonly next: Tuple;
}

/** Which registers might be packed, and the order in memory that makes their vectors plain loads. */
export interface Packing {
  readonly candidates: readonly (readonly Register[])[];
  readonly registers: readonly Register[];
  /** Places in `circuit.inputs`. */
  readonly inputs: readonly number[];
}

/**
 * Finds registers that are computed alike, and orders them and the inputs. An adder that is one of sixteen takes its
 * left operand from one of sixteen registers; if those lie in memory in the order of the adders, they are one load.
 * So each group, from the end of the pipeline to its begin, asks for the order of the groups that it reads, and the
 * first to ask is heard.
 *
 * @param steps in evaluation order.
 */
export function packingOf(
  circuit: Circuit,
  steps: readonly Step[],
  operation: OperationLookup,
  lanesFor?: LanesFor,
): Packing {
  const groups = groupsOf(circuit, steps);
  const inputs = circuit.inputs.map(({ net }) => net);
  const order = new Order();
  // Whatever is asked for together will be side by side.
  const tuples = tuplesOf(circuit, steps, () => true, operation, lanesFor);
  for (const group of fromTheEnd(steps, groups)) {
    const members = new Map(group.map(register => [register.output, register]));
    group.splice(0, group.length, ...order.sorted([...members.keys()]).map(net => members.get(net)!));
    for (const registers of candidatesOf(group)) {
      for (const tuple of leavesOf(tuples.of(registers.map(({ next }) => next))))
        if (tuple.kind === 'neighbours') order.ask(tuple.nets);
    }
  }
  const grouped = new Set(groups.flat());
  const place = new Map(inputs.map((net, i) => [net, i]));
  return {
    candidates: groups.flatMap(candidatesOf),
    registers: [...groups.flat(), ...circuit.registers.filter(register => !grouped.has(register))],
    inputs: order.sorted(inputs).map(net => place.get(net)!),
  };
}

/** The candidates that are worth it: by default those that are cheaper as vectors than one by one. */
export function packsOf({ candidates }: Packing, tuples: Tuples, isWorthIt = isCheaper): Pack[] {
  return candidates.flatMap(registers => {
    const next = tuples.of(registers.map(register => register.next));
    return isWorthIt(next) ? [{ registers, next }] : [];
  });
}

/** Compares instructions, roughly, of which each counts the same. */
function isCheaper(tuple: Tuple): boolean {
  let asVectors = 0;
  let oneByOne = 0;
  const seen = new Set<Tuple>();
  const open = [tuple];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    const count = part.nets.length;
    const vectors = Math.ceil((count * laneBits(part.interval)!) / 128);
    if (part.kind === 'computed') {
      // A vector's instruction comes with conversions, loads and masks.
      asVectors += 3 * vectors;
      oneByOne += count;
      open.push(...part.operands);
    } else if (part.kind === 'bits') {
      asVectors += 5 + windowsOf(part).length;
      oneByOne += 2 * count;
    } else if (part.kind === 'gathered') asVectors += 2 * count;
    else asVectors += vectors;
    if (part.kind === 'neighbours' || part.kind === 'gathered') oneByOne += count;
  }
  return asVectors < oneByOne;
}

/** For the nets of a circuit, whatever `areNeighbours` says of registers and inputs. */
export function tuplesOf(
  circuit: Circuit,
  steps: readonly Step[],
  areNeighbours: (nets: readonly NetId[], place: 'state' | 'input') => boolean,
  operation: OperationLookup,
  lanesFor?: LanesFor,
): Tuples {
  const places = new Map<NetId, Place>();
  for (const { net } of circuit.inputs) places.set(net, 'input');
  for (const { output } of circuit.constants) places.set(output, 'constant');
  for (const { output } of circuit.registers) places.set(output, 'state');
  for (const { reads } of circuit.memories) for (const { data } of reads) places.set(data, 'state');
  const drivers = new Map(steps.map(step => [step.output, step]));
  return new Tuples(circuit, drivers, net => places.get(net), areNeighbours, operation, lanesFor);
}

/** All parts of a tuple that are not computed from others, each once. */
export function leavesOf(tuple: Tuple): Exclude<Tuple, { kind: 'computed' }>[] {
  const leaves: Exclude<Tuple, { kind: 'computed' }>[] = [];
  const seen = new Set<Tuple>();
  const open = [tuple];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (part.kind === 'computed') open.push(...part.operands.toReversed());
    else leaves.push(part);
  }
  return leaves;
}

/** The fewest registers that are worth a vector. */
const fewest = 4;

/** Registers of the same shape under the same controls, which read registers of which the same is true. */
function groupsOf(circuit: Circuit, steps: readonly Step[]): Register[][] {
  const shapes = shapesOf(circuit, steps);
  const small = circuit.registers.filter(
    ({ output }) => laneBits(circuit.nets[output]!.interval) !== undefined,
  );
  let kinds = numbered(small, ({ output, next, enable, reset, domain }) => {
    const { bytes, signed } = formatOf(circuit.nets[output]!.interval);
    return `${shapes(next)} ${bytes} ${signed} ${enable} ${reset} ${domain}`;
  });
  // The levels of a tree are alike but for what they read, which is only seen from one level to the next.
  const sources = sourcesOf(steps, small);
  for (let round = 0; round < mostLevels; round++) {
    // Two lists of sources may have the same hash, so only what is alike already is told apart by it.
    const finer = numbered(small, register => {
      const hash = sources
        .get(register)!
        .reduce((sum, net) => (Math.imul(sum, 31) + (kinds.of.get(net) ?? 0)) | 0, 0);
      return `${kinds.of.get(register.output)} ${hash}`;
    });
    if (finer.groups.length === kinds.groups.length) break;
    kinds = finer;
  }
  return kinds.groups.filter(group => group.length >= fewest);
}

/**
 * How many levels of registers before a register may tell it from another. Where a chain of equal parts is longer,
 * such as in a systolic array, those in its midst stay alike.
 */
const mostLevels = 12;

interface Kinds {
  readonly groups: Register[][];
  /** The number of each register's group, by its output. */
  readonly of: ReadonlyMap<NetId, number>;
}

function numbered(registers: readonly Register[], key: (register: Register) => string): Kinds {
  const places = new Map<string, number>();
  const groups: Register[][] = [];
  const of = new Map<NetId, number>();
  for (const register of registers) {
    const text = key(register);
    const place = places.get(text) ?? groups.length;
    if (place === groups.length) {
      places.set(text, place);
      groups.push([]);
    }
    groups[place]!.push(register);
    of.set(register.output, place + 1);
  }
  return { groups, of };
}

/** The nets at the leaves of what each register takes, in the order in which they are met. */
function sourcesOf(
  steps: readonly Step[],
  registers: readonly Register[],
): ReadonlyMap<Register, readonly NetId[]> {
  const drivers = new Map(steps.map(step => [step.output, step]));
  return new Map(
    registers.map(register => {
      const sources: NetId[] = [];
      const seen = new Set<NetId>();
      const open = [register.next];
      for (let net = open.pop(); net !== undefined; net = open.pop()) {
        if (seen.has(net)) continue;
        seen.add(net);
        const operands = drivers.get(net)?.operands;
        if (operands === undefined) sources.push(net);
        else open.push(...operands);
      }
      return [register, sources];
    }),
  );
}

/** A group cut into vectors; what is left over at the end is not packed. */
function candidatesOf(group: readonly Register[]): Register[][] {
  const packs: Register[][] = [];
  let from = 0;
  for (const count of [16, 8, 4])
    for (; from + count <= group.length; from += count) packs.push(group.slice(from, from + count));
  return packs;
}

/** The groups in an order in which, rings apart, those that read come before those that are read. */
function fromTheEnd(steps: readonly Step[], groups: readonly Register[][]): Register[][] {
  const groupOf = new Map(groups.flatMap(group => group.map(({ output }) => [output, group] as const)));
  const drivers = new Map(steps.map(step => [step.output, step]));
  /** The groups that one member reads: as the members are alike, mostly those that all read. */
  function readBy(group: Register[]): Set<Register[]> {
    const read = new Set<Register[]>();
    const seen = new Set<NetId>();
    const open = [group[0]!.next];
    for (let net = open.pop(); net !== undefined; net = open.pop()) {
      if (seen.has(net)) continue;
      seen.add(net);
      const source = groupOf.get(net);
      if (source !== undefined) read.add(source);
      open.push(...(drivers.get(net)?.operands ?? []));
    }
    return read;
  }
  const ordered: Register[][] = [];
  const done = new Set<Register[]>();
  for (const root of groups) {
    if (done.has(root)) continue;
    done.add(root);
    const stack = [{ group: root, rest: [...readBy(root)] }];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const next = top.rest.pop();
      if (next === undefined) {
        ordered.push(top.group);
        stack.pop();
      } else if (!done.has(next)) {
        done.add(next);
        stack.push({ group: next, rest: [...readBy(next)] });
      }
    }
  }
  return ordered.reverse();
}

/** Who is to lie beside whom. */
class Order {
  readonly #asked: NetId[] = [];
  readonly #taken = new Set<NetId>();

  /** Puts the nets side by side, unless one of them has a place already. */
  ask(nets: readonly NetId[]): void {
    if (nets.some(net => this.#taken.has(net)) || new Set(nets).size < nets.length) return;
    for (const net of nets) {
      this.#taken.add(net);
      this.#asked.push(net);
    }
  }

  /** The nets with those that were asked for first, in the order asked. */
  sorted(nets: readonly NetId[]): NetId[] {
    const among = new Set(nets);
    return [...this.#asked.filter(net => among.has(net)), ...nets.filter(net => !this.#taken.has(net))];
  }
}
