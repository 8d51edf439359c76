import { layersDoNotFit } from '../../../model/layers/index.ts';

/** What follows each other: a layer and its size. */
interface Sized {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}

/** The first two layers of which the second does not take what the first gives. */
export function brokenLink<T extends Sized>(layers: readonly T[]): readonly [T, T] | undefined {
  const at = layers.findIndex(({ rows }, i) => i + 1 < layers.length && layers[i + 1]!.columns !== rows);
  return at < 0 ? undefined : [layers[at]!, layers[at + 1]!];
}

/** @throws Diagnostic TCT-5413 where a layer does not take what the one before gives. */
export function checkChain(layers: readonly Sized[]): void {
  const broken = brokenLink(layers);
  if (broken === undefined) return;
  const [before, after] = broken;
  throw layersDoNotFit(before.name, before.rows, after.name, after.columns);
}
