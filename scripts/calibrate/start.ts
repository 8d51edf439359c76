import {
  type Band,
  type Coefficient,
  type CoefficientName,
  coefficientsOf,
  coefficientUnits,
  priors,
} from '../../energy/index.ts';
import { findDevice } from '../../synth/index.ts';

/** What is known before a fit looks at currents: the supply in volts, and each coefficient at it. */
export interface Start {
  readonly volts: number;
  readonly table: Readonly<
    Record<CoefficientName, Band & Pick<Coefficient, 'source'> & Partial<Coefficient>>
  >;
}

/** Physics alone: where the project's own coefficients come from. */
export const fromPriors: Start = priors;

/**
 * What the project knows of a device: where a fit to somebody's own chip begins, so that what no row tells stays as it was.
 * @param volts of the core's supply; energies grow with its square. Without it that of the project's measurements.
 */
export function fromDevice(name: string, volts?: number): Start {
  const { table, volts: measured } = coefficientsOf(findDevice(name));
  const at = volts ?? measured;
  const scale = (at / measured) ** 2;
  const entries = Object.entries(table).map(([of, known]) => {
    const factor = coefficientUnits[of as CoefficientName] === 'uA' ? 1 : scale;
    const { low, mid, high } = known;
    return [of, { ...known, low: low * factor, mid: mid * factor, high: high * factor }];
  });
  return { volts: at, table: Object.fromEntries(entries) as Start['table'] };
}
