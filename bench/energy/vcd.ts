import { readVcd } from '../../sim/activity/index.ts';
import { atMost, forComparison, type Subject } from '../row.ts';

const variables = 5000;
const megabytes = 1000;
const changesInMoment = 500;

/** Speed and memory of reading activity from a VCD file, which is made as it is read: changes of random bits. */
export const measureVcd: Subject = async add => {
  const nets = Array.from({ length: variables }, (_, i) => ({ bit: i, name: `n${i}`, names: [`n${i}`] }));
  const pieces = new Pieces();
  const before = process.memoryUsage().rss;
  const { counts } = await readVcd(pieces.all(), nets);
  const all = counts.reduce((sum, each) => sum + each.all, 0);
  add(
    forComparison(`VCD of ${variables} nets, read and counted`, pieces.bytes / 1e6 / pieces.seconds, 'MB/s'),
  );
  add(atMost(0, '  changes that were lost', pieces.changes - all, ''));
  add(
    forComparison(
      `  memory that ${megabytes} MB take more, with what makes them`,
      (pieces.mostMemory - before) / 1e6,
      'MB',
    ),
  );
};

/** A VCD file in pieces of 1 MB. What is done with them between two is timed by processor time, not what makes them. */
class Pieces {
  bytes = 0;
  changes = 0;
  seconds = 0;
  mostMemory = 0;

  *all(): Generator<Uint8Array> {
    const declared = Array.from({ length: variables }, (_, i) => `$var wire 1 ${codeOf(i)} n${i} $end\n`);
    yield Buffer.from(`$timescale 1ps $end\n${declared.join('')}$enddefinitions $end\n#0\n`);
    const codes = Array.from({ length: variables }, (_, i) => codeOf(i));
    const value = new Uint8Array(variables).fill(2);
    const changedAt = new Float64Array(variables);
    let state = 1;
    let now = 0;
    while (this.bytes < megabytes * 1e6) {
      const lines: string[] = [];
      for (let length = 0; length < 1_000_000; ) {
        now += 10_000;
        lines.push(`#${now}`);
        for (let i = 0; i < changesInMoment; i++) {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          const net = (state >>> 12) % variables;
          if (changedAt[net] === now) continue;
          changedAt[net] = now;
          if (value[net] === 2) value[net] = 0;
          else {
            value[net]! ^= 1;
            this.changes++;
          }
          lines.push(`${value[net]}${codes[net]}`);
          length += 4;
        }
      }
      const piece = Buffer.from(`${lines.join('\n')}\n`);
      this.bytes += piece.length;
      const begin = process.cpuUsage();
      yield piece;
      const { user, system } = process.cpuUsage(begin);
      this.seconds += (user + system) / 1e6;
      this.mostMemory = Math.max(this.mostMemory, process.memoryUsage().rss);
    }
  }
}

/** The codes that most programs write: characters from `!` to `~`, counted up. */
function codeOf(index: number): string {
  let text = '';
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 94) - 1)
    text = String.fromCharCode(33 + (rest % 94)) + text;
  return text;
}
