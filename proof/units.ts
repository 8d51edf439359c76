import { component, type Design, elaborate, type Interval, int, named } from '../hdl-gen/lang/index.ts';
import {
  type Arch,
  type ArrayParameters,
  adderTree,
  type DotProductParameters,
  dotProduct,
  laneGate,
  type TableParameters,
  tableLayout,
  weightCode,
} from '../rtl/ternary/index.ts';
import { checkDecoder } from './decoder.ts';
import type { Finding } from './finding.ts';
import { dotProductSpecification, gateSpecification, nodeSpecification, sumOf } from './specification.ts';
import { checkTable } from './table.ts';

/** A part of the array, with what it is to do. */
export interface Unit {
  readonly kind: 'gate' | 'node' | 'dot-product';
  /** Such as `8 x 4 bits`: lanes and bits of an activation. */
  readonly size: string;
  readonly design: () => Design;
  readonly specification: string;
  /** Signals that are the same within both. */
  readonly inner: readonly string[];
}

/** Dot products are proved whole up to this size. */
export const largestDotProduct = { lanes: 8, activationBits: 4 } as const;

const gate = component('lane_gate', ({ bits }: { readonly bits: number }) => ({
  inputs: { x: int(bits), w: weightCode },
  build: ({ x, w }) => named({ y: laneGate(x, w) }),
}));

const node = component('tree_node', ({ a, b }: { readonly a: Interval; readonly b: Interval }) => ({
  inputs: { a, b },
  build: ({ a, b }) => named({ y: adderTree([a, b], { pipeline: 1, terms: 'terms' }) }),
}));

/** What is specified of an array, apart from its products as a whole. */
export interface SpecifiedParts {
  /** Hold each weight code against arithmetic. */
  readonly decoders: readonly (() => Finding)[];
  readonly units: readonly Unit[];
}

/**
 * The families whose parts have a specification. Of the others the netlist is proved to be the Verilog, and the whole
 * array is tested against products.
 */
const specified: Partial<Record<Arch, (array: ArrayParameters) => SpecifiedParts>> = {
  tree: array => ({ decoders: [() => checkDecoder(array.activationBits)], units: unitsOf(array) }),
};

/** What is specified of tables: the plan by which they are filled and read, and the nodes of the tree behind them. */
export function specifiedTableParts(parameters: TableParameters): SpecifiedParts {
  const { tables: lanes, entryBits: activationBits } = tableLayout(parameters);
  return { decoders: [checkTable], units: nodesOf({ ...parameters, lanes, activationBits }) };
}

/** What is specified of an array, the small parts first. */
export function specifiedParts(array: ArrayParameters): SpecifiedParts {
  return specified[array.arch ?? 'tree']?.(array) ?? { decoders: [], units: [] };
}

/** The gate, each kind of node and the whole dot products of a tree, the small ones first. */
export function unitsOf(array: DotProductParameters): Unit[] {
  const { activationBits: bits } = array;
  return [
    {
      kind: 'gate',
      size: `${bits} bits`,
      design: () => elaborate(gate({ bits })),
      specification: gateSpecification(bits),
      inner: [],
    },
    ...nodesOf(array),
    ...dotProductsOf(array).map(dotProductUnit),
  ];
}

/** The dot product of some parameters. */
export function dotProductUnit(parameters: DotProductParameters): Unit {
  const { text, inner } = dotProductSpecification(parameters);
  return {
    kind: 'dot-product',
    size: `${parameters.lanes} x ${parameters.activationBits} bits`,
    design: () => elaborate(dotProduct(parameters)),
    specification: text,
    inner,
  };
}

function nodesOf({ lanes, activationBits }: DotProductParameters): Unit[] {
  const nodes = new Map<string, Unit>();
  let level: Interval[] = Array<Interval>(lanes).fill(int(activationBits));
  while (level.length > 1) {
    const next: Interval[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [a, b] = [level[i]!, level[i + 1]];
      next.push(b === undefined ? a : sumOf([a, b]));
      if (b === undefined) continue;
      nodes.set(`${a} ${b}`, {
        kind: 'node',
        size: `${a.width} + ${b.width} bits`,
        design: () => elaborate(node({ a, b })),
        specification: nodeSpecification(a, b),
        inner: [],
      });
    }
    level = next;
  }
  return [...nodes.values()];
}

/** All sizes up to that of the array or the largest that is proved; the bounds of the sums go with the lanes. */
function dotProductsOf({
  lanes,
  activationBits,
  initBits,
  pipeline,
}: DotProductParameters): DotProductParameters[] {
  const [mostLanes, mostBits] = [
    Math.min(lanes, largestDotProduct.lanes),
    Math.min(activationBits, largestDotProduct.activationBits),
  ];
  return Array.from({ length: mostLanes * mostBits }, (_, i) => {
    const [bits, ofLanes] = [1 + (i % mostBits), 1 + Math.floor(i / mostBits)];
    const maxK = 4 * ofLanes;
    return { lanes: ofLanes, activationBits: bits, maxK, initBits: Math.min(initBits, bits + 4), pipeline };
  });
}
