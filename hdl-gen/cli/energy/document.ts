import {
  type Band,
  type Coefficients,
  type EnergyDocument,
  type Estimate,
  type Kind,
  kinds,
  type MacEnergy,
  wholeChip,
} from '../../../energy/index.ts';
import { canonicalOptions } from '../names.ts';
import { defaultOf, flagOf } from '../option-kinds.ts';
import { arrayOptions } from '../options.ts';
import { type EnergyValues, energyOptions } from './options.ts';
import type { ArraySubject, Subject } from './subject.ts';

type Kinds = Readonly<Record<Kind, Band>>;

/** Makes `energy.json` of an estimate. */
export function documentOf(
  subject: Subject,
  { total, byKind, byModule, byOrigin, notModelled }: Estimate,
  { device, isMeasured, table }: Coefficients,
  values: EnergyValues,
  version: string,
): EnergyDocument {
  const { activity, cycles, inputs, array } = subject;
  const { clockMHz } = activity;
  const inCycle = (power: Band): Band => scaled(power, 1000 / clockMHz);
  const functional = sumOf(activity.functional);
  const all = activity.timed === undefined ? functional : sumOf(activity.timed.all);
  return {
    schema: 'tercet.energy/1',
    version,
    command: commandOf(values),
    subject: subject.what,
    ...{ device, isMeasured, clockMHz },
    activity: {
      from: 'simulated',
      hasGlitches: activity.timed !== undefined,
      ...{ inputs, cycles },
      changesPerCycle: { functional: functional / cycles, all: all / cycles },
    },
    powerMw: total,
    energyPjPerCycle: inCycle(total),
    byKind: Object.fromEntries(
      kinds.map(kind => [kind, { powerMw: byKind[kind], energyPjPerCycle: inCycle(byKind[kind]) }]),
    ) as EnergyDocument['byKind'],
    byModule: Object.fromEntries(
      [...byModule].map(([module, of]) => [
        module,
        { powerMw: added(Object.values(of)), byKind: withoutZeros(of) },
      ]),
    ),
    restsOn: {
      measured: byOrigin.measured.mid / total.mid,
      fitted: byOrigin.fitted.mid / total.mid,
      guessed: byOrigin.guessed.mid / total.mid,
    },
    ...(array === undefined ? {} : { perMac: perMacOf(array, byModule, clockMHz) }),
    coefficients: table,
    notModelled: Object.fromEntries(notModelled),
    files: ['energy.svg'],
  };
}

/** The wires that feed the core are driven by the wrapper, whose own flip-flops are not counted. */
function perMacOf(
  { m, k, macsPerCycle, cyclesPerVector, arrayModule, coreModule }: ArraySubject,
  byModule: ReadonlyMap<string, Kinds>,
  clockMHz: number,
): NonNullable<EnergyDocument['perMac']> {
  const within = (module: string, outer: string): boolean =>
    module === outer || module.startsWith(`${outer}.`) || module === wholeChip;
  const top = coreModule.split('.')[0]!;
  const partsOf = (isTaken: (module: string) => boolean, wires: boolean): Kinds =>
    Object.fromEntries(
      kinds.map(kind => [
        kind,
        added(
          [...byModule].flatMap(([module, of]) =>
            isTaken(module) || (wires && module === top && (kind === 'nets' || kind === 'logic'))
              ? [of[kind]]
              : [],
          ),
        ),
      ]),
    ) as Record<Kind, Band>;
  const macEnergy = (parts: Kinds): MacEnergy => {
    const powerMw = added(Object.values(parts));
    const perMac = (power: Band) => scaled(power, 1000 / clockMHz / macsPerCycle);
    return {
      ...{ powerMw, energyPjPerMac: perMac(powerMw) },
      byKind: Object.fromEntries(kinds.map(kind => [kind, perMac(parts[kind])])) as Record<Kind, Band>,
    };
  };
  const core = macEnergy(partsOf(module => within(module, coreModule) || module === 'shared', true));
  return {
    macsPerCycle,
    array: macEnergy(partsOf(module => within(module, arrayModule), false)),
    core,
    energyUjPerProduct: scaled(core.powerMw, (cyclesPerVector / clockMHz) * 1e-3),
    product: { m, k },
  };
}

function withoutZeros(of: Kinds): Partial<Record<Kind, Band>> {
  return Object.fromEntries(Object.entries(of).filter(([, { high }]) => high > 0));
}

function added(bands: readonly Band[]): Band {
  const of = (which: keyof Band) => bands.reduce((all, band) => all + band[which], 0);
  return { low: of('low'), mid: of('mid'), high: of('high') };
}

function scaled({ low, mid, high }: Band, factor: number): Band {
  return { low: low * factor, mid: mid * factor, high: high * factor };
}

function sumOf(counts: ArrayLike<number>): number {
  return Array.from(counts).reduce((all, each) => all + each, 0);
}

/** The call that does the same again. */
function commandOf(values: EnergyValues): string {
  const given = Object.entries(energyOptions).filter(
    ([key, option]) =>
      !(key in arrayOptions) &&
      !['out', 'json'].includes(key) &&
      values[key as keyof EnergyValues] !== undefined &&
      values[key as keyof EnergyValues] !== defaultOf(option),
  );
  const rest = given.flatMap(([key]) =>
    [values[key as keyof EnergyValues]].flat().map(value => `--${flagOf(key)} ${value}`),
  );
  const array = values.placed === undefined ? [canonicalOptions(values)] : [];
  const weights =
    values.weights === 'ternary' || values.placed !== undefined ? [] : [`--weights ${values.weights}`];
  return ['hdl-gen energy', ...array, ...weights, ...rest].join(' ');
}
