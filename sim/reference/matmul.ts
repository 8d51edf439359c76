/**
 * The slow, obvious meaning of a ternary matrix product. Everything else is held against it, so nothing here is
 * clever: three loops, and a check wherever exactness could be lost.
 */

/** An integer matrix; element (r, c) is `data[r * columns + c]`. */
export interface IntegerMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

/** Results [N,M]: one row a vector, one column a dot product. */
export interface ProductMatrix extends IntegerMatrix {
  readonly data: readonly number[];
}

/**
 * Y[n][m] = init[m] + sum over k of W[m][k] * X[n][k], in exact integers.
 *
 * @param weights W [M,K], every element -1, 0 or 1
 * @param activations X [N,K], integers
 * @param init one initial accumulator value per weight row (M of them); zeros when left out
 * @throws RangeError where the shapes do not fit, a weight is no trit, an activation or `init` is no integer, or a
 *   sum leaves the integers that a number holds exactly (beyond 2^53)
 */
export function matmul(
  weights: IntegerMatrix,
  activations: IntegerMatrix,
  init?: ArrayLike<number>,
): ProductMatrix {
  checkShape('weights', weights);
  checkShape('activations', activations);
  if (weights.columns !== activations.columns) {
    throw new RangeError(`weights have ${weights.columns} columns, activations ${activations.columns}`);
  }
  if (init !== undefined && init.length !== weights.rows) {
    throw new RangeError(`${weights.rows} initial values expected, ${init.length} given`);
  }
  checkElements('weight', weights.data, value => value === -1 || value === 0 || value === 1);
  checkElements('activation', activations.data, Number.isSafeInteger);
  if (init !== undefined) checkElements('initial value', init, Number.isSafeInteger);

  const data: number[] = [];
  for (let n = 0; n < activations.rows; n++) {
    for (let m = 0; m < weights.rows; m++) {
      let sum = 0;
      if (init !== undefined) sum += init[m]!;
      for (let k = 0; k < weights.columns; k++) {
        sum += weights.data[m * weights.columns + k]! * activations.data[n * activations.columns + k]!;
        if (!Number.isSafeInteger(sum)) throw new RangeError(`the sum of row ${m}, vector ${n} exceeds 2^53`);
      }
      data.push(sum);
    }
  }
  return { rows: activations.rows, columns: weights.rows, data };
}

function checkShape(name: string, { rows, columns, data }: IntegerMatrix): void {
  if (data.length !== rows * columns) {
    throw new RangeError(`${name} [${rows},${columns}] hold ${data.length} elements`);
  }
}

function checkElements(name: string, data: ArrayLike<number>, isRight: (value: number) => boolean): void {
  for (let i = 0; i < data.length; i++) {
    if (!isRight(data[i]!)) throw new RangeError(`${name} ${i} is ${data[i]}`);
  }
}
