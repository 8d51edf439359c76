import {
  type Band,
  type EnergyDocument,
  type Kind,
  kinds,
  type MacEnergy,
  wholeChip,
} from '../../../energy/index.ts';
import type { Core } from '../core.ts';
import type { ArraySubject } from './subject.ts';

type Kinds = Readonly<Record<Kind, Band>>;

/**
 * What a MAC takes: of the array alone, and of the core around it. The wires that feed the core are driven by the wrapper, whose own
 * flip-flops are not counted.
 */
export function perMacOf(
  { m, k, macsPerCycle, cyclesPerVector, arrayModule, coreModule, around }: ArraySubject,
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
    ...{ macsPerCycle, around },
    array: macEnergy(partsOf(module => within(module, arrayModule), false)),
    core,
    energyUjPerProduct: scaled(core.powerMw, (cyclesPerVector / clockMHz) * 1e-3),
    product: { m, k },
  };
}

export function added(bands: readonly Band[]): Band {
  const of = (which: keyof Band) => bands.reduce((all, band) => all + band[which], 0);
  return { low: of('low'), mid: of('mid'), high: of('high') };
}

export function scaled({ low, mid, high }: Band, factor: number): Band {
  return { low: low * factor, mid: mid * factor, high: high * factor };
}

/** Where the array is in a design behind few pins, and what it does there. */
export function arrayPlaces(
  core: Core,
  { m, k }: { readonly m: number; readonly k: number },
  top: string,
): ArraySubject {
  const cyclesPerVector = core.cyclesPerVector({ m, k });
  const { arrayInstance } = core;
  return {
    ...{ m, k, cyclesPerVector, macsPerCycle: (m * k) / cyclesPerVector },
    coreModule: `${top}.core`,
    around: 'its streams and the wires of its inputs',
    arrayModule: arrayInstance === undefined ? `${top}.core` : `${top}.core.${arrayInstance}`,
  };
}
