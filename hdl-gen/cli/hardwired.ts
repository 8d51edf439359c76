import { basename, extname } from 'node:path';
import { loadConstantWeights, type TritMatrix } from '../../model/index.ts';
import {
  type HardwiredFigures,
  hardwiredFigures,
  hardwiredParallel,
  hardwiredSerial,
  planAdders,
} from '../../rtl/ternary/index.ts';
import { keepAlive } from '../../rtl/top/index.ts';
import { type Circuit, type Design, elaborate, type RecordShape, type SignalRecord } from '../lang/index.ts';
import { conflict, needsOption } from './diagnostics.ts';
import type { HardwiredConfig } from './documents.ts';
import { defaultOf, flagOf } from './option-kinds.ts';
import { type ArrayValues, arrayOptions } from './options.ts';
import { counted, grouped } from './table.ts';
import { isKind } from './weights.ts';

/** A matrix of the user as a circuit. */
export interface Hardwired {
  readonly weights: TritMatrix;
  /** The file, as the user calls it. */
  readonly source: string;
  /** The matrix alone, and behind few pins. */
  readonly design: () => Design;
  readonly onPins: () => Design;
  readonly figures: HardwiredFigures;
  readonly config: HardwiredConfig;
  /** The last part of the default folder. */
  readonly name: string;
  /** Options that make the same circuit again. */
  readonly options: string;
  /** What it is, for tables. */
  readonly lines: readonly (readonly [name: string, value: string])[];
}

/** The options that decide it. */
export type HardwiredValues = ArrayValues & { readonly weights: string; readonly seed: number };

/** What means nothing where the weights are logic. */
const unused = [
  'lanes',
  'rows',
  'maxK',
  'maxM',
  'initBits',
  'encoding',
  'negations',
  'accumulator',
  'cut',
] as const;

/**
 * The matrix of `--arch hardwired --weights FILE`.
 * @throws Diagnostic TCT-6037 without a file, TCT-6006 for options that the matrix decides, TCT-5001 to TCT-5021 for the
 *   file.
 */
export function hardwiredOf(values: HardwiredValues): Hardwired {
  const { weights: source, form, activationBits, pipeline, seed } = values;
  if (isKind(source)) throw needsOption('--arch hardwired', '--weights FILE');
  for (const key of unused)
    if (values[key] !== defaultOf(arrayOptions[key]))
      throw conflict(
        `--${flagOf(key)}`,
        '--arch hardwired',
        'leave it out: the file of the weights decides the rest',
      );
  const weights = loadConstantWeights(source);
  const { rows: m, columns: k, data } = weights;
  const graph = planAdders(Array.from({ length: m }, (_, row) => [...data.subarray(row * k, (row + 1) * k)]));
  const parameters = { graph, activationBits, pipeline };
  const figures = hardwiredFigures(parameters);
  const nonZeroWeights = data.filter(weight => weight !== 0).length;
  const extra = pipeline === 1 ? '' : ` --pipeline ${pipeline}`;
  const bits = activationBits === 8 ? '' : ` --activation-bits ${activationBits}`;
  return {
    weights,
    source,
    ...(form === 'serial'
      ? designsOf(hardwiredSerial(parameters))
      : designsOf(hardwiredParallel(parameters))),
    figures,
    config: {
      arch: 'hardwired',
      form,
      weights: source,
      m,
      k,
      nonZeroWeights,
      activationBits,
      pipeline,
      seed,
    },
    name: `hardwired_${form}_${basename(source, extname(source)).replaceAll(/\W/g, '_')}_int${activationBits}`,
    options: `--arch hardwired --weights ${source} --form ${form}${bits}${extra}`,
    lines: [
      ['matrix', `${source}: [${m},${k}], ${grouped(nonZeroWeights)} weights are not 0`],
      ['form', `${form}, ${activationBits}-bit activations`],
      [
        'adders',
        `${grouped(figures.adders)} in ${grouped(figures.adderBits)} bits, of ${grouped(nonZeroWeights - m)} without sharing`,
      ],
      ['a vector takes', form === 'serial' ? counted(figures.serialCycles, 'cycle') : '1 cycle'],
      ['latency', counted(figures.latency, 'cycle')],
    ],
  };
}

function designsOf<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
): Pick<Hardwired, 'design' | 'onPins'> {
  return { design: () => elaborate(circuit), onPins: () => elaborate(keepAlive(circuit)) };
}
