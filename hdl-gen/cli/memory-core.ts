import { windowAddressBits } from '../../protocol/index.ts';
import { type CoreParameters, coreGeometry, type StoredAs } from '../../rtl/core/index.ts';
import { defaultCore } from '../../rtl/top/index.ts';
import type { Device } from '../../synth/index.ts';
import { type Core, coreOf } from './core.ts';
import { noSuchStore, windowTooSmall } from './core-diagnostics.ts';
import type { MemoryOptionValues } from './interface-options.ts';
import { type ArrayConfig, arrayConfig } from './names.ts';
import type { ArrayValues } from './options.ts';

/** The memories of a device. */
export type MemoriesOf = Pick<Device, 'name' | 'bram' | 'spram'>;

/** What is made where no device is named: a core of block RAM for an HX8K, or one of SPRAM for an UP5K. */
export function unnamedDevice({ store }: MemoryOptionValues): MemoriesOf {
  return store === 'spram' ? { name: 'up5k', bram: 30, spram: 4 } : { name: 'hx8k', bram: 32, spram: 0 };
}

/** Bits of a block RAM; weights have half of those of a device. */
const ramBits = 4096;

/** Words of the smallest store that is chosen. */
const fewestWords = 16;

/** The options that decide a core with memories. */
export type MemoryValues = Omit<ArrayValues, 'form'> &
  MemoryOptionValues & { readonly batch?: number | undefined };

/** The core with its memories, and its array as the other commands know it. */
export interface MemoryCore {
  readonly parameters: CoreParameters;
  readonly array: Core;
  /** The options of the array with what was chosen for those that are not given. */
  readonly values: MemoryValues;
}

/**
 * The core with its memories for some options. What is not given is what suits the memories of the device (`defaultCore`): a folded tree,
 * weights five in a byte. Weights in block RAM have as many words, a power of two, as half of the block RAMs hold.
 * @throws Diagnostic TCT-6093 for a store that the device does not have, TCT-7201 for a core that cannot be so, TCT-6094 for
 *   memories that the host's addresses do not reach.
 */
export function memoryCoreOf<V extends MemoryValues>(
  values: V,
  given: ReadonlySet<string>,
  device: MemoriesOf,
): MemoryCore {
  const { store } = values;
  if (store === 'spram' && device.spram < 4) throw noSuchStore(device.name);
  const usual = defaultCore(store === 'bram' ? { ...device, spram: 0 } : device);
  const open = ['lanes', 'rows', 'activationBits', 'pipeline', 'initBits', 'maxK', 'arch'] as const;
  const usualValues = Object.fromEntries(open.filter(key => !given.has(key)).map(key => [key, usual[key]]));
  const chosen = { ...values, ...usualValues } as V;
  const isTree = chosen.arch === 'tree' || chosen.arch === 'tree-folded';
  const encoding = chosen.encoding ?? (isTree ? usual.encoding : undefined);
  // In the bits of five weights in a byte there are four of two bits.
  const fewer = encoding === '2bit' && !given.has('lanes') ? { lanes: (usual.lanes * 4) / 5 } : {};
  // A block has a beat for each row at least, in which that row hands over its sum.
  const { lanes, rows } = { ...chosen, ...fewer };
  const complete = { ...chosen, ...fewer, encoding, maxK: Math.max(chosen.maxK, lanes * rows) };
  const config = arrayConfig(complete) as ArrayConfig;
  const array = coreOf(config);
  const { activationBits, pipeline, initBits, maxK } = complete;
  const sizes = ['activationDepth', 'resultDepth', 'initialValues', 'weightWords'] as const;
  const asked = Object.fromEntries(
    sizes.flatMap(key => (values[key] === undefined ? [] : [[key, values[key]]])),
  );
  const parameters: CoreParameters = {
    ...usual,
    ...{ lanes, rows, activationBits, pipeline, initBits, maxK },
    batch: given.has('batch') ? (values.batch ?? 1) : usual.batch,
    arch: config.arch ?? 'tree',
    encoding: array.encoding as StoredAs,
    ...asked,
  };
  const sized = { ...parameters, ...usualSizes(parameters, device, values) };
  const { weightStride } = coreGeometry(sized);
  if (sized.weightWords * weightStride > 2 ** windowAddressBits)
    throw windowTooSmall(2 ** windowAddressBits / weightStride, sized.weightWords);
  return { parameters: sized, array, values: complete };
}

/** The sizes that nobody asked for. */
function usualSizes(
  parameters: CoreParameters,
  device: MemoriesOf,
  { weightWords, activationDepth }: MemoryOptionValues,
): Partial<CoreParameters> {
  const { image, beatStride, weightStride } = coreGeometry({
    ...parameters,
    activationDepth: 4,
    ...(parameters.store === 'bram' ? { weightWords: fewestWords } : {}),
  });
  const words = ((device.bram / 2) * ramBits) / image.geometry.wordBits;
  const reached = 2 ** windowAddressBits / weightStride;
  // The upper half of the window of activations belongs to the initial values.
  const mostBeats = 2 ** (windowAddressBits - 1) / beatStride;
  return {
    ...(weightWords === undefined && parameters.store === 'bram'
      ? {
          weightWords: Math.min(reached, 2 ** Math.max(Math.log2(fewestWords), Math.floor(Math.log2(words)))),
        }
      : {}),
    ...(activationDepth === undefined
      ? { activationDepth: Math.min(parameters.activationDepth, mostBeats) }
      : {}),
  };
}
