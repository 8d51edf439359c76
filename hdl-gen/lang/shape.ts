import { Interval } from '../../ir/index.ts';
import { badArgument, notASignal, unlikeElements } from './diagnostics.ts';
import type { ClockDomain } from './domain.ts';
import type { Operand, Signal } from './signal.ts';

/**
 * What a port carries: an interval (one integer), an array of a shape, or a record of shapes.
 *
 * An array becomes one packed vector with element 0 in the lowest bits, however deep it is nested. A record becomes
 * one port for each field, named `record_field`; an array of records is taken apart in the same way.
 */
export type Shape = Interval | ArrayShape | RecordShape;

/** Named shapes. */
export interface RecordShape {
  readonly [field: string]: Shape;
}

/** `length` elements of one shape. Made by `array`. */
export class ArrayShape<E extends Shape = Shape> {
  readonly length: number;
  readonly element: E;

  constructor(length: number, element: E) {
    this.length = length;
    this.element = element;
  }
}

/** The shape of `length` (from 1) elements of the shape `element`. */
export function array<E extends Shape>(length: number, element: E): ArrayShape<E> {
  if (!Number.isInteger(length) || length < 1) {
    throw badArgument(`the length of an array is a whole number from 1, not ${length}`);
  }
  return new ArrayShape(length, element);
}

/** The signals that a shape stands for. */
export type SignalsOf<S extends Shape> = S extends Interval
  ? Signal
  : S extends ArrayShape<infer E>
    ? readonly SignalsOf<E>[]
    : S extends RecordShape
      ? { readonly [K in keyof S]: SignalsOf<S[K]> }
      : never;

/** What may be connected to a shape: signals, or whole numbers as constants. */
export type OperandsOf<S extends Shape> = S extends Interval
  ? Operand
  : S extends ArrayShape<infer E>
    ? readonly OperandsOf<E>[]
    : S extends RecordShape
      ? { readonly [K in keyof S]: OperandsOf<S[K]> }
      : never;

/** The whole numbers that a shape holds in a simulation. */
export type ValuesOf<S extends Shape> = S extends Interval
  ? number | bigint
  : S extends ArrayShape<infer E>
    ? readonly ValuesOf<E>[]
    : S extends RecordShape
      ? { readonly [K in keyof S]: ValuesOf<S[K]> }
      : never;

/** Signals in records and arrays, as a circuit returns them. */
export type SignalTree = Signal | readonly SignalTree[] | { readonly [field: string]: SignalTree };

/** A record of signals, as a circuit returns it. */
export interface SignalRecord {
  readonly [field: string]: SignalTree;
}

/** One Verilog port: a single value, or a packed vector of `count` elements. */
export interface Field<T> {
  readonly name: string;
  /** Whether it is an array (and so a packed vector), even of one element. */
  readonly isArray: boolean;
  readonly elements: readonly T[];
}

/**
 * Takes a tree of records and arrays apart into its fields, in the order of their declaration. `at` is the line that
 * a refusal tells, by default the caller's.
 * @throws Diagnostic TCT-1025 for what is neither leaf, record nor array, TCT-1027 where the elements of an array
 * are not alike.
 */
export function fieldsOf<T>(
  tree: unknown,
  isLeaf: (value: unknown) => value is T,
  name = '',
  at?: string,
): Field<T>[] {
  if (isLeaf(tree)) return [{ name, isArray: false, elements: [tree] }];
  if (tree instanceof ArrayShape) return fieldsOf(Array(tree.length).fill(tree.element), isLeaf, name, at);
  if (Array.isArray(tree)) {
    // Element by element, so that an array of records becomes one vector for each field.
    const parts = tree.map(element => fieldsOf(element, isLeaf, name, at));
    const first = parts[0] ?? [];
    // By name, because two records may have their keys in different orders.
    const sorted = parts.map(part => {
      const fields = first.flatMap(({ name }) => part.find(other => other.name === name) ?? []);
      const isAlike =
        part.length === first.length &&
        fields.length === first.length &&
        fields.every(({ elements }, f) => elements.length === first[f]!.elements.length);
      if (!isAlike) throw unlikeElements(name, at);
      return fields;
    });
    return first.map((field, f) => ({
      name: field.name,
      isArray: true,
      elements: sorted.flatMap(fields => fields[f]!.elements),
    }));
  }
  if (isRecord(tree)) {
    return Object.entries(tree).flatMap(([key, value]) =>
      fieldsOf(value, isLeaf, name === '' ? key : `${name}_${key}`, at),
    );
  }
  throw notASignal(name === '' ? 'what is given' : `'${name}'`, tree, at);
}

/**
 * The tree of a shape with `make(interval, field, isArray)` at each leaf. The elements of one field are made in
 * the order in which `fieldsOf` lists them.
 */
export function mapShape(
  shape: Shape,
  make: (interval: Interval, field: string, isArray: boolean) => unknown,
  field = '',
  isArray = false,
): unknown {
  if (shape instanceof Interval) return make(shape, field, isArray);
  if (shape instanceof ArrayShape) {
    return Array.from({ length: shape.length }, () => mapShape(shape.element, make, field, true));
  }
  return Object.fromEntries(
    Object.entries(shape).map(([key, value]) => [
      key,
      mapShape(value, make, field === '' ? key : `${field}_${key}`, isArray),
    ]),
  );
}

/** Whether a value is a plain record: neither an array nor an object of a class. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A leaf of a shape. */
export function isInterval(value: unknown): value is Interval {
  return value instanceof Interval;
}

/** The domain that the ports of a record belong to, where it is not the default one, by the key of the port. */
export type PortDomains = Readonly<Record<string, ClockDomain>>;
