import type { CoreParameters } from '../../rtl/core/index.ts';

/** A core for UltraPlus 5K: one row, weights in SPRAM, 40 of them in a word of 64 bits. */
export const vectorCore: CoreParameters = {
  arch: 'tree-folded',
  lanes: 40,
  rows: 1,
  batch: 1,
  activationBits: 8,
  activationRegister: false,
  weightRegister: false,
  hostRegisters: false,
  drain: 'turns',
  rowGroups: 1,
  pipeline: 1,
  encoding: '5in8',
  store: 'spram',
  weightWords: 16_384,
  activationDepth: 256,
  resultDepth: 512,
  initialValues: 512,
  initBits: 16,
  maxK: 1024,
  outputStage: false,
};

/** The same with a weight in two bits, of which a word has 32. */
export const twoBitCore: CoreParameters = { ...vectorCore, lanes: 32, encoding: '2bit' };

/** Four rows for UltraPlus 5K, which are fed by serving each weight to eight vectors. */
export const batchCore: CoreParameters = {
  ...vectorCore,
  rows: 4,
  batch: 8,
  resultDepth: 512,
  initialValues: 512,
};

/**
 * As much of UltraPlus 5K as its memories feed, and a product for it. The seed is the fastest of those that were tried, and so is the
 * weight of the time of wires: on this device a low one.
 */
export const fullUp5k = {
  core: {
    ...twoBitCore,
    rows: 7,
    batch: 8,
    hostRegisters: true,
    resultDepth: 1024,
    initialValues: 256,
    maxK: 512,
  },
  m: 252,
  k: 512,
  batches: 1,
  ...{ timingWeight: 5, seeds: [2] },
} as const;

/** The same of HX8K, with the weights in block RAM: two batches are what both halves of the activations hold. */
export const fullHx8k = {
  core: {
    ...vectorCore,
    lanes: 16,
    rows: 20,
    batch: 2,
    encoding: '2bit',
    store: 'bram',
    weightWords: 256,
    activationRegister: true,
    hostRegisters: true,
    drain: 'chain',
    rowGroups: 2,
    resultDepth: 512,
    initialValues: 256,
    maxK: 320,
  },
  m: 120,
  k: 320,
  batches: 2,
  ...{ timingWeight: 40, seeds: [4] },
} as const;
