import * as fc from 'fast-check';
import type { TimedNetlist, TimedSource, TimedTable } from '../../../sim/timed/index.ts';

/** A netlist, and values of its sources. */
export interface TimedCase {
  readonly netlist: TimedNetlist;
  readonly rows: readonly (readonly number[])[];
}

/** All nets of random netlists have settled by then. */
export const randomPeriodPs = 5000;

/** Random netlists with delays so short that many changes fall on one moment, and others just miss it. */
export function timedCases(size: {
  readonly tables: number;
  readonly cycles: number;
}): fc.Arbitrary<TimedCase> {
  const delay = (least: number) => fc.integer({ min: least, max: 9 });
  const source = fc.record({
    event: fc.constantFrom<TimedSource['event']>('rising', 'falling', 'outside'),
    risePs: delay(1),
    fallPs: delay(1),
  });
  const table = fc.record({
    // How far back in the list of nets an input is: mostly near, so that the netlist is deep.
    inputs: fc.array(fc.record({ back: fc.nat({ max: 11 }), delayPs: delay(0), inertiaPs: delay(0) }), {
      minLength: 1,
      maxLength: 4,
      size: 'max',
    }),
    results: fc.nat({ max: 0xffff }),
    risePs: delay(1),
    fallPs: delay(1),
  });
  return fc
    .record({
      sources: fc.array(source, { minLength: 1, maxLength: 8, size: 'max' }),
      tables: fc.array(table, { minLength: 1, maxLength: size.tables, size: 'max' }),
    })
    .chain(({ sources, tables }) => {
      const nets = [...sources, ...tables].map((_, i) => ({ name: `n${i}`, bit: i }));
      const netlist: TimedNetlist = {
        nets,
        sources: sources.map((each, net) => ({ net, ...each })),
        tables: tables.map((each, i): TimedTable => {
          const output = sources.length + i;
          return {
            output,
            ...each,
            results: each.results & (2 ** (1 << each.inputs.length) - 1),
            inputs: each.inputs.map(({ back, delayPs, inertiaPs }) => ({
              net: Math.max(output - 1 - back, 0),
              delayPs,
              inertiaPs: Math.min(inertiaPs, delayPs),
            })),
          };
        }),
      };
      const row = fc.array(fc.constantFrom(0, 1), { minLength: sources.length, maxLength: sources.length });
      return fc.record({
        netlist: fc.constant(netlist),
        rows: fc.array(row, { minLength: 2, maxLength: size.cycles, size: 'max' }),
      });
    });
}
