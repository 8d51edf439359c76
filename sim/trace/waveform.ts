import { unknownName } from '../diagnostics.ts';
import type { TracedSignal, TracedValue, TraceSink } from './sink.ts';

export interface WaveformOptions {
  /** The signals to show, in this order; without it all that the simulation traces. */
  readonly signals?: readonly string[];
  /** The base of the numbers, from 2 to 36. */
  readonly radix?: number;
  /** The number of the first cycle, 0 by default. */
  readonly firstCycle?: number;
}

/** A trace that becomes text. */
export interface Waveform extends TraceSink {
  /**
   * One line for each signal: a bit as a low or a high line, any other value as its number where it changes.
   *
   *     cycle  0  1  2  3
   *     enable ▁▁▁▔▔▔▔▔▔▔▔▔
   *     count  │0    │1 │2
   */
  toString(): string;
}

/**
 * Keeps every value of the signals in memory and shows them as text: for tests, and to look at a few cycles. To trace
 * with it throws Diagnostic TCT-3002 where a signal that is to be shown is not there.
 */
export function waveform({ signals: chosen, radix = 10, firstCycle = 0 }: WaveformOptions = {}): Waveform {
  let traced: readonly TracedSignal[] = [];
  /** The places of the signals to show, in their order. */
  let shown: readonly number[] = [];
  let now: TracedValue[] = [];
  /** For each cycle the value of each signal. */
  const cycles: TracedValue[][] = [];

  function text(): string {
    const rows = shown.map(i => {
      const { path, interval } = traced[i]!;
      const values = cycles.map(values => values[i]!);
      const isBit =
        interval.width === 1 && !interval.signed && values.every(value => typeof value === 'bigint');
      return { path, isBit, values };
    });
    const widths = rows.flatMap(({ isBit, values }) => (isBit ? [] : widthsOf(values, radix)));
    const width = Math.max(String(firstCycle + cycles.length - 1).length + 1, 3, ...widths);
    const label = Math.max('cycle'.length, ...rows.map(({ path }) => path.length)) + 1;
    const lines = [
      `${'cycle'.padEnd(label)}${cycles.map((_, i) => ` ${firstCycle + i}`.padEnd(width)).join('')}`,
    ];
    for (const { path, isBit, values } of rows) {
      const line = isBit
        ? values.map(value => (value === 0n ? '▁' : '▔').repeat(width))
        : runsOf(values).map(({ value, cycles }) => `│${value.toString(radix)}`.padEnd(width * cycles));
      lines.push(`${path.padEnd(label)}${line.join('')}`);
    }
    return lines.map(line => line.trimEnd()).join('\n');
  }

  return {
    begin(_, signals) {
      const paths = signals.map(({ path }) => path);
      shown = (chosen ?? paths).map(path => {
        const index = paths.indexOf(path);
        if (index < 0) throw unknownName('signal', path, paths);
        return index;
      });
      traced = signals;
      now = signals.map(() => 0n);
    },
    change(signal, value) {
      now[signal] = value;
    },
    cycle() {
      cycles.push([...now]);
    },
    end() {},
    toString: text,
  };
}

interface Run {
  readonly value: TracedValue;
  /** For how many cycles it stays. */
  cycles: number;
}

function runsOf(values: readonly TracedValue[]): Run[] {
  const runs: Run[] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.value === value) last.cycles++;
    else runs.push({ value, cycles: 1 });
  }
  return runs;
}

/** How wide a cycle must be for each number, and the line before it, to fit where it stays; the last one may jut out. */
function widthsOf(values: readonly TracedValue[], radix: number): number[] {
  return runsOf(values)
    .slice(0, -1)
    .map(({ value, cycles }) => Math.ceil((1 + value.toString(radix).length) / cycles));
}
