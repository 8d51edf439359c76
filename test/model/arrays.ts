/** Arbitrary arrays and files for the tests of this folder. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll } from 'vitest';
import { Diagnostic } from '../../diagnostic/index.ts';
import type { Dtype, NpyArray } from '../../model/index.ts';

type Elements = ArrayLike<number | bigint>;
type Typed = { new (length: number): Elements; from(values: never[]): Elements };

/** A half float near a number. */
function someHalf(value: number): number {
  if (!Number.isFinite(value)) return value;
  const size = Math.abs(value);
  if (size >= 65_504) return Math.sign(value) * 65_504;
  const unit = 2 ** Math.max(-24, Math.floor(Math.log2(Math.max(size, 2 ** -30))) - 10);
  return Math.round(value / unit) * unit;
}

const kinds: readonly [Dtype, Typed, fc.Arbitrary<number | bigint>][] = [
  ['bool', Uint8Array, fc.integer({ min: 0, max: 1 })],
  ['int8', Int8Array, fc.integer({ min: -128, max: 127 })],
  ['uint8', Uint8Array, fc.integer({ min: 0, max: 255 })],
  ['int16', Int16Array, fc.integer({ min: -32768, max: 32767 })],
  ['uint16', Uint16Array, fc.integer({ min: 0, max: 65535 })],
  ['int32', Int32Array, fc.integer()],
  ['uint32', Uint32Array, fc.integer({ min: 0, max: 2 ** 32 - 1 })],
  ['int64', BigInt64Array, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  ['uint64', BigUint64Array, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })],
  ['float16', Float32Array, fc.float().map(value => someHalf(value))],
  ['float32', Float32Array, fc.float()],
  ['float64', Float64Array, fc.double()],
];

/** An array of any dtype and up to three axes. */
export const anyArray: fc.Arbitrary<NpyArray> = fc
  .tuple(fc.constantFrom(...kinds), fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }))
  .chain(([[dtype, typed, element], shape]) => {
    const length = shape.reduce((product, size) => product * size, 1);
    return fc
      .array(element, { minLength: length, maxLength: length })
      .map(values => ({ dtype, shape, data: typed.from(values as never[]) }) as unknown as NpyArray);
  });

/** A .npy file made by hand: any header text, any version, any data. */
export function handmade(
  header: string,
  data: Uint8Array = new Uint8Array(0),
  version: readonly [number, number] = [1, 0],
): Uint8Array {
  const text = Buffer.from(`${header}\n`, 'latin1');
  const length = Buffer.alloc(version[0] === 1 ? 2 : 4);
  length.writeUIntLE(text.length, 0, length.length);
  return Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from(version), length, text, data]);
}

export const header = (descr: string, shape: string, fortran = 'False'): string =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`;

/** The diagnostic that `action` ends in. */
export function diagnosticOf(action: () => unknown): Diagnostic {
  try {
    action();
  } catch (error) {
    if (error instanceof Diagnostic) return error;
    throw error;
  }
  throw new Error('no diagnostic was thrown');
}

/** A directory that is removed after the tests of the file that asked for it. */
export function scratch(): {
  path: (name: string) => string;
  write: (name: string, bytes: Uint8Array) => string;
} {
  const directory = mkdtempSync(join(tmpdir(), 'tercet-model-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const path = (name: string): string => join(directory, name);
  return {
    path,
    write(name, bytes) {
      writeFileSync(path(name), bytes);
      return path(name);
    },
  };
}
