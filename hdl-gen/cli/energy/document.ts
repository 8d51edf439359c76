import {
  type Band,
  type Coefficients,
  type EnergyDocument,
  type Estimate,
  type Kind,
  kinds,
} from '../../../energy/index.ts';
import { canonicalOptions } from '../names.ts';
import { defaultOf, flagOf } from '../option-kinds.ts';
import { arrayOptions } from '../options.ts';
import { type EnergyValues, energyOptions } from './options.ts';
import { added, perMacOf, scaled } from './per-mac.ts';
import type { Subject } from './subject.ts';

type Kinds = Readonly<Record<Kind, Band>>;

/** Makes `energy.json` of an estimate. */
export function documentOf(
  subject: Subject,
  { total, byKind, byModule, byOrigin, notModelled }: Estimate,
  { device, isMeasured, table, volts }: Coefficients,
  values: EnergyValues,
  version: string,
): EnergyDocument {
  const { activity, from, cycles, inputs, array } = subject;
  const { clockMHz } = activity;
  // Pins have the supplies of their banks.
  const core = added(kinds.filter(kind => kind !== 'io').map(kind => byKind[kind]));
  const inCycle = (power: Band): Band => scaled(power, 1000 / clockMHz);
  const functional = sumOf(activity.functional);
  const all = activity.timed === undefined ? functional : sumOf(activity.timed.all);
  return {
    schema: 'tercet.energy/1',
    version,
    command: commandOf(values),
    subject: subject.what,
    ...{ device, isMeasured, clockMHz },
    ...otherClocksOf(subject),
    activity: {
      from,
      hasGlitches: activity.timed !== undefined,
      ...{ inputs, cycles },
      changesPerCycle: { functional: functional / cycles, all: all / cycles },
    },
    powerMw: total,
    coreSupply: { volts, powerMw: core, currentMa: scaled(core, 1 / volts) },
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

function otherClocksOf({ design, activity: { clocks } }: Subject): Pick<EnergyDocument, 'otherClocksMHz'> {
  if (clocks === undefined || clocks.size === 0) return {};
  const named = [...clocks].map(([net, megahertz]) => [design.nets[net]!.name, megahertz] as const);
  return { otherClocksMHz: Object.fromEntries(named) };
}

function withoutZeros(of: Kinds): Partial<Record<Kind, Band>> {
  return Object.fromEntries(Object.entries(of).filter(([, { high }]) => high > 0));
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
  const isOwn = values.placed !== undefined || values.netlist !== undefined;
  const array = isOwn ? [] : [canonicalOptions(values)];
  const weights = values.weights === 'ternary' || isOwn ? [] : [`--weights ${values.weights}`];
  return ['hdl-gen energy', ...array, ...weights, ...rest].join(' ');
}
