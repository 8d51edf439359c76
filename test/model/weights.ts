/** Random trits, and files that other programs have made, for the tests of this folder. */
import { join } from 'node:path';
import fc from 'fast-check';

/** So many trits. */
export function tritsOf(length: number): fc.Arbitrary<Int8Array> {
  return fc
    .array(fc.integer({ min: -1, max: 1 }), { minLength: length, maxLength: length })
    .map(trits => Int8Array.from(trits));
}

/** A file that golden/make.py has made. */
export function golden(name: string): string {
  return join(import.meta.dirname, 'golden', name);
}
