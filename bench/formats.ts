import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  decodeFloats,
  decodeHfBitnet,
  decodeI2s,
  decodeOneBit,
  decodeTq1,
  decodeTq2,
  encodeFloats,
  encodeHfBitnet,
  encodeI2s,
  encodeOneBit,
  encodeTq1,
  encodeTq2,
} from '../model/index.ts';
import { handGguf, text, u32, u64 } from '../test/model/files.ts';
import { atLeast, atMost, fastest, forComparison, median, type Subject } from './row.ts';

/** Weights of a layer of 4096 x 4096, as models of a few billion weights have. */
const weights = 4096 * 4096;
const runs = 9;
const gigabyte = 2 ** 30;

/** Model files: how fast packed weights become trits, on one core, and what the header of a large file takes. */
export const measure: Subject = async add => {
  const trits = Int8Array.from({ length: weights }, (_, i) => ((Math.imul(i, 0x9e3779b1) >>> 16) % 3) - 1);
  const signs = trits.map(trit => trit || 1);
  const scales = new Float32Array(weights / 256).fill(1);
  const rate = (decode: () => unknown): number =>
    fastest(() => {
      decode();
      return weights;
    }) / 1e9;

  const tq2 = encodeTq2(trits, scales);
  add(
    atLeast(
      1,
      'TQ2_0 to trits, 4096 x 4096 weights',
      rate(() => decodeTq2(tq2)),
      'G/s',
    ),
  );
  const i2s = encodeI2s(trits, 1);
  add(
    atLeast(
      1,
      'I2_S to trits',
      rate(() => decodeI2s(i2s)),
      'G/s',
    ),
  );
  const packed = encodeHfBitnet(trits);
  add(
    atLeast(
      1,
      "Hugging Face's BitNet to trits",
      rate(() => decodeHfBitnet(packed)),
      'G/s',
    ),
  );
  const tq1 = encodeTq1(trits, scales);
  add(
    forComparison(
      'TQ1_0 to trits',
      rate(() => decodeTq1(tq1)),
      'G/s',
    ),
  );
  const onebit = encodeOneBit(signs);
  add(
    forComparison(
      'OneBit to signs',
      rate(() => decodeOneBit(onebit)),
      'G/s',
    ),
  );
  const halves = encodeFloats('F16', Float32Array.from(trits));
  add(
    forComparison(
      'F16 to floats',
      rate(() => decodeFloats('F16', halves)),
      'G/s',
    ),
  );
  add(
    forComparison(
      'trits to TQ2_0',
      rate(() => encodeTq2(trits, scales)),
      'G/s',
    ),
  );
  add(
    forComparison(
      'trits to TQ1_0',
      rate(() => encodeTq1(trits, scales)),
      'G/s',
    ),
  );

  const folder = mkdtempSync(join(tmpdir(), 'tercet-bench-'));
  try {
    const file = join(folder, 'large.gguf');
    writeLargeGguf(file);
    const idle = listing('');
    const open = listing(file);
    add(atMost(50, 'tensor list of a GGUF of 1 GB, the first call in a process', open.insideMs, 'ms'));
    add(
      atMost(
        20,
        '  memory of the process, beside that of an idle Node',
        open.megabytes - idle.megabytes,
        'MB',
      ),
    );
    add(
      forComparison('  time of the process with its modules, beside an idle Node', open.ms - idle.ms, 'ms'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/**
 * A file of 1 GB with the header of a model of two billion weights: 332 tensors, a vocabulary of 128,256 texts and 280,147 merges. Its
 * data are a hole.
 */
function writeLargeGguf(path: string): void {
  const list = (type: number, count: number, element: (i: number) => Uint8Array): Buffer =>
    Buffer.concat([u32(9), u32(type), u64(count), ...Array.from({ length: count }, (_, i) => element(i))]);
  const rows = [2560, 640, 640, 2560, 6912, 6912, 2560];
  let begin = 0;
  const tensors = Array.from({ length: 332 }, (_, i) => {
    const sizes = i === 0 ? [2560, 65_536] : [2560, rows[i % rows.length]!];
    const tensor = { name: `blk.${i}.attn_q.weight`, sizes, type: i === 0 ? 1 : 35, begin };
    begin += Math.ceil(((i === 0 ? 2 : 66 / 256) * sizes[0]! * sizes[1]!) / 32) * 32;
    return tensor;
  });
  const header = handGguf({
    pairs: [
      ['general.architecture', Buffer.concat([u32(8), text('bitnet-b1.58')])],
      ['tokenizer.ggml.tokens', list(8, 128_256, i => text(`token ${i}`))],
      ['tokenizer.ggml.token_type', list(5, 128_256, () => u32(1))],
      ['tokenizer.ggml.merges', list(8, 280_147, i => text(`merge ${i} ${i}`))],
    ],
    tensors,
  });
  const file = openSync(path, 'w');
  writeSync(file, header);
  ftruncateSync(file, Math.max(gigabyte, header.length + begin));
  closeSync(file);
}

/** A process that lists the tensors of a file, or does nothing without one: the middle of several. */
function listing(file: string): { ms: number; megabytes: number; insideMs: number } {
  const door = new URL('../dist/model/index.js', import.meta.url).href;
  // The peak since the process began, as Linux tells it: that of resourceUsage begins with what the parent had.
  const peak = `Number(/VmHWM:\\s*(\\d+)/.exec((await import('node:fs')).readFileSync('/proc/self/status', 'utf8'))[1])`;
  const code =
    file === ''
      ? `console.log(JSON.stringify([0, ${peak}]))`
      : `const { openModel } = await import(${JSON.stringify(door)});
         const began = performance.now();
         const { tensors } = openModel(${JSON.stringify(file)});
         const ms = performance.now() - began;
         if (tensors.length !== 332) throw new Error('not the tensors of the file');
         console.log(JSON.stringify([ms, ${peak}]))`;
  const all = Array.from({ length: runs }, () => {
    const began = performance.now();
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
    });
    const ms = performance.now() - began;
    if (status !== 0) throw new Error(stderr);
    const [inside, kilobytes] = JSON.parse(stdout) as [number, number];
    return { ms, megabytes: kilobytes / 1024, insideMs: inside };
  });
  const middle = (of: (one: (typeof all)[number]) => number): number => median(all.map(of));
  return {
    ms: middle(one => one.ms),
    megabytes: middle(one => one.megabytes),
    insideMs: middle(one => one.insideMs),
  };
}
