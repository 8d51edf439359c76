/**
 * Trains the two matrices that the planner of `hardwired` is measured on, and writes them beside this file, the same
 * bytes on every run:
 *
 *     npx tsx bench/hardwired/train.ts
 *
 * They are the first two layers of a network 64 -> 64 -> 32 -> 10 that reads digits of 8 x 8 pixels; all weights are
 * ternary. Real weights are kept behind the trits, and the gradient takes the trits for them (the straight-through
 * estimator).
 */
import { fileURLToPath } from 'node:url';
import { adam } from '../../examples/digits/adam.ts';
import { brightest, type Digits, loadDigits, seed } from '../../examples/digits/data.ts';
import { seededRandom, shuffle } from '../../examples/digits/random.ts';
import { ternarise } from '../../examples/digits/ternary.ts';
import { writeNpy } from '../../model/index.ts';

const sizes = [64, 64, 32, 10];
const epochs = 12;
const batch = 50;
const rate = 0.003;

const random = seededRandom(seed);
const { train, test } = loadDigits(random);
const layers = sizes.slice(1).map((outputs, i) => {
  const inputs = sizes[i]!;
  const weights = Float64Array.from({ length: inputs * outputs }, () => random() - 0.5);
  const gradient = new Float64Array(weights.length);
  const trits = new Int8Array(weights.length);
  // Half of the weights are not 0: with this the sums have about the size of their terms.
  return {
    inputs,
    outputs,
    weights,
    gradient,
    trits,
    scale: Math.sqrt(2 / inputs),
    step: adam(weights.length),
  };
});

const images = { train: reduced(train), test: reduced(test) };
const order = Int32Array.from({ length: train.count }, (_, i) => i);
const steps = epochs * Math.ceil(train.count / batch);
let step = 0;
for (let epoch = 0; epoch < epochs; epoch++) {
  shuffle(order, random);
  for (let start = 0; start < order.length; start += batch) {
    const part = order.subarray(start, start + batch);
    for (const { weights, trits, gradient } of layers) {
      ternarise(weights, trits);
      gradient.fill(0);
    }
    for (const image of part) learnFrom(images.train[image]!, train.labels[image]!);
    step++;
    for (const { weights, gradient, step: optimiser } of layers)
      optimiser.step(weights, gradient, rate * Math.max(1 - step / steps, 1 / 50));
  }
}
for (const { weights, trits } of layers) ternarise(weights, trits);

for (const { inputs, outputs, trits } of layers.slice(0, 2)) {
  const file = fileURLToPath(new URL(`trained-${outputs}x${inputs}.npy`, import.meta.url));
  writeNpy(file, { dtype: 'int8', shape: [outputs, inputs], data: trits });
}
const right = images.test.filter((image, i) => {
  const sums = forward(image).at(-1)!;
  return sums.indexOf(Math.max(...sums)) === test.labels[i];
}).length;
console.log(`${((100 * right) / test.count).toFixed(2)} % of ${test.count} images are read right`);

/** What each layer gives, the image first; all but the last without what is below 0. */
function forward(image: Float64Array): Float64Array[] {
  const values = [image];
  for (const [l, { inputs, outputs, trits, scale }] of layers.entries()) {
    const from = values[l]!;
    values.push(
      Float64Array.from({ length: outputs }, (_, o) => {
        let sum = 0;
        for (let i = 0; i < inputs; i++) sum += trits[o * inputs + i]! * from[i]!;
        return l === layers.length - 1 ? sum * scale : Math.max(sum * scale, 0);
      }),
    );
  }
  return values;
}

/** Adds the gradient of one image: the squared hinge, which asks for a lead of 1 of the right sum. */
function learnFrom(image: Float64Array, label: number): void {
  const values = forward(image);
  const sums = values.at(-1)!;
  let force = sums.map((sum, digit) => (digit === label ? 0 : Math.max(1 - sums[label]! + sum, 0)));
  force[label] = -force.reduce((total, each) => total + each, 0);
  for (const [l, { inputs, outputs, trits, gradient, scale }] of [...layers.entries()].reverse()) {
    const from = values[l]!;
    const before = new Float64Array(inputs);
    for (let o = 0; o < outputs; o++) {
      const pull = force[o]! * scale;
      if (pull === 0) continue;
      for (let i = 0; i < inputs; i++) {
        gradient[o * inputs + i]! += (pull * from[i]!) / batch;
        before[i]! += pull * trits[o * inputs + i]!;
      }
    }
    force = before.map((each, i) => (from[i]! > 0 ? each : 0));
  }
}

/** Images of 28 x 28 pixels as 8 x 8: the middle 24 x 24 in blocks of 3 x 3, from 0 to 1. */
function reduced({ images, count }: Digits): Float64Array[] {
  return Array.from({ length: count }, (_, image) =>
    Float64Array.from({ length: 64 }, (_, block) => {
      let ink = 0;
      for (let y = 0; y < 3; y++)
        for (let x = 0; x < 3; x++) {
          const row = 2 + 3 * Math.floor(block / 8) + y;
          ink += images[image * 784 + row * 28 + 2 + 3 * (block % 8) + x]!;
        }
      return ink / (9 * brightest);
    }),
  );
}
