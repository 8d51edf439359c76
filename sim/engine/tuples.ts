import {
  type Circuit,
  Interval,
  type NetId,
  type Operation,
  type ParametersOf,
  type Step,
} from '../../ir/index.ts';
import { type Format, formatOf } from '../storage.ts';
import { type LaneBits, NoVector, vectorMachine } from './machine-vector.ts';
import { bitOf } from './shapes.ts';
import type { OperationLookup } from './values.ts';

/** Several nets that are computed side by side, a lane each. */
export type Tuple = Constants | Splat | Neighbours | Bits | Gathered | Computed;

interface Lanes {
  readonly nets: readonly NetId[];
  /** Holds the values of all lanes. */
  readonly interval: Interval;
}

export interface Constants extends Lanes {
  readonly kind: 'constants';
  readonly values: readonly bigint[];
}

/** One value in all lanes. */
export interface Splat extends Lanes {
  readonly kind: 'splat';
}

/** Registers or inputs that lie side by side in memory, or are to. */
export interface Neighbours extends Lanes {
  readonly kind: 'neighbours';
  readonly place: 'state' | 'input';
  readonly format: Format;
}

/** Single bits of one wide register or input. */
export interface Bits extends Lanes {
  readonly kind: 'bits';
  readonly place: 'state' | 'input';
  readonly source: NetId;
  /** Which bits, a lane each. */
  readonly bits: readonly number[];
}

/** Put together lane by lane: what has no common form. */
export interface Gathered extends Lanes {
  readonly kind: 'gathered';
}

/** One operation on all lanes. */
export interface Computed extends Lanes {
  readonly kind: 'computed';
  readonly operation: Operation;
  readonly parameters: unknown;
  readonly operands: readonly Tuple[];
  /** Of the lanes that hold the operands, the result and all between. */
  readonly bits: LaneBits;
}

/** Where a net that no cell drives has its value. */
export type Place = 'state' | 'input' | 'constant' | undefined;

/** Finds out how several nets at once are computed. */
export class Tuples {
  readonly #circuit: Circuit;
  readonly #drivers: ReadonlyMap<NetId, Step>;
  readonly #place: (net: NetId) => Place;
  readonly #areNeighbours: (nets: readonly NetId[], place: 'state' | 'input') => boolean;
  readonly #operation: OperationLookup;
  readonly #lanesFor: LanesFor;
  readonly #constants: ReadonlyMap<NetId, bigint>;
  readonly #known = new Map<string, Tuple>();

  /** @param areNeighbours whether these registers or inputs lie side by side in memory, in this order. */
  constructor(
    circuit: Circuit,
    drivers: ReadonlyMap<NetId, Step>,
    place: (net: NetId) => Place,
    areNeighbours: (nets: readonly NetId[], place: 'state' | 'input') => boolean,
    operation: OperationLookup,
    lanesFor: LanesFor = vectorLanesFor,
  ) {
    this.#circuit = circuit;
    this.#drivers = drivers;
    this.#place = place;
    this.#areNeighbours = areNeighbours;
    this.#operation = operation;
    this.#lanesFor = lanesFor;
    this.#constants = new Map(circuit.constants.map(({ output, value }) => [output, value]));
  }

  /** @param nets all of one shape: see `shapes.ts`. */
  of(nets: readonly NetId[]): Tuple {
    const key = nets.join();
    let tuple = this.#known.get(key);
    if (tuple === undefined) {
      tuple = this.#find(nets);
      this.#known.set(key, tuple);
    }
    return tuple;
  }

