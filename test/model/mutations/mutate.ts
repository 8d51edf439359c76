import type { Draw } from '../../support/draw.ts';

/* What may happen to a file, and what somebody may do to one who wants a reader to fail. */

/** Numbers at which programs fail. */
const numbers: readonly bigint[] = [
  0n,
  1n,
  2n,
  255n,
  65_536n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 53n,
  2n ** 62n,
  2n ** 63n,
  2n ** 64n - 1n,
  2n ** 64n - 32n,
];

type Mutation = (bytes: Buffer, draw: Draw, others: readonly Uint8Array[]) => Buffer;

/** A place, more often in the first half, where the header is. */
const place = (bytes: Buffer, draw: Draw): number =>
  draw.below(Math.max(1, draw.oneIn(2) ? bytes.length : Math.ceil(bytes.length / 2)));

function overwrite(bytes: Buffer, at: number, other: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(other.subarray(0, Math.max(0, copy.length - at)), at);
  return copy;
}

function splice(bytes: Buffer, at: number, removed: number, added: Uint8Array = new Uint8Array(0)): Buffer {
  return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
}

const mutations: readonly Mutation[] = [
  (bytes, draw) => {
    const at = place(bytes, draw);
    return overwrite(bytes, at, Uint8Array.of((bytes[at] ?? 0) ^ (1 << draw.below(8))));
  },
  (bytes, draw) => overwrite(bytes, place(bytes, draw), Uint8Array.of(draw.below(256))),
  (bytes, draw) => {
    const number = Buffer.alloc(8);
    number.writeBigUInt64LE(draw.pick([...numbers, BigInt(bytes.length), BigInt(bytes.length + 1)]));
    return overwrite(bytes, place(bytes, draw), number.subarray(0, draw.pick([1, 2, 4, 8])));
  },
  (bytes, draw) => bytes.subarray(0, draw.below(bytes.length + 1)),
  (bytes, draw) => splice(bytes, place(bytes, draw), draw.between(1, 16)),
  (bytes, draw) =>
    splice(
      bytes,
      place(bytes, draw),
      0,
      Uint8Array.from(draw.times(draw.between(1, 16), () => draw.below(256))),
    ),
  (bytes, draw) => {
    const from = place(bytes, draw);
    return splice(bytes, place(bytes, draw), 0, bytes.subarray(from, from + draw.between(1, 64)));
  },
  (bytes, draw, others) => {
    const other = draw.pick(others);
    const from = draw.below(other.length);
    return splice(
      bytes,
      place(bytes, draw),
      draw.below(64),
      other.subarray(from, from + draw.between(1, 128)),
    );
  },
  // What is a number or a sign in JSON becomes another one.
  (bytes, draw) => {
    const text = bytes.toString('latin1');
    const found = [...text.matchAll(/\d+|[[\]{}",:]/g)];
    if (found.length === 0) return bytes;
    const { index, 0: word } = draw.pick(found);
    const others = [
      ...numbers.map(String),
      '-1',
      '1.5',
      '1e9',
      '[',
      '[[[[',
      '{',
      '}',
      '"',
      '\\',
      ',',
      ':',
      ']',
      'null',
    ];
    return splice(bytes, index, word.length, Buffer.from(draw.pick(others)));
  },
];

/** A file with one of these things, seldom with up to four: the first that is found hides the others. */
export function mutate(bytes: Uint8Array, draw: Draw, others: readonly Uint8Array[]): Uint8Array {
  let changed: Buffer = Buffer.from(bytes);
  for (let i = draw.pick([1, 1, 1, 2, 4]); i > 0; i--) changed = draw.pick(mutations)(changed, draw, others);
  return changed;
}

/** A safetensors file whose header has the length that it tells, so that what else is wrong with it is met. */
export function withHeaderLength(bytes: Uint8Array, dataBytes: number): Uint8Array {
  const repaired = Buffer.from(bytes);
  if (repaired.length >= 8 + dataBytes) repaired.writeBigUInt64LE(BigInt(repaired.length - 8 - dataBytes));
  return repaired;
}

/** A file with some other bytes behind its header, so that what is wrong is in the tensors. */
export function withOtherData(bytes: Uint8Array, dataBytes: number, draw: Draw): Uint8Array {
  const changed = Uint8Array.from(bytes);
  for (let i = draw.between(1, 8); i > 0; i--) {
    changed[bytes.length - 1 - draw.below(dataBytes)] = draw.pick([0, 0xff, 0x7f, 0x80, draw.below(256)]);
  }
  return changed;
}
