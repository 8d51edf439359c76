import {
  type ArrayParameters,
  arrayLayout,
  dspBits,
  familyOf,
  type StreamEncoding,
  type TableParameters,
} from '../../rtl/ternary/index.ts';
import type { Core } from './core.ts';
import {
  cannotCountNegations,
  cannotCut,
  conflict,
  lanesInPairs,
  maxKRaised,
  needsOption,
  noSuchEncoding,
  sumOverDsp,
} from './diagnostics.ts';
import type { ConfigDocument } from './documents.ts';
import { defaultOf, flagOf } from './option-kinds.ts';
import { type ArrayValues, arrayOptions } from './options.ts';
import { counted } from './table.ts';
import type { Terminal } from './terminal.ts';

/** The options that decide an array; without those of some families alone they have their defaults. */
export type ArrayChoice = Omit<
  ArrayValues,
  'weights' | 'form' | 'maxM' | 'encoding' | 'negations' | 'accumulator' | 'cut'
> &
  Partial<Pick<ArrayValues, 'maxM' | 'encoding' | 'cut'>> &
  Pick<ArrayConfig, 'negations'> & { readonly accumulator?: ArrayValues['accumulator'] | undefined };

/** The parameters of an array as `rtl/ternary` takes them. */
export type ArrayConfig = ArrayParameters;

/** Those of an array of tables. */
export type TableConfig = TableParameters & { readonly arch: 'table' };

/** Those of any core between streams. */
export type CoreConfig = ArrayConfig | TableConfig;

/** The parameters of the array, with a word where they are not what was asked for. */
export function toldArrayConfig(values: ArrayValues, terminal: Terminal): CoreConfig {
  const { lanes, maxK } = values;
  if (maxK < lanes) terminal.warn(maxKRaised(maxK, lanes));
  return arrayConfig(values);
}

/** `64 lanes x 1 row` */
export function sizeText({ lanes, rows }: CoreConfig): string {
  return `${counted(lanes, 'lane')} x ${counted(rows, 'row')}`;
}

/** The encoding of the weights of `table`. */
export const tableEncoding = '5in8s';

function requireEncoding(arch: string, encoding: string | undefined, own: readonly string[]): void {
  if (encoding !== undefined && !own.includes(encoding)) throw noSuchEncoding(arch, encoding, own);
}

/**
 * The parameters of the array, from the values of any command.
 * @throws Diagnostic TCT-6081 for an encoding that the family does not take, TCT-6052 for lanes that are no pairs,
 *   TCT-6037 for --max-m without tables, TCT-6053 where weights -1 cannot be counted, TCT-6057 where sums cannot be cut, TCT-6054 for sums that a DSP block
 *   cannot hold.
 */
export function arrayConfig({
  lanes,
  rows,
  activationBits,
  maxK,
  maxM = defaultOf(arrayOptions.maxM) as number,
  initBits,
  pipeline,
  arch,
  encoding,
  negations = 'stored',
  accumulator = 'segments',
  cut,
}: ArrayChoice): CoreConfig {
  if (arch === 'hardwired') throw new Error('where the weights are logic there is no array that takes them');
  const common = { lanes, rows, activationBits, maxK, initBits, pipeline };
  if (arch === 'table') {
    requireEncoding(arch, encoding, [tableEncoding]);
    if (negations === 'counted') throw cannotCountNegations(arch);
    if (accumulator !== 'segments')
      throw conflict(`--accumulator ${accumulator}`, '--arch table', 'leave one of them out');
    if (cut !== undefined) throw cannotCut(arch);
    return { ...common, maxM, arch };
  }
  if (maxM !== defaultOf(arrayOptions.maxM)) throw needsOption('--max-m', '--arch table');
  if (arch === 'sparse' && lanes % 2 !== 0) throw lanesInPairs(lanes);
  const { encodings, countsNegations, cutsSums } = familyOf({ arch });
  requireEncoding(arch, encoding, encodings);
  if (negations === 'counted' && !countsNegations) throw cannotCountNegations(arch);
  if (cut !== undefined && !cutsSums) throw cannotCut(arch);
  const array: ArrayConfig = {
    ...common,
    arch,
    // That of the codes needs no decoder, and no word.
    ...(encoding === undefined || encoding === encodings[0] ? {} : { encoding: encoding as StreamEncoding }),
    ...(negations === 'stored' ? {} : { negations }),
    ...(accumulator === 'segments' ? {} : { accumulator }),
    ...(cut === undefined ? {} : { cut }),
  };
  if (accumulator === 'dsp') {
    const { width } = arrayLayout(array).sum;
    if (width > dspBits) throw sumOverDsp(width, dspBits);
  }
  return array;
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

/** How a core was made, for a document. */
export function configDocument({ config, weights, encoding }: Core, seed: number): ConfigDocument {
  return { ...config, weights, encoding, arch: config.arch ?? 'tree', seed };
}

/** The last part of the default folder: `ternary_64x1_int8`, and what else is not the default. */
export function arrayName(
  values: Omit<ArrayChoice, 'arch'> & { readonly arch?: ArrayChoice['arch'] | undefined },
): string {
  const told: Readonly<Record<string, unknown>> = { ...values };
  const extra = (
    ['maxK', 'maxM', 'initBits', 'pipeline', 'encoding', 'negations', 'accumulator', 'cut'] as const
  )
    .filter(key => told[key] !== undefined && told[key] !== defaultOf(arrayOptions[key]))
    .map(key => `_${flagOf(key).replace('-', '')}${told[key]}`);
  const { arch = defaultOf(arrayOptions.arch) } = values;
  if (arch !== defaultOf(arrayOptions.arch)) extra.push(`_${arch}`);
  return `ternary_${values.lanes}x${values.rows}_int${values.activationBits}${extra.join('')}`;
}