  #find(nets: readonly NetId[]): Tuple {
    const interval = nets
      .map(net => this.#circuit.nets[net]!.interval)
      .reduce((hull, other) => hull.hull(other));
    const place = this.#place(nets[0]!);
    if (place === 'constant')
      return { kind: 'constants', nets, interval, values: nets.map(net => this.#constants.get(net)!) };
    if (nets.every(net => net === nets[0])) return { kind: 'splat', nets, interval };
    if (place !== undefined)
      return this.#areNeighbours(nets, place)
        ? {
            kind: 'neighbours',
            nets,
            interval,
            place,
            format: formatOf(this.#circuit.nets[nets[0]!]!.interval),
          }
        : { kind: 'gathered', nets, interval };
    return (
      this.#bits(nets, interval) ?? this.#computed(nets, interval) ?? { kind: 'gathered', nets, interval }
    );
  }

  #bits(nets: readonly NetId[], interval: Interval): Bits | undefined {
    const bits: number[] = [];
    const sources = new Set<NetId>();
    for (const net of nets) {
      const step = this.#drivers.get(net)!;
      const bit = 'memory' in step ? undefined : bitOf(this.#circuit, step);
      if (bit === undefined) return undefined;
      bits.push(bit);
      sources.add(step.operands[0]!);
    }
    const source = nets.length > 0 && sources.size === 1 ? [...sources][0]! : undefined;
    if (source === undefined) return undefined;
    const place = this.#place(source);
    if (place !== 'state' && place !== 'input') return undefined;
    return { kind: 'bits', nets, interval, place, source, bits };
  }

  #computed(nets: readonly NetId[], interval: Interval): Computed | undefined {
    const cells = nets.flatMap(net => {
      const step = this.#drivers.get(net)!;
      return 'memory' in step ? [] : [step];
    });
    if (cells.length < nets.length) return undefined;
    const { operation: name, parameters } = cells[0]!;
    // Single bits are of one shape, whichever they are.
    if (name === 'slice' && cells.some(cell => !sameSlice(cell.parameters, parameters))) return undefined;
    const operation = this.#operation(name);
    const operands = cells[0]!.operands.map((_, i) => this.of(cells.map(cell => cell.operands[i]!)));
    const hull = operands.reduce((all, operand) => all.hull(operand.interval), interval);
    const bits = this.#lanesFor(operation, parameters, operands.length, hull);
    return bits === undefined
      ? undefined
      : { kind: 'computed', nets, interval, operation, parameters, operands, bits };
  }
}

function sameSlice(a: unknown, b: unknown): boolean {
  const [x, y] = [a, b] as [ParametersOf<'slice'>, ParametersOf<'slice'>];
  return x.low === y.low && x.width === y.width;
}

/**
 * The smallest lanes for an operation of so many operands, if it can be done on many at once at all.
 * @param hull holds the operands and the result.
 */
export type LanesFor = (
  operation: Operation,
  parameters: unknown,
  operands: number,
  hull: Interval,
) => LaneBits | undefined;

/** The lanes of a vector: they hold the interval and every constant of the operation. */
function vectorLanesFor(
  operation: Operation,
  parameters: unknown,
  operands: number,
  hull: Interval,
): LaneBits | undefined {
  let bits = laneBits(hull);
  for (;;) {
    if (bits === undefined) return undefined;
    let needed: LaneBits | undefined = bits;
    const machine = vectorMachine(bits);
    const word = machine.constant(0n);
    try {
      operation.compile(
        {
          ...machine,
          constant: value => {
            const own = laneBits(Interval.of(value));
            needed = own === undefined || needed === undefined ? undefined : own > needed ? own : needed;
            return machine.constant(value);
          },
        },
        Array(operands).fill(word),
        parameters,
      );
    } catch (error) {
      if (error instanceof NoVector) return undefined;
      throw error;
    }
    if (needed === bits) return bits;
    bits = needed;
  }
}

/** The smallest lanes that hold every value of the interval as a signed integer. */
export function laneBits({ width, signed }: Interval): LaneBits | undefined {
  const bits = width + (signed ? 0 : 1);
  return bits <= 8 ? 8 : bits <= 16 ? 16 : bits <= 32 ? 32 : undefined;
}
