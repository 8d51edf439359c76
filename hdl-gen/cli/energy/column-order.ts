/**
 * An order of the columns of a product in which neighbours follow each other in one lane, where else they meet in one beat: lane
 * i has the columns from i * steps on. The same order for weights and activations gives the same sums. Where neighbours are
 * alike, as in pictures, an activation then differs less from the one before.
 *
 * @returns for each place the column that stands there, or -1 for a column of zeros, which fills up the last beats.
 */
export function inLanes(columns: number, lanes: number): number[] {
  const steps = Math.ceil(columns / lanes);
  return Array.from({ length: steps * lanes }, (_, place) => {
    const column = (place % lanes) * steps + Math.floor(place / lanes);
    return column < columns ? column : -1;
  });
}
