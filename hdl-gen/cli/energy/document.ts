import {
  type Band,
  type Coefficients,
  type EnergyDocument,
  type Estimate,
  type Kind,
  kinds,
} from '../../../energy/index.ts';
import { memoryOptions } from '../interface-options.ts';
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
  rest: Estimate | undefined,
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
    command: commandOf(values, subject.made),
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
    ...(rest === undefined ? {} : { atRest: { powerMw: rest.total, byKind: withoutZeros(rest.byKind) } }),
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

/** The call that does the same again. @param made the options that make what is estimated, where it is not a design of the user's own. */
function commandOf(values: EnergyValues, made: string | undefined): string {
  const given = Object.entries(energyOptions).filter(
    ([key, option]) =>
      !(key in arrayOptions) &&
      !(key in memoryOptions) &&
      !['interface', 'batch', 'baud', 'out', 'json'].includes(key) &&
      values[key as keyof EnergyValues] !== undefined &&
      values[key as keyof EnergyValues] !== defaultOf(option),
  );
  const rest = given.flatMap(([key]) =>
    [values[key as keyof EnergyValues]].flat().map(value => `--${flagOf(key)} ${value}`),
  );
  return ['hdl-gen energy', ...(made === undefined ? [] : [made]), ...rest].join(' ');
}
