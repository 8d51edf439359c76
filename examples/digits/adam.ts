/** The optimiser Adam (arXiv 1412.6980), with its usual constants. */

const meanDecay = 0.9;
const squareDecay = 0.999;
const epsilon = 1e-8;

export interface Adam {
  /** Moves `weights` one step against `gradient`; `rate` is about how far one weight moves. */
  step(weights: Float64Array, gradient: Float64Array, rate: number): void;
}

export function adam(length: number): Adam {
  const mean = new Float64Array(length);
  const square = new Float64Array(length);
  // Powers by repeated multiplication: Math.pow may differ between JavaScript engines, products may not.
  let meanPower = 1;
  let squarePower = 1;
  return {
    step(weights, gradient, rate) {
      meanPower *= meanDecay;
      squarePower *= squareDecay;
      for (let i = 0; i < length; i++) {
        const slope = gradient[i]!;
        mean[i] = meanDecay * mean[i]! + (1 - meanDecay) * slope;
        square[i] = squareDecay * square[i]! + (1 - squareDecay) * slope * slope;
        const size = Math.sqrt(square[i]! / (1 - squarePower)) + epsilon;
        weights[i]! -= (rate * (mean[i]! / (1 - meanPower))) / size;
      }
    },
  };
}
