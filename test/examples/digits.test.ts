import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDigits, type Split, seed } from '../../examples/digits/data.ts';
import { type LearnOptions, learn } from '../../examples/digits/learn.ts';
import { seededRandom } from '../../examples/digits/random.ts';
import {
  accuracy,
  checkProduct,
  loadActivations,
  loadLabels,
  loadWeights,
  readNpy,
} from '../../model/index.ts';
import { matmul } from '../../sim/reference/index.ts';

const file = (name: string): string =>
  fileURLToPath(new URL(`../../examples/digits/${name}`, import.meta.url));

describe('the committed digit classifier', () => {
  test('recognises at least 85 % of its test images with ternary weights in integers', () => {
    const names = { weights: file('weights.npy'), activations: file('test-images.npy') };
    const weights = loadWeights(names.weights);
    const images = loadActivations(names.activations, { bits: 8 });
    expect(weights).toMatchObject({ rows: 10, columns: 784 });
    checkProduct(weights, images, names);
    const labels = loadLabels(file('test-labels.npy'), { count: images.rows, classes: weights.rows });
    expect(accuracy(matmul(weights, images), labels)).toBeGreaterThanOrEqual(0.85);
  });
});

describe('the training script', () => {
  let digits: Split;
  beforeAll(() => {
    digits = loadDigits(seededRandom(seed));
  });

  test('makes the committed test images and labels', () => {
    // Compared as bytes: a deep comparison of 1.5 million elements takes seconds.
    const images = Buffer.from(readNpy(file('test-images.npy')).data.buffer);
    expect(images.equals(Buffer.from(digits.test.images.buffer))).toBe(true);
    expect(readNpy(file('test-labels.npy')).data).toEqual(digits.test.labels);
  });

  test('keeps classes in proportion and loses no image', () => {
    expect(digits.train.count + digits.test.count).toBe(10_000);
    const inTest = Array.from(
      { length: 10 },
      (_, digit) => digits.test.labels.filter(l => l === digit).length,
    );
    expect(inTest).toEqual([200, 225, 198, 206, 196, 173, 203, 214, 189, 196]);
  });

  test('learns, and learns the same twice', () => {
    const short: LearnOptions = { epochs: 2, batch: 100, margin: 20, rate: 0.01 };
    const once = learn(digits.train, seededRandom(5), short);
    const twice = learn(digits.train, seededRandom(5), short);
    expect(twice).toEqual(once);
    const { count, images, labels } = digits.test;
    const sums = matmul({ rows: 10, columns: 784, data: once }, { rows: count, columns: 784, data: images });
    expect(accuracy(sums, labels)).toBeGreaterThan(0.8);
  });
});
