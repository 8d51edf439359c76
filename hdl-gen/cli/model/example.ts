import { isAbsolute, join, relative } from 'node:path';
import { packageFolder } from '../version.ts';

/** A file of the perceptron for Fashion-MNIST that the package brings along, from the working directory where it lies below it. */
export function exampleFile(name: string): string {
  const path = join(packageFolder(), 'examples', 'fashion-mnist', name);
  const near = relative(process.cwd(), path);
  return near.startsWith('..') || isAbsolute(near) ? path : near;
}

/** Its images have bytes, and the perceptron takes numbers from 0 to 1. */
export const exampleScale = 255;
