import { getHeapStatistics } from 'node:v8';
import { Diagnostic } from '../../../diagnostic/index.ts';
import {
  type ModelFile,
  memorySource,
  packingOf,
  readFloats,
  readHfBitnet,
  readModel,
  readOneBit,
  readTernary,
  type TensorEntry,
} from '../../../model/index.ts';
import { Draw } from '../../support/draw.ts';
import { countAllocations } from './count-allocations.ts';
import { mutate, withHeaderLength, withOtherData } from './mutate.ts';
import { type Original, originals } from './originals.ts';

/*
 * Damaged model files. Each is read whole: header, metadata, every tensor. It must give a result or end in an error with a code, soon, and
 * without taking more memory than its size and 16 MB.
 */

/** What a campaign has seen. */
export interface Findings {
  files: number;
  /** Files whose header could be read, and all their tensors that could be. */
  opened: number;
  tensors: number;
  /** How often each code ended a file or a tensor. */
  codes: Map<string, number>;
  /** What must not be, with the number of the file. */
  wrong: string[];
  /** The most bytes that a file took beyond its size, and the longest time for one. */
  mostBytes: number;
  longestMs: number;
}

export interface CampaignOptions {
  readonly seed: number;
  readonly files: number;
  readonly onProgress?: (findings: Findings) => void;
}

const all = originals.map(({ bytes }) => bytes);
const mostBytes = 16 * 2 ** 20;
const mostMs = 1000;

/** Reads so many damaged files, half of them GGUF, half of them safetensors. */
export function campaign({ seed, files, onProgress }: CampaignOptions): Findings {
  const findings: Findings = {
    files: 0,
    opened: 0,
    tensors: 0,
    codes: new Map(),
    wrong: [],
    mostBytes: 0,
    longestMs: 0,
  };
  while (findings.files < files) {
    const number = findings.files++;
    // Each file has a seed of its own, so that one can be made again alone.
    const draw = new Draw(Math.imul(seed, 1_000_003) + number);
    const original = originals[number % originals.length]!;
    examine(damage(original, draw), `${original.format}, file ${number} of seed ${seed}`, findings);
    onProgress?.(findings);
  }
  return findings;
}

/** One file in four is damaged in its tensors alone, as hardly any damaged header lets one come to them. */
function damage({ format, bytes, dataBytes }: Original, draw: Draw): Uint8Array {
  if (draw.oneIn(4)) return withOtherData(bytes, dataBytes, draw);
  const damaged = mutate(bytes, draw, all);
  return format === 'safetensors' && draw.oneIn(2) ? withHeaderLength(damaged, dataBytes) : damaged;
}

function examine(bytes: Uint8Array, name: string, findings: Findings): void {
  const heap = getHeapStatistics().used_heap_size;
  const began = performance.now();
  const taken = countAllocations(() => {
    const codes = codesOf(bytes, findings);
    for (const code of codes) findings.codes.set(code, (findings.codes.get(code) ?? 0) + 1);
    for (const code of codes) if (!code.startsWith('TCT-')) findings.wrong.push(`${name}: ${code}`);
  });
  const ms = performance.now() - began;
  // A collection in between makes the heap smaller; what is told then is too little, never too much.
  const beyond = taken + Math.max(0, getHeapStatistics().used_heap_size - heap) - bytes.length;
  if (beyond > mostBytes) findings.wrong.push(`${name}: took ${beyond} bytes beyond its size`);
  if (ms > mostMs) findings.wrong.push(`${name}: took ${ms.toFixed(0)} ms`);
  findings.mostBytes = Math.max(findings.mostBytes, beyond);
  findings.longestMs = Math.max(findings.longestMs, ms);
}

/** The codes in which reading a file ends; what is thrown otherwise, with its text. */
function codesOf(bytes: Uint8Array, findings: Findings): string[] {
  const codes: string[] = [];
  const attempt = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch (error) {
      codes.push(
        error instanceof Diagnostic ? error.code : String(error instanceof Error ? error.stack : error),
      );
      return undefined;
    }
  };
  const model = attempt(() => readModel(memorySource('damaged', bytes)));
  if (model === undefined) return codes;
  findings.opened++;
  for (const key of model.metadata.keys) attempt(() => [model.metadata.typeOf(key), model.metadata.get(key)]);
  for (const tensor of model.tensors)
    attempt(() => {
      check(model, tensor);
      findings.tensors++;
    });
  return codes;
}

/** Reads the numbers of a tensor in whatever way they stand there; there must be as many as its shape says. */
function check(model: ModelFile, tensor: TensorEntry): void {
  const count = tensor.shape.reduce((product, size) => product * size, 1);
  const expect = (found: number, expected: number): void => {
    if (found !== expected) throw new Error(`${found} numbers, and not ${expected}`);
  };
  switch (packingOf(model, tensor)) {
    case 'ternary': {
      const { trits, scales } = readTernary(model, tensor);
      expect(trits.length, count);
      if (!trits.every(trit => trit >= -1 && trit <= 1) || !scales.every(Number.isFinite))
        throw new Error('no trits');
      break;
    }
    case 'hf-bitnet':
      expect(readHfBitnet(model, tensor, 'autobitlinear').trits.length, 4 * count);
      break;
    case 'onebit':
      expect(readOneBit(model, tensor).signs.length, 8 * count);
      break;
    default:
      expect(readFloats(model, tensor).length, count);
  }
}
