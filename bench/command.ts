import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atMost, forComparison, median, type Subject } from './row.ts';

const main = fileURLToPath(new URL('../dist/hdl-gen/cli/main.js', import.meta.url));
const runs = 7;

/** How long `hdl-gen` takes as a whole process, and how time and memory grow with the array. */
export const measure: Subject = async add => {
  const folder = mkdtempSync(join(tmpdir(), 'tercet-bench-'));
  try {
    const idle = median(Array.from({ length: runs }, () => time(['-e', '0']).seconds));
    const first = median(Array.from({ length: runs }, () => time(generate(64, 1, folder)).seconds));
    add(atMost(0.7, 'hdl-gen --lanes 64, whole process', first, 's'));
    add(forComparison('  an empty Node process', idle, 's'));
    const grown = [128, 256, 512, 1024].map(lanes => ({ lanes, ...time(generate(lanes, 8, folder)) }));
    for (const { lanes, seconds, megabytes } of grown) {
      add(forComparison(`hdl-gen --lanes ${lanes} --rows 8, whole process`, seconds, 's'));
      add(forComparison('  its peak memory', megabytes, 'MB'));
    }
    const [small, , , large] = grown;
    const time8 = (large!.seconds - idle) / (small!.seconds - idle);
    add(atMost(8 * 1.1, '  time from 128 to 1024 lanes x 8 rows (8 is linear)', time8, 'times'));
    const memory8 = large!.megabytes / small!.megabytes;
    add(atMost(8 * 1.1, '  memory from 128 to 1024 lanes x 8 rows (8 is linear)', memory8, 'times'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function generate(lanes: number, rows: number, folder: string): string[] {
  return [main, '--lanes', String(lanes), '--rows', String(rows), '--out', join(folder, `${lanes}x${rows}`)];
}

/** Runs Node and reads the peak memory from the operating system's account of the process. */
function time(args: readonly string[]): { seconds: number; megabytes: number } {
  const probe = `process.on('exit',()=>process.stderr.write('\\npeak '+process.resourceUsage().maxRSS+'\\n'))`;
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(probe)}`, ...args],
    { encoding: 'utf8' },
  );
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}`);
  return { seconds, megabytes: Number(/peak (\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024 };
}
