import {
  encodeFloats,
  encodeHfBitnet,
  encodeI2s,
  encodeOneBit,
  encodeSafetensors,
  encodeTq1,
  encodeTq2,
  memorySource,
  readModel,
} from '../../../model/index.ts';
import { handGguf, text, u32, u64 } from '../files.ts';

/* Right files of both formats that have a bit of everything, to be damaged. */

const trits = Int8Array.from({ length: 256 }, (_, i) => (((i * i) % 7) % 3) - 1);
const floats = Float32Array.from({ length: 8 }, (_, i) => Math.sin(i) * 3);

function gguf(): Uint8Array {
  const data = [
    encodeTq1(trits, Float32Array.of(0.5)),
    encodeTq2(trits, Float32Array.of(0.25)),
    encodeI2s(trits, 0.75),
    encodeFloats('F32', floats),
    encodeFloats('F16', floats),
    encodeFloats('BF16', floats),
    new Uint8Array(8),
    new Uint8Array(18),
    new Uint8Array(64),
  ];
  const types = [34, 35, 36, 0, 1, 30, 24, 2, 38];
  const sizes = [[256], [256, 1], [128, 2], [8], [2, 2, 2], [4, 2], [8], [32], [256]];
  let begin = 0;
  const tensors = data.map((bytes, i) => {
    const tensor = { name: `blk.${i}.weight`, sizes: sizes[i]!, type: types[i]!, begin };
    begin += Math.ceil(bytes.length / 32) * 32;
    return tensor;
  });
  const list = (type: number, ...elements: Uint8Array[]): Uint8Array =>
    Buffer.concat([u32(9), u32(type), u64(elements.length), ...elements]);
  return handGguf({
    pairs: [
      ['general.architecture', Buffer.concat([u32(8), text('llama')])],
      ['general.alignment', Buffer.concat([u32(4), u32(32)])],
      ['tokens', list(8, text('a'), text('bc'), text(''), text('ä'))],
      ['numbers', list(4, u32(1), u32(2), u32(3))],
      ['nested', list(9, Buffer.concat([u32(0), u64(3), Uint8Array.of(1, 2, 3)]))],
      ['large', Buffer.concat([u32(10), u64(2n ** 60n)])],
      ['yes', Buffer.concat([u32(7), Uint8Array.of(1)])],
    ],
    tensors,
    data: Buffer.concat(
      data.map(bytes => Buffer.concat([bytes, Buffer.alloc((32 - (bytes.length % 32)) % 32)])),
    ),
  });
}

function safetensors(): Uint8Array {
  const tensor = (name: string, shape: readonly number[], type: 'F32' | 'F16' | 'BF16') =>
    ({ name, shape, type, data: encodeFloats(type, floats) }) as const;
  const signs = trits.map(trit => (trit < 0 ? -1 : 1));
  return Buffer.concat(
    encodeSafetensors({
      metadata: { format: 'pt', 'a "key"': 'ä' },
      tensors: [
        tensor('f32', [8], 'F32'),
        tensor('f16', [2, 2, 2], 'F16'),
        tensor('bf16', [4, 2], 'BF16'),
        { name: 'q.weight', shape: [4, 16], type: 'U8', data: encodeHfBitnet(trits) },
        { name: 'q.weight_scale', shape: [1], type: 'F32', data: encodeFloats('F32', Float32Array.of(0.1)) },
        { name: 'up.weight', shape: [8, 4], type: 'I8', data: encodeOneBit(signs) },
        { name: 'up.weight_scale', shape: [8], type: 'F32', data: encodeFloats('F32', floats) },
        { name: 'up.input_factor', shape: [32], type: 'F16', data: new Uint8Array(64) },
        { name: 'empty', shape: [0, 3], type: 'U8', data: new Uint8Array(0) },
      ],
    }),
  );
}

export interface Original {
  readonly format: 'gguf' | 'safetensors';
  readonly bytes: Uint8Array;
  /** Bytes behind the header. */
  readonly dataBytes: number;
}

export const originals: readonly Original[] = [
  { format: 'gguf', bytes: gguf() },
  { format: 'safetensors', bytes: safetensors() },
].map(({ format, bytes }) => {
  const { tensors } = readModel(memorySource(format, bytes));
  const begin = Math.min(...tensors.map(({ offset }) => offset));
  return { format, bytes, dataBytes: bytes.length - begin } as Original;
});
