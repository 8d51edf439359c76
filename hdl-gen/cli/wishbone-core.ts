import { windowAddressBits } from '../../protocol/index.ts';
import { type CoreParameters, coreGeometry, type StoredAs } from '../../rtl/core/index.ts';
import { defaultCore } from '../../rtl/top/index.ts';
import { type Core, coreOf } from './core.ts';
import { type ArrayConfig, arrayConfig } from './names.ts';
import type { GenerateValues } from './options.ts';

/** Block RAMs of an HX8K, of which the weights take half. */
const blockRams = 32;
const weightBits = (blockRams / 2) * 4096;

/** What `--interface wishbone` makes: the core, and its array as the other commands know it. */
export interface WishboneCore {
  readonly parameters: CoreParameters;
  readonly array: Core;
  /** The options with what was chosen for those that are not given. */
  readonly values: GenerateValues;
}

/**
 * The core with its memories for some options. Those that are not given are what suits a core of block RAM: a folded tree of 20
 * lanes, weights five in a byte. The weights have as many words, a power of two, as half of the block RAMs of an HX8K hold.
 */
export function wishboneCoreOf(values: GenerateValues, given: ReadonlySet<string>): WishboneCore {
  const usual = defaultCore({ bram: blockRams, spram: 0 });
  const open = ['lanes', 'rows', 'activationBits', 'pipeline', 'initBits', 'maxK', 'arch'] as const;
  const usualValues = Object.fromEntries(open.filter(key => !given.has(key)).map(key => [key, usual[key]]));
  const chosen = { ...values, ...usualValues } as GenerateValues;
  const isTree = chosen.arch === 'tree' || chosen.arch === 'tree-folded';
  const encoding = chosen.encoding ?? (isTree ? '5in8' : undefined);
  // A block has a beat for each row at least, in which that row hands over its sum.
  const complete = { ...chosen, encoding, maxK: Math.max(chosen.maxK, chosen.lanes * chosen.rows) };
  const config = arrayConfig(complete) as ArrayConfig;
  const array = coreOf(config);
  const { lanes, rows, activationBits, pipeline, initBits, maxK } = complete;
  const parameters: CoreParameters = {
    ...usual,
    ...{ lanes, rows, activationBits, pipeline, initBits, maxK },
    arch: config.arch ?? 'tree',
    encoding: array.encoding as StoredAs,
  };
  const { image, beatStride } = coreGeometry(parameters);
  const weightWords = 2 ** Math.max(4, Math.floor(Math.log2(weightBits / image.geometry.wordBits)));
  // The upper half of the window of activations belongs to the initial values.
  const mostBeats = 2 ** (windowAddressBits - 1) / beatStride;
  const activationDepth = Math.min(parameters.activationDepth, mostBeats);
  return { parameters: { ...parameters, weightWords, activationDepth }, array, values: complete };
}
