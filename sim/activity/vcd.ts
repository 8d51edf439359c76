import { ChangeCounts } from './changes.ts';
import { findClock } from './clock.ts';
import { clockStandsStill } from './diagnostics.ts';
import { match } from './match.ts';
import type { NamedNet } from './net-names.ts';
import { Slots } from './slots.ts';
import { ignored, VcdBody } from './vcd-body.ts';
import { type Chunks, readingVcd } from './vcd-file.ts';
import type { VcdHeader } from './vcd-header.ts';

export interface VcdOptions {
  /** The scope of the netlist's top in the file, `bench.dut`; without it the one that has most of the nets. */
  readonly scope?: string | undefined;
  /** The name of the clock, within that scope or from the outermost one on. With it cycles are counted. */
  readonly clock?: string | undefined;
  /** The share of the nets that the file must have, from 0 to 1. Default 0.5. */
  readonly leastShare?: number | undefined;
}

/** How often the nets of a netlist changed in a run that somebody dumped. */
export interface VcdActivity {
  /** The scope that is the top of the netlist. */
  readonly scope: string;
  /** How many nets the file has, and of how many. */
  readonly matched: number;
  readonly nets: number;
  /** Bits that the file has below that scope, the clock too, and that are no net of the list. */
  readonly strangers: number;
  /** The time that was dumped, in seconds: without what lies between `$dumpoff` and `$dumpon`. */
  readonly seconds: number;
  /** Rising edges of the clock; undefined where none was named. */
  readonly cycles: number | undefined;
  /** The nets that the file has. */
  readonly counts: readonly NetChanges[];
  /** Names of those that it does not have. */
  readonly missing: readonly string[];
  /** Names of those that it has, but whose value is neither 0 nor 1 when it ends: who knows how often they would have changed. */
  readonly unknown: readonly string[];
}

export interface NetChanges {
  /** The number of the net in the netlist. */
  readonly bit: number;
  readonly name: string;
  /** All changes. */
  readonly all: number;
  /** Changes from one rising edge of the clock to the next; undefined without a clock. */
  readonly functional: number | undefined;
  /** Changes at the very moment of a rising edge, as those of registers are without delays; undefined without a clock. */
  readonly atEdges: number | undefined;
  /** At how many rising edges it was 1; undefined without a clock. */
  readonly ones: number | undefined;
}

/**
 * Reads how often nets change from a Value Change Dump, piece by piece: neither the file nor the changes are kept, so a
 * file of gigabytes needs no more memory than its declarations.
 *
 * Values that are neither 0 nor 1 are passed over: a net changes when it is known again and another one. Two changes at
 * one moment that take each other back are none. Reals and strings are ignored.
 *
 * @param chunks the bytes of the file, as `createReadStream(path)` gives them.
 * @param nets the nets to look for: `namedNets(json)`.
 * @throws Diagnostic TCT-3601 for what is no VCD, TCT-3602 for a file that is not complete, TCT-3603 without a time scale,
 * TCT-3604 for a scope that is not there, TCT-3605 where it has too few of the nets, TCT-3606 without the clock.
 */
export async function readVcd(
  chunks: Chunks,
  nets: readonly NamedNet[],
  options: VcdOptions = {},
): Promise<VcdActivity> {
  const { scope, clock, leastShare = 0.5 } = options;
  let reading: Reading | undefined;
  const start = (header: VcdHeader): VcdBody => {
    reading = begin(header, nets, { scope, clock, leastShare });
    return reading.body;
  };
  for await (const _ of readingVcd(chunks, start));
  return reading!.result();
}

interface Reading {
  readonly body: VcdBody;
  result(): VcdActivity;
}

function begin(
  header: VcdHeader,
  nets: readonly NamedNet[],
  options: { scope: string | undefined; clock: string | undefined; leastShare: number },
): Reading {
  const { scope, bits, strangers, coverage } = match(header, nets, options);
  const clock = options.clock === undefined ? undefined : findClock(header, scope, options.clock);
  const slots = new Slots(header, [...bits.map(({ variable }) => variable), ...(clock ? [clock] : [])]);
  const counts = new ChangeCounts(slots.count);
  const body = new VcdBody({
    codes: slots.codes,
    first: slots.first,
    widths: slots.widths,
    sink: counts,
    clock: clock === undefined ? ignored : slots.of(clock),
  });
  return {
    body,
    result() {
      if (options.clock !== undefined && counts.edges === 0) throw clockStandsStill(options.clock);
      const units = body.now - (body.begin ?? 0) - body.off;
      return {
        scope,
        matched: coverage.matched,
        nets: nets.length,
        strangers,
        seconds: units * header.unitPs * 1e-12,
        cycles: clock === undefined ? undefined : counts.edges,
        counts: bits.map(({ net, variable, bit }) => {
          const slot = slots.of(variable) + bit;
          const ofClock = (count: number): number | undefined => (clock === undefined ? undefined : count);
          return {
            ...{ bit: nets[net]!.bit, name: nets[net]!.name, all: counts.all[slot]! },
            functional: ofClock(counts.functional[slot]!),
            atEdges: ofClock(counts.atEdges[slot]!),
            ones: ofClock(counts.onesOf(slot)),
          };
        }),
        missing: coverage.missing,
        unknown: bits
          .filter(({ variable, bit }) => !counts.isKnown(slots.of(variable) + bit))
          .map(({ net }) => nets[net]!.name),
      };
    },
  };
}
