import type { TimedInput } from './timed-netlist.ts';

/** An input of a table as its cell has it: a net behind a wire and a path through the cell, or a constant. */
export type TablePin =
  | { readonly constant: 0 | 1 }
  | {
      readonly net: number;
      readonly wirePs: number;
      /** What the slowest part of the wire takes. */
      readonly inertiaPs: number;
      readonly risePs: number;
      readonly fallPs: number;
    };

type ConnectedPin = Exclude<TablePin, { readonly constant: 0 | 1 }>;

/** A table without what is constant or does not matter; of a constant one no inputs are left. */
export interface PlainTable {
  readonly inputs: readonly TimedInput[];
  readonly results: number;
  readonly risePs: number;
  readonly fallPs: number;
}

/** @param results bit i is the result where the pins, the first one lowest, are the number i. */
export function plainTable(pins: readonly TablePin[], results: number): PlainTable {
  const connected: ConnectedPin[] = [];
  let left = results;
  // From the last pin down, so that the places of the others stay.
  for (let place = pins.length - 1; place >= 0; place--) {
    const pin = pins[place]!;
    const [at0, at1] = [cofactor(left, pins.length, place, 0), cofactor(left, pins.length, place, 1)];
    if ('constant' in pin) left = pin.constant === 0 ? at0 : at1;
    else if (at0 !== at1) connected.unshift(pin);
  }
  // Pins that are constant or do not matter have no influence any more: read the table where they are 0.
  const places = connected.map(pin => pins.indexOf(pin));
  let compact = 0;
  for (let i = 0; i < 1 << places.length; i++) {
    const index = places.reduce((sum, place, bit) => sum | (((i >> bit) & 1) << place), 0);
    compact |= ((left >> index) & 1) << i;
  }
  const risePs = Math.min(...connected.map(pin => pin.risePs));
  const fallPs = Math.min(...connected.map(pin => pin.fallPs));
  const inputs = connected.map((pin): TimedInput => {
    const within = Math.max(pin.risePs - risePs, pin.fallPs - fallPs);
    return { net: pin.net, delayPs: pin.wirePs + within, inertiaPs: Math.max(pin.inertiaPs, within) };
  });
  return connected.length === 0
    ? { inputs, results: compact, risePs: 0, fallPs: 0 }
    : { inputs, results: compact, risePs, fallPs };
}

/** Whether a table of four pins gives different results for the values of one of them. */
export function dependsOn(results: number, place: number): boolean {
  return cofactor(results, 4, place, 0) !== cofactor(results, 4, place, 1);
}

/** The table that does not look at one pin, but has it at a value. */
function cofactor(results: number, pins: number, place: number, value: number): number {
  let table = 0;
  for (let i = 0; i < 1 << pins; i++) {
    const index = value === 0 ? i & ~(1 << place) : i | (1 << place);
    table |= ((results >> index) & 1) << i;
  }
  return table;
}
