import type { PlacedDesign } from '../synth/index.ts';
import type { Activity } from './activity.ts';
import { type Band, product, sum, times, zero } from './band.ts';
import type { CoefficientName, Coefficients, Origin } from './coefficients.ts';
import { type Kind, kinds, type Use, usageOf, wattsPerUnit } from './usage.ts';

/** What a design takes, in mW. */
export interface Estimate {
  /** All of the core's supply, and the outputs from the supplies of their banks. */
  readonly total: Band;
  readonly byKind: Readonly<Record<Kind, Band>>;
  /** By module: `(chip)` has what belongs to no module, as the clock's network. */
  readonly byModule: ReadonlyMap<string, Readonly<Record<Kind, Band>>>;
  /** By origin of the coefficients: how much of the middle figure rests on what. */
  readonly byOrigin: Readonly<Record<Origin, Band>>;
  /** What each coefficient has to do with it. */
  readonly byCoefficient: ReadonlyMap<CoefficientName, Band>;
  readonly notModelled: ReadonlyMap<string, number>;
}

/**
 * How many glitches there are for each change that the function needs, on the nets of tables and carries, where nobody has
 * counted them: a guess. Over all nets, in the multiplier of the calibration, which has no registers within, there are 0.9; in
 * arrays with one after each adder 0.03.
 */
const unknownGlitches: Band = { low: 0, mid: 0.5, high: 2 };

/** Estimates the power of a design from how often its nets change. */
export function estimate(design: PlacedDesign, activity: Activity, { table, volts }: Coefficients): Estimate {
  const { uses, notModelled } = usageOf(design, activity);
  const isGuess = ({ kind }: Use): boolean => kind === 'glitches' && activity.timed === undefined;
  const milliwatts = (use: Use): Band => {
    const { coefficient, amount } = use;
    const band = times(table[coefficient], 1000 * amount * wattsPerUnit(coefficient, volts));
    return isGuess(use) ? product(band, unknownGlitches) : band;
  };
  const byKind = emptyKinds();
  const byModule = new Map<string, Record<Kind, Band>>();
  const byOrigin: Record<Origin, Band> = { measured: zero, fitted: zero, guessed: zero };
  const byCoefficient = new Map<CoefficientName, Band>();
  const addTo = (module: string, kind: Kind, power: Band): void => {
    const own = byModule.get(module) ?? emptyKinds();
    byModule.set(module, own);
    own[kind] = sum(own[kind], power);
    byKind[kind] = sum(byKind[kind], power);
  };
  for (const use of uses) {
    const power = milliwatts(use);
    const origin = isGuess(use) ? 'guessed' : table[use.coefficient].origin;
    addTo(use.module, use.kind, power);
    byOrigin[origin] = sum(byOrigin[origin], power);
    byCoefficient.set(use.coefficient, sum(byCoefficient.get(use.coefficient) ?? zero, power));
  }
  return {
    total: sum(...Object.values(byKind)),
    ...{ byKind, byModule, byOrigin, byCoefficient, notModelled },
  };
}

function emptyKinds(): Record<Kind, Band> {
  return Object.fromEntries(kinds.map(kind => [kind, zero])) as Record<Kind, Band>;
}
