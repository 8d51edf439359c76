/**
 * Trains a ternary linear classifier: ten rows of trits, and the largest of the ten sums is the digit.
 *
 * Real-valued weights are kept behind the trits. Every step ternarises them, computes the sums with the trits, and
 * applies the gradient to the real weights as though ternarisation were the identity (the straight-through
 * estimator). The loss is the squared hinge: each wrong digit's sum should stay `margin` below the right one's.
 * It needs only + - * / and square roots, which IEEE 754 rounds exactly: the trits are the same on every machine.
 */
import { adam } from './adam.ts';
import { brightest, classes, type Digits, pixelsPerImage } from './data.ts';
import { type Random, shuffle } from './random.ts';
import { ternarise } from './ternary.ts';

export interface LearnOptions {
  /** Times that every image is seen. */
  readonly epochs: number;
  /** Images per step. */
  readonly batch: number;
  /** How far the right sum should lead, in units of a fully inked pixel. */
  readonly margin: number;
  /** Adam's first rate; it falls linearly to a fiftieth. */
  readonly rate: number;
}

/** Chosen by trials on another split of the same digits, judged on 1,000 images held back from training. */
export const defaultOptions: LearnOptions = { epochs: 30, batch: 100, margin: 20, rate: 0.01 };

/** The trits [10, 784] that were learned from `digits`. */
export function learn(digits: Digits, random: Random, options: LearnOptions = defaultOptions): Int8Array {
  const { epochs, batch, margin, rate } = options;
  const weights = Float64Array.from({ length: classes * pixelsPerImage }, () => (random() - 0.5) * 0.02);
  const gradient = new Float64Array(weights.length);
  const trits = new Int8Array(weights.length);
  const optimiser = adam(weights.length);
  const order = Int32Array.from({ length: digits.count }, (_, index) => index);
  const steps = epochs * Math.ceil(digits.count / batch);

  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let start = 0; start < order.length; start += batch) {
      const images = order.subarray(start, start + batch);
      ternarise(weights, trits);
      gradient.fill(0);
      for (const image of images) addGradient(digits, image, trits, margin, gradient);
      for (let i = 0; i < gradient.length; i++) gradient[i]! /= images.length * brightest;
      optimiser.step(weights, gradient, rate * Math.max(1 - ++step / steps, 1 / 50));
    }
  }
  ternarise(weights, trits);
  return trits;
}

/** Adds the gradient of one image's loss, times `brightest`, to `gradient`. */
function addGradient(
  { images, labels }: Digits,
  image: number,
  trits: Int8Array,
  margin: number,
  gradient: Float64Array,
): void {
  const pixels = images.subarray(image * pixelsPerImage, (image + 1) * pixelsPerImage);
  const label = labels[image]!;
  const inked = inkedPixels(pixels);

  const sums = Array.from({ length: classes }, (_, digit) => {
    const row = trits.subarray(digit * pixelsPerImage, (digit + 1) * pixelsPerImage);
    let sum = 0;
    for (const pixel of inked) sum += row[pixel]! * pixels[pixel]!;
    return sum / brightest;
  });
  const pull = sums.map((sum, digit) =>
    digit === label ? 0 : Math.max(margin - sums[label]! + sum, 0) / margin,
  );
  pull[label] = -pull.reduce((total, each) => total + each, 0);

  for (const [digit, force] of pull.entries()) {
    if (force === 0) continue;
    const row = gradient.subarray(digit * pixelsPerImage, (digit + 1) * pixelsPerImage);
    for (const pixel of inked) row[pixel]! += force * pixels[pixel]!;
  }
}

/** Indices of the pixels that are not paper; four fifths are, and add nothing. */
function inkedPixels(pixels: Int8Array): Int32Array {
  const inked = new Int32Array(pixels.length);
  let count = 0;
  for (let pixel = 0; pixel < pixels.length; pixel++) if (pixels[pixel] !== 0) inked[count++] = pixel;
  return inked.subarray(0, count);
}
