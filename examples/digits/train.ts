/**
 * Trains the digit classifier and writes its three files beside this one, the same bytes on every run:
 *
 *     npx tsx examples/digits/train.ts
 */
import { fileURLToPath } from 'node:url';
import { accuracy, writeNpy } from '../../model/index.ts';
import { matmul } from '../../sim/reference/index.ts';
import { classes, type Digits, loadDigits, pixelsPerImage, seed } from './data.ts';
import { learn } from './learn.ts';
import { seededRandom } from './random.ts';

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const percent = (fraction: number): string => `${(fraction * 100).toFixed(2)} %`;

const random = seededRandom(seed);
const { train, test } = loadDigits(random);
const trits = learn(train, random);

const weights = { rows: classes, columns: pixelsPerImage, data: trits };
const score = ({ count, images, labels }: Digits): number =>
  accuracy(matmul(weights, { rows: count, columns: pixelsPerImage, data: images }), labels);

writeNpy(beside('weights.npy'), { dtype: 'int8', shape: [classes, pixelsPerImage], data: trits });
writeNpy(beside('test-images.npy'), {
  dtype: 'int8',
  shape: [test.count, pixelsPerImage],
  data: test.images,
});
writeNpy(beside('test-labels.npy'), { dtype: 'uint8', shape: [test.count], data: test.labels });

const zeros = trits.filter(trit => trit === 0).length / trits.length;
console.log(`train ${percent(score(train))} of ${train.count} images`);
console.log(`test  ${percent(score(test))} of ${test.count} images`);
console.log(`zeros ${percent(zeros)} of ${trits.length} weights`);
