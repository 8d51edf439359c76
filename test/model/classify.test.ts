import { expect, test } from 'vitest';
import { accuracy, encodeNpy, loadLabels, type NpyArray, predict } from '../../model/index.ts';
import { diagnosticOf, scratch } from './arrays.ts';

const { write } = scratch();
const labels = (array: NpyArray): Int32Array =>
  loadLabels(write('labels.npy', encodeNpy(array)), { count: 2, classes: 10 });

test('predict takes the largest sum, and of equal ones the first', () => {
  const logits = { rows: 3, columns: 3, data: [-5, -1, -9, 2, 2, 1, 0, 0, 7] };
  expect(predict(logits)).toEqual(Int32Array.of(1, 0, 2));
  expect(accuracy(logits, [1, 0, 0])).toBeCloseTo(2 / 3);
});

test('loadLabels reads one class for each vector', () => {
  expect(labels({ dtype: 'uint8', shape: [2], data: Uint8Array.of(0, 9) })).toEqual(Int32Array.of(0, 9));
});

test('loadLabels refuses another shape, another count and what is no class', () => {
  const code = (array: NpyArray): string => diagnosticOf(() => labels(array)).code;
  expect(code({ dtype: 'uint8', shape: [2, 1], data: new Uint8Array(2) })).toBe('TCT-5011');
  expect(code({ dtype: 'uint8', shape: [3], data: new Uint8Array(3) })).toBe('TCT-5016');
  expect(code({ dtype: 'uint8', shape: [2], data: Uint8Array.of(3, 10) })).toBe('TCT-5017');
  expect(code({ dtype: 'int8', shape: [2], data: Int8Array.of(-1, 0) })).toBe('TCT-5017');
  expect(code({ dtype: 'float32', shape: [2], data: Float32Array.of(1, 1.5) })).toBe('TCT-5017');
});
