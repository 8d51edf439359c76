import { ternaryArray, ternaryStream } from '../../rtl/ternary/index.ts';
import { type Placed, placeFitting } from '../placed.ts';
import { type Point, seeds } from './points.ts';

/** A point of the sweep, and what nextpnr counts and reaches. */
export type MeasuredPoint = Point & Placed;

/** Places a point behind few pins, with all seeds of the sweep. */
export async function measurePoint(point: Point): Promise<MeasuredPoint> {
  const { form, device, ...array } = point;
  const placing = { device, seeds, ownBits: false };
  const placed =
    form === 'array'
      ? await placeFitting(ternaryArray(array), placing)
      : await placeFitting(ternaryStream(array), placing);
  return { ...point, ...placed };
}
