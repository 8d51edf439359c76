import { named, registered, type Signal } from '../../../hdl-gen/lang/index.ts';
import { addedInPieces, inMorePieces, type Pieces, pieceCount, pieceName } from '../pieces.ts';
import type { Folding } from './folding.ts';
import type { Schedule } from './schedule.ts';
import { lanesIn, type Sum, widthOf } from './sum.ts';

/** What a sum is made from. */
export interface Operands {
  readonly x: readonly Signal[];
  readonly w: readonly Signal[];
}

/** How a sum is built. */
export interface BuildOptions {
  /** Bits of the pieces that sums are cut into. */
  readonly cut: number | undefined;
  /** 1: the registers behind the whole sum become 0. */
  readonly idle: Signal | undefined;
}

/** The circuit of a sum, in the pieces of its cut. The registers behind the whole sum are for whoever takes it. */
export function buildSum(
  root: Sum,
  folding: Folding,
  { registered: ends }: Schedule,
  { x, w }: Operands,
  { cut, idle }: BuildOptions,
): Pieces {
  const build = (sum: Sum): Pieces => {
    const total = unregistered(sum);
    // A gate alone is whole, and whoever takes the sum expects it as it is cut.
    if (sum === root) return inMorePieces(total, piecesIn(sum), cut ?? 0);
    const pieces = ends.has(sum) ? total.map(piece => registered(piece)) : total;
    named(Object.fromEntries(pieces.map((piece, p) => [pieceName(nameOf(sum), p), piece])));
    return pieces;
  };
  const piecesIn = (sum: Sum): number => pieceCount(widthOf(lanesIn(sum), x[0]!.width), cut);
  const unregistered = (sum: Sum): Pieces => {
    if (sum.kind === 'gated') return [folding.gate(x[sum.lane]!, w[sum.lane]!)];
    const options = {
      count: piecesIn(sum),
      size: cut ?? 0,
      name: nameOf(sum),
      idle: sum === root ? idle : undefined,
    };
    if (sum.kind === 'added') {
      const code = w[sum.lane]!;
      return addedInPieces(build(sum.to), [x[sum.lane]!], folding.adding(code), options);
    }
    const [a, b] = sum.parts;
    const controls = folding.joining(a.kind === 'added' ? w[a.lane]! : undefined);
    return addedInPieces(build(a), build(b), controls, options);
  };
  return build(root);
}

/** `gated_5`, or `lanes_0_to_6`. The lanes of a sum are neighbours. */
function nameOf(sum: Sum): string {
  const first = firstLane(sum);
  return sum.kind === 'gated' ? `gated_${first}` : `lanes_${first}_to_${first + lanesIn(sum) - 1}`;
}

function firstLane(sum: Sum): number {
  return sum.kind === 'joined' ? firstLane(sum.parts[0]) : sum.lane;
}
