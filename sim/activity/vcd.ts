import { ChangeCounts } from './changes.ts';
import { CodeTable } from './codes.ts';
import { clockStandsStill, noSuchClock, notAVcd, truncatedVcd } from './diagnostics.ts';
import { match } from './match.ts';
import type { NamedNet } from './net-names.ts';
import { ignored, VcdBody } from './vcd-body.ts';
import { headerEnd, plain, readVcdHeader, type VcdHeader, type VcdVariable } from './vcd-header.ts';

export interface VcdOptions {
  /** The scope of the netlist's top in the file, `bench.dut`; without it the one that has most of the nets. */
  readonly scope?: string | undefined;
  /** The name of the clock, within that scope or from the outermost one on. With it cycles are counted. */
  readonly clock?: string | undefined;
  /** The share of the nets that the file must have, from 0 to 1. Default 0.5. */
  readonly leastShare?: number | undefined;
  /** Is told how many bytes were read so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** How often the nets of a netlist changed in a run that somebody dumped. */
export interface VcdActivity {
  /** The scope that is the top of the netlist. */
  readonly scope: string;
  /** How many nets the file has, and of how many. */
  readonly matched: number;
  readonly nets: number;
  /** The time that was dumped, in seconds: without what lies between `$dumpoff` and `$dumpon`. */
  readonly seconds: number;
  /** Rising edges of the clock; undefined where none was named. */
  readonly cycles: number | undefined;
  /** The nets that the file has. */
  readonly counts: readonly NetChanges[];
  /** Names of those that it does not have. */
  readonly missing: readonly string[];
}

export interface NetChanges {
  /** The number of the net in the netlist. */
  readonly bit: number;
  readonly name: string;
  /** All changes. */
  readonly all: number;
  /** Changes from one rising edge of the clock to the next; undefined without a clock. */
  readonly functional: number | undefined;
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
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  nets: readonly NamedNet[],
  options: VcdOptions = {},
): Promise<VcdActivity> {
  const { scope, clock, leastShare = 0.5, onProgress } = options;
  const header = new HeaderCollector();
  let reading: Reading | undefined;
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (reading !== undefined) reading.body.feed(chunk);
    else {
      const rest = header.feed(chunk);
      if (rest !== undefined) {
        reading = begin(readVcdHeader(header.text), nets, { scope, clock, leastShare });
        reading.body.feed(rest);
      }
    }
    onProgress?.(bytes);
  }
  if (reading === undefined)
    throw header.isEmpty ? notAVcd('it is empty') : truncatedVcd('before its first change');
  reading.body.end();
  return reading.result();
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
  const { scope, bits, coverage } = match(header, nets, options);
  const clock = options.clock === undefined ? undefined : findClock(header, scope, options.clock);
  const slots = new Slots(header, [...bits.map(({ variable }) => variable), ...(clock ? [clock] : [])]);
  const counts = new ChangeCounts(slots.count);
  const body = new VcdBody({
    codes: slots.codes,
    first: slots.first,
    widths: slots.widths,
    counts,
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
        seconds: units * header.unitPs * 1e-12,
        cycles: clock === undefined ? undefined : counts.edges,
        counts: bits.map(({ net, variable, bit }) => ({
          bit: nets[net]!.bit,
          name: nets[net]!.names[0]!,
          all: counts.all[slots.of(variable) + bit]!,
          functional: clock === undefined ? undefined : counts.functional[slots.of(variable) + bit]!,
        })),
        missing: coverage.missing,
      };
    },
  };
}

/** Where the bits of variables are counted. Variables with one code are one. */
class Slots {
  readonly codes: CodeTable = new CodeTable();
  readonly first: number[] = [];
  readonly widths: number[] = [];
  count = 0;
  readonly #byCode = new Map<string, number>();

  constructor(header: VcdHeader, asked: readonly VcdVariable[]) {
    for (const code of header.others) this.codes.set(code, ignored);
    for (const { code } of header.variables) this.codes.set(code, ignored);
    for (const { code, bits } of asked) {
      if (this.#byCode.has(code)) continue;
      this.#byCode.set(code, this.count);
      this.codes.set(code, this.first.length);
      this.first.push(this.count);
      this.widths.push(bits.length);
      this.count += bits.length;
    }
  }

  /** The lowest bit of a variable; the others follow. */
  of({ code }: VcdVariable): number {
    return this.#byCode.get(code)!;
  }
}

/** @throws Diagnostic TCT-3606 if there is no signal of one bit of that name. */
function findClock({ variables }: VcdHeader, scope: string, clock: string): VcdVariable {
  const name = plain(clock);
  const single = variables.filter(({ bits }) => bits.length === 1);
  const path = ({ scopes, bits }: VcdVariable) => [...scopes, bits[0]!].join('.');
  const inside = scope === '' ? name : `${scope}.${name}`;
  const found =
    single.find(variable => path(variable) === inside) ?? single.find(variable => path(variable) === name);
  if (found === undefined) throw noSuchClock(clock, single.map(path));
  return found;
}

/** Collects the bytes of a file up to the end of its declarations. */
class HeaderCollector {
  /** The declarations, once they are complete. */
  text = '';
  readonly #chunks: Uint8Array[] = [];
  #tail = '';

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  /**
   * @returns what stands behind the declarations; undefined as long as these are not complete.
   * @throws Diagnostic TCT-3601 for a file that does not begin like a VCD.
   */
  feed(chunk: Uint8Array): Uint8Array | undefined {
    if (chunk.length === 0) return undefined;
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    if (this.#chunks.length === 0 && !/^\s*\$/.test(text))
      throw notAVcd(`it begins with '${printable(text)}'`);
    this.#chunks.push(chunk.slice());
    // The keyword may be cut by the end of a chunk, and its `$end` too.
    const around = this.#tail + text;
    this.#tail = around.slice(-256);
    if (!/\$enddefinitions\s+\$end\s/.test(around)) return undefined;
    const all = Buffer.concat(this.#chunks);
    const whole = all.toString('latin1');
    const end = whole.indexOf('$end', whole.indexOf(headerEnd) + headerEnd.length) + '$end'.length;
    this.text = whole.slice(0, end);
    return all.subarray(end);
  }
}

/** The first characters of a text, what cannot be shown as dots. */
function printable(text: string): string {
  return text.slice(0, 20).replaceAll(/[^ -~]/g, '.');
}
