import { component, enabledBy, Interval, named } from '../../../hdl-gen/lang/index.ts';
import {
  type AccumulatorOptions,
  accumulated,
  accumulatorCells,
  accumulatorPaths,
  accumulatorTiming,
  clearsTotal,
} from '../accumulator.ts';
import { arrayOfRows } from '../array.ts';
import { type ArrayLayout, type Family, rowInputs } from '../family.ts';
import { type ArrayParameters, type DotProductParameters, initInterval, mostTerms } from '../parameters.ts';
import { buildSum } from './builder.ts';
import { foundByMeasuring, sumPaths } from './cost.ts';
import type { Folding } from './folding.ts';
import { cheapestSum, type Planned } from './plan.ts';
import { type Schedule, schedule } from './schedule.ts';
import { widthOf } from './sum.ts';

/** The family of a folding. */
export function foldedFamily(folding: Folding): Family {
  const { name, summary, weights, encodings, codes: legend, codeBits } = folding;
  const planOf = rememberedPlans(folding);

  function layout(parameters: ArrayParameters): ArrayLayout {
    const times = schedule(planOf(parameters).sum, parameters.pipeline);
    const options = accumulatorOptions(parameters);
    const { addend, init, first, result } = accumulatorTiming(options);
    // Without an initial value the register behind the sum is that of the addend.
    const valid = times.latency + addend - 1;
    return {
      codeBits,
      ...operandTimes(times, parameters.lanes, codeBits),
      init: init.map(delay => valid + delay),
      valid,
      first: valid + first,
      result: result.map(delay => valid + delay),
      sum: options.within,
    };
  }

  const row = component(`${name}_dot_product`, (parameters: DotProductParameters) => ({
    inputs: rowInputs(parameters, codeBits),
    build({ enable, x, w, init, valid, first }) {
      const { sum } = planOf(parameters);
      const times = schedule(sum, parameters.pipeline);
      const options = accumulatorOptions(parameters);
      const { cut } = parameters;
      const idle = clearsTotal(options) ? valid.not() : undefined;
      const total = enabledBy(enable, () => buildSum(sum, folding, times, { x, w }, { cut, idle }));
      const y = accumulated({ enable, total, init, valid, first }, options);
      return named({ y });
    },
  }));

  return {
    summary,
    weights,
    encodings,
    countsNegations: false,
    cutsSums: true,
    codes: legend,
    layout,
    encode(trits, parameters, before) {
      const { sum } = planOf(parameters);
      const codes = Array<number>(parameters.lanes).fill(0);
      folding.encode(sum, 0, trits, codes, before && { codes: before, polarity: 0 });
      return { codes, constant: 0 - folding.answerToZeros(sum, codes) };
    },
    array: arrayOfRows(`${name}_array`, layout, row),
    cells(parameters) {
      const sums = planOf(parameters).cells + foundByMeasuring(parameters);
      return sums + accumulatorCells(accumulatorOptions(parameters));
    },
    paths(parameters) {
      const { sum } = planOf(parameters);
      const own = sumPaths(sum, schedule(sum, parameters.pipeline), parameters);
      return [...own, ...accumulatorPaths(accumulatorOptions(parameters))];
    },
  };
}

/** The plan for some lanes and bits, made once. */
function rememberedPlans({ addedIsFlexible }: Folding): (parameters: DotProductParameters) => Planned {
  const known = new Map<string, Planned>();
  return ({ lanes, activationBits, cut }) => {
    const key = `${lanes} ${activationBits} ${cut}`;
    const plan = known.get(key) ?? cheapestSum(lanes, { activationBits, addedIsFlexible, cut });
    known.set(key, plan);
    return plan;
  };
}

function accumulatorOptions(parameters: DotProductParameters): AccumulatorOptions {
  const { lanes, activationBits, initBits, sums, accumulator, cut } = parameters;
  const sumBits = widthOf(lanes, activationBits);
  const init = initInterval(parameters);
  const most = 1n << BigInt(activationBits - 1);
  const terms = BigInt(mostTerms(parameters));
  const within = new Interval(-most * terms + init.min, most * terms - 1n + init.max);
  return { within, sumBits, initBits, sums, accumulator, cut };
}

/** When the activations and the bits of the codes are due. */
function operandTimes({ due }: Schedule, lanes: number, codeBits: number): Pick<ArrayLayout, 'x' | 'w'> {
  const x = Array<number>(lanes).fill(0);
  const w = Array.from({ length: lanes }, () => Array<number>(codeBits).fill(0));
  for (const [sum, time] of due) {
    if (sum.kind === 'joined') continue;
    x[sum.lane] = time;
    w[sum.lane]!.fill(time);
  }
  // The second control of a bare lane belongs to the adder that takes its sum.
  for (const [sum, time] of due) {
    if (sum.kind !== 'joined' || codeBits === 1) continue;
    const [a] = sum.parts;
    if (a.kind === 'added') w[a.lane]![1] = time;
  }
  return { x, w };
}
