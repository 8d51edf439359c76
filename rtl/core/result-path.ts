import {
  delayed,
  int,
  loadOrCountUp,
  memory,
  mux,
  named,
  pairs,
  register,
  registered,
  type Signal,
  scope,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { drainChain } from './drain-chain.ts';
import { draining } from './draining.ts';
import { type OutputControl, outputStage } from './output-stage.ts';
import { type CoreGeometry, isChained, type PresetCoreParameters } from './parameters.ts';
import { partialSums } from './partial-sums.ts';
import { presetWords } from './preset.ts';
import { rowsInTurn } from './turns.ts';
import { untilAbort } from './until-abort.ts';

/*
 * From the sums of beats to results. Row 0 hands over its sums, one for each vector, in the first step of the next block;
 * row 1 in the step after, and so on, as each row works a step later than the one before, or as its sums come out of the chain
 * that took all of them at once. So there is one sum in a cycle, and one adder for the initial values of all rows:
 *
 *     step       0        1        2     …
 *     handed     row 0    row 1    row 2
 *                   \________|________/
 *                     chosen             cycle 1     (of one row there is nothing to choose)
 *                     + initial value    cycle 2     one for each row and block, in the order of the results
 *                     output stage       cycles 3, 4 (optional)
 *                     result buffer                  results lie in the order: block, tile, row, vector
 */

/** Where a job keeps its initial values and results. */
export interface ResultPlace {
  readonly initialBase: Signal;
  readonly half: Signal;
}

/** What the host writes into the memory of initial values. */
export interface InitialWrite {
  readonly enable: Signal;
  readonly address: Signal;
  readonly data: Signal;
}

/** What comes out. */
export interface Results {
  /** The result at the address that the host reads, an edge later. */
  readonly read: Signal;
  /** 1 for a cycle when the place of a job has been taken, so that it may change. */
  readonly opened: Signal;
  /** 1 for a cycle when the last result of a job has been written. */
  readonly done: Signal;
}

/** What the result path takes. */
export interface ResultInputs {
  /** For each row the sum of a beat. */
  readonly totals: readonly Signal[];
  /** One of the marks of the walk, `markAhead` cycles before the totals of its beat. */
  readonly mark: Signal;
  readonly abort: Signal;
  readonly initial: InitialWrite;
  readonly place: ResultPlace;
  readonly output: OutputControl;
  /** Where the host reads, and when. */
  readonly read: { readonly enable: Signal; readonly address: Signal };
}

/** The way of sums to the result buffer. */
export function resultPath(
  { totals, mark, abort, initial, place, output, read }: ResultInputs,
  parameters: PresetCoreParameters,
  geometry: CoreGeometry,
): Results {
  const { batch, rows, initBits, initialValues, resultDepth } = parameters;
  const { partialBits, resultBits } = geometry;
  const drain = isChained(parameters) ? scope('drain', () => draining(mark, abort, parameters)) : undefined;
  const turns = drain ? undefined : scope('turn', () => rowsInTurn(mark, abort, rows, batch));
  const turn = drain ?? turns!;
  const { restarts, active, hands } = turn;
  const sums = partialSums({ totals, restarts, active, next: turn.vector }, { batch, bits: partialBits });
  // The sum of a row alone is taken where it is, a cycle sooner.
  const isAlone = rows === 1;
  const isFast = parameters.activationRegister && !isAlone;
  const chosenOf = (): Signal => {
    if (drain === undefined) return registered(oneOf(restarts, sums, isFast));
    const out = drainChain(sums, drain.takes, parameters);
    return isFast ? registered(out) : out;
  };
  const chosen = isAlone ? sums[0]! : named({ chosen: chosenOf() }).chosen;

  const { initialIndex } = named({ initialIndex: register(uint(Math.log2(initialValues))) });
  const begin = place.initialBase.slice(0, initialIndex.width);
  const ends = isAlone ? turns!.isEnding : hands.and(turn.ends);
  initialIndex.next(loadOrCountUp(initialIndex, turn.opens, begin, ends));
  const values = memory(uint(initBits), {
    depth: initialValues,
    name: 'initial_values',
    initial: presetWords(parameters, geometry)?.initial,
    collisions: 'the host writes what no job reads',
  });
  values.write(initial.address, initial.data, { enable: initial.enable });
  // That of a row alone is needed a cycle sooner, before it is known that there is a sum.
  const stored = values.read(initialIndex, { enable: isAlone ? active : hands }).wrap(int(initBits));
  const { initialValue } = named({ initialValue: isFast ? registered(stored) : stored });
  const total = chosen.add(initialValue).wrap(int(resultBits));
  const { complete } = named({ complete: registered(total) });
  const result = parameters.outputStage ? outputStage(complete, output) : complete;

  const latency = geometry.resultLatency;
  const { arrives } = named({ arrives: delayed(hands, latency, { reset: true }) });
  const { resultIndex } = named({ resultIndex: register(uint(Math.log2(resultDepth))) });
  const start = place.half.shiftLeft(Math.log2(resultDepth) - 1);
  const advanced = resultIndex.add(arrives).wrap(resultIndex.interval);
  const { opened } = named({ opened: delayed(turn.opens, latency) });
  resultIndex.next(mux(opened, start, advanced));
  const buffer = memory(uint(resultBits), {
    depth: resultDepth,
    name: 'results',
    collisions: 'the host reads the other half',
  });
  buffer.write(resultIndex, result.wrap(uint(resultBits)), { enable: arrives });
  return {
    read: buffer.read(read.address, { enable: read.enable }).wrap(int(resultBits)),
    opened,
    done: named({ done: untilAbort(turn.finishes, latency, abort) }).done,
  };
}

/**
 * The one of some values whose bit is 1; 0 where none is. `isFast` puts registers behind the first gates, each into the
 * cell of its LUT, so that they take no cells.
 */
function oneOf(bits: readonly Signal[], values: readonly Signal[], isFast: boolean): Signal {
  const format = values[0]!.interval;
  const halved = (level: readonly Signal[]): Signal[] =>
    pairs(level).map(([a, b]) => (b === undefined ? a : a.or(b)).wrap(format));
  let level = halved(values.map((value, i) => value.and(bits[i]!.mask())));
  if (isFast) level = level.map(each => registered(each));
  while (level.length > 1) level = halved(level);
  return level[0]!;
}
