import {
  type Interval,
  mapShape,
  type Shape,
  Signal,
  type SignalsOf,
  type SignalTree,
  toSignal,
} from '../../hdl-gen/lang/index.ts';

/*
 * The words of a memory are integers or records of them. Here any shape becomes such a record: its integers in their
 * order, without those that can have one value only.
 */

/** What each part holds, under keys of their own. */
export function partShapes(shape: Shape): Readonly<Record<string, Interval>> {
  const parts: Record<string, Interval> = {};
  let count = 0;
  mapShape(shape, interval => {
    if (!interval.isConstant) parts[`part_${count++}`] = interval;
  });
  return parts;
}

/** The parts of the signals of a shape. */
export function toParts(tree: SignalTree): Readonly<Record<string, Signal>> {
  const parts: Record<string, Signal> = {};
  let count = 0;
  const visit = (tree: SignalTree): void => {
    if (!(tree instanceof Signal)) Object.values(tree).forEach(visit);
    else if (tree.constant === undefined) parts[`part_${count++}`] = tree;
  };
  visit(tree);
  return parts;
}

/** The signals of a shape from its parts. */
export function fromParts<S extends Shape>(shape: S, parts: Readonly<Record<string, Signal>>): SignalsOf<S> {
  let count = 0;
  return mapShape(shape, interval =>
    interval.isConstant ? toSignal(interval.min) : parts[`part_${count++}`],
  ) as SignalsOf<S>;
}
