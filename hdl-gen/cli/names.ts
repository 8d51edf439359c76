import type { ArrayParameters } from '../../rtl/ternary/index.ts';
import { lanesInPairs, maxKRaised } from './diagnostics.ts';
import { type ArrayValues, arrayOptions, defaultOf, flagOf } from './options.ts';
import { counted } from './table.ts';
import type { Terminal } from './terminal.ts';

/** The parameters of an array as `rtl/ternary` takes them. */
export type ArrayConfig = ArrayParameters;

/** The parameters of the array, with a word where they are not what was asked for. */
export function toldArrayConfig(values: ArrayValues, terminal: Terminal): ArrayConfig {
  const { lanes, maxK } = values;
  if (maxK < lanes) terminal.warn(maxKRaised(maxK, lanes));
  return arrayConfig(values);
}

/** `64 lanes x 1 row` */
export function sizeText({ lanes, rows }: ArrayConfig): string {
  return `${counted(lanes, 'lane')} x ${counted(rows, 'row')}`;
}

/** The parameters of the array, from the values of any command. */
export function arrayConfig({
  lanes,
  rows,
  activationBits,
  maxK,
  initBits,
  pipeline,
  arch,
}: ArrayValues): ArrayConfig {
  if (arch === 'hardwired') throw new Error('where the weights are logic there is no array that takes them');
  if (arch === 'sparse' && lanes % 2 !== 0) throw lanesInPairs(lanes);
  return { lanes, rows, activationBits, maxK, initBits, pipeline, arch };
}

/**
 * The options that an array is made with, without those that have their defaults, in one order: the same array is
 * always told in the same words.
 */
export function canonicalOptions(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(arrayOptions)
    .filter(([key, option]) => key in values && (key === 'lanes' || values[key] !== defaultOf(option)))
    .map(([key]) => `--${flagOf(key)} ${values[key]}`)
    .join(' ');
}

/** The last part of the default folder: `ternary_64x1_int8`, and what else is not the default. */
export function arrayName(values: ArrayConfig): string {
  const extra = (['maxK', 'initBits', 'pipeline'] as const)
    .filter(key => values[key] !== defaultOf(arrayOptions[key]))
    .map(key => `_${flagOf(key).replace('-', '')}${values[key]}`);
  const { arch = defaultOf(arrayOptions.arch) } = values;
  if (arch !== defaultOf(arrayOptions.arch)) extra.push(`_${arch}`);
  return `ternary_${values.lanes}x${values.rows}_int${values.activationBits}${extra.join('')}`;
}
