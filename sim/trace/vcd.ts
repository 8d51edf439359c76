import type { TracedDomain, TracedSignal, TraceSink } from './sink.ts';

/** Nanoseconds of a cycle in the file. A clock is 1 in the first half of a cycle that its edge began. */
const period = 10;

/** Characters that are collected before they are written. */
const chunkLength = 65536;

interface Scope {
  readonly signals: [name: string, signal: TracedSignal][];
  readonly scopes: Map<string, Scope>;
}

/**
 * Writes a Value Change Dump (IEEE 1364-2001, clause 18), which every waveform viewer reads. There is no date in
 * it: the same run gives the same bytes.
 *
 * @param write takes the text, piece by piece.
 */
export function vcd(write: (text: string) => void): TraceSink {
  let pending: string[] = [];
  let length = 0;
  let signals: readonly TracedSignal[] = [];
  let clocks: readonly string[] = [];
  let changes: string[] = [];
  let time = 0;

  function line(text: string): void {
    pending.push(text, '\n');
    length += text.length + 1;
    if (length >= chunkLength) flush();
  }

  function flush(): void {
    if (length > 0) write(pending.join(''));
    pending = [];
    length = 0;
  }

  function declare(scope: Scope): void {
    for (const [name, { interval, net }] of scope.signals)
      line(`$var wire ${interval.width} ${identifier(net)} ${name} $end`);
    for (const [name, inner] of scope.scopes) {
      line(`$scope module ${name} $end`);
      declare(inner);
      line('$upscope $end');
    }
  }

  return {
    begin(circuit, traced, domains) {
      signals = traced;
      const unused = 1 + Math.max(-1, ...traced.map(({ net }) => net));
      clocks = domains.map((_, i) => identifier(unused + i));
      line('$timescale 1 ns $end');
      line(`$scope module ${circuit} $end`);
      domains.forEach(({ clock }: TracedDomain, i) => {
        line(`$var wire 1 ${clocks[i]} ${clock} $end`);
      });
      declare(hierarchyOf(traced));
      line('$upscope $end');
      line('$enddefinitions $end');
    },
    change(signal, value) {
      const { interval, net } = signals[signal]!;
      const bits =
        typeof value === 'bigint'
          ? BigInt.asUintN(interval.width, value).toString(2)
          : { x: 'x', '-': 'z' }[value];
      changes.push(interval.width === 1 ? `${bits}${identifier(net)}` : `b${bits} ${identifier(net)}`);
    },
    cycle(edge) {
      if (time === 0) {
        line('#0');
        line('$dumpvars');
        for (const clock of clocks) line(`0${clock}`);
      } else if (edge.length > 0 || changes.length > 0) {
        line(`#${time}`);
        for (const domain of edge) line(`1${clocks[domain]}`);
      }
      // One net may have several names, and with them the same change several times.
      for (const change of new Set(changes)) line(change);
      if (time === 0) line('$end');
      if (edge.length > 0) {
        line(`#${time + period / 2}`);
        for (const domain of edge) line(`0${clocks[domain]}`);
      }
      changes = [];
      time += period;
    },
    end() {
      line(`#${time}`);
      flush();
    },
  };
}

function hierarchyOf(signals: readonly TracedSignal[]): Scope {
  const top: Scope = { signals: [], scopes: new Map() };
  for (const signal of signals) {
    const levels = signal.path.split('.');
    const name = levels.pop()!;
    let scope = top;
    for (const level of levels) {
      let inner = scope.scopes.get(level);
      if (inner === undefined) {
        inner = { signals: [], scopes: new Map() };
        scope.scopes.set(level, inner);
      }
      scope = inner;
    }
    scope.signals.push([name, signal]);
  }
  return top;
}

/** A short name of printable characters, `!` to `~`. */
function identifier(index: number): string {
  let text = '';
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 94) - 1)
    text = String.fromCharCode(33 + (rest % 94)) + text;
  return text;
}
