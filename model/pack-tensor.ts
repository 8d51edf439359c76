import { rowsNotWholeBlocks, scalesNotOfBlocks } from './file-diagnostics.ts';
import type { GgufTensor } from './gguf/write-gguf.ts';
import { tqBlock } from './packed/tq-block.ts';
import { encodeTq1 } from './packed/tq1.ts';
import { encodeTq2 } from './packed/tq2.ts';
import type { TernaryTensor } from './tensor-data.ts';

/**
 * Ternary weights as a tensor of TQ1_0 or TQ2_0, with F16 scales. A block of zeros has the scale 0, as llama.cpp gives it.
 *
 * @throws Diagnostic TCT-5209 where rows are no whole blocks of 256; TCT-5210 where a scale is not for whole blocks
 */
export function packTernary(name: string, type: 'TQ1_0' | 'TQ2_0', weights: TernaryTensor): GgufTensor {
  const { rows, columns, trits, scales, weightsPerScale } = weights;
  if (columns % tqBlock !== 0) throw rowsNotWholeBlocks(name, columns, type, tqBlock);
  if (weightsPerScale % tqBlock !== 0) throw scalesNotOfBlocks(name, weightsPerScale, type, tqBlock);
  const ofBlocks = Float32Array.from({ length: trits.length / tqBlock }, (_, block) => {
    const isZero = trits.subarray(block * tqBlock, (block + 1) * tqBlock).every(trit => trit === 0);
    return isZero ? 0 : scales[Math.floor((block * tqBlock) / weightsPerScale)]!;
  });
  const data = type === 'TQ1_0' ? encodeTq1(trits, ofBlocks) : encodeTq2(trits, ofBlocks);
  return { name, shape: [rows, columns], type, data };
}
