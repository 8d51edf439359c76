import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildDocument } from '../hdl-gen/cli/index.ts';
import { atMost, forComparison, median, type Row, type Subject } from './row.ts';

const main = fileURLToPath(new URL('../dist/hdl-gen/cli/main.js', import.meta.url));
const runs = 7;
const builds = 3;

/** The built command, as a process of its own: how long it takes, and how time and memory grow with the array. */
export const measure: Subject = async add => {
  const folder = mkdtempSync(join(tmpdir(), 'tercet-bench-'));
  try {
    const idle = medianOf(runs, () => time(['-e', '0']).seconds);
    const direct = medianOf(runs, () => time(generate(64, 1, folder)).seconds);
    const npx = medianOf(runs, () => throughNpx(folder));
    add(atMost(0.7, 'hdl-gen --lanes 64, whole process', direct, 's'));
    add(forComparison('  the same through npx', npx, 's'));
    add(forComparison('  an empty Node process', idle, 's'));
    addBuild(add, folder, 1, builds);
    addBuild(add, folder, 4, 1);
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

function medianOf(count: number, take: () => number): number {
  return median(Array.from({ length: count }, take));
}

/** As the README calls it, in the folder of the package. */
function throughNpx(folder: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync('npx', ['hdl-gen', '--lanes', '64', '--out', join(folder, 'npx')], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npx hdl-gen ended with ${status}:\n${stderr}`);
  return (performance.now() - start) / 1000;
}

/**
 * A whole build beside the time in which the tools themselves ran, as report.json tells it. What the build adds is
 * the rest: Node, the language, loading the tools' WebAssembly and chip database, the check, the report, the files.
 */
function addBuild(add: (row: Row) => void, folder: string, seeds: number, count: number): void {
  const out = join(folder, `build${seeds}`);
  const args = [main, 'build', '--lanes', '64', '--device', 'hx8k', '--seeds', String(seeds), '--out', out];
  const measured = Array.from({ length: count }, () => {
    const { seconds: whole } = time(args);
    const { seconds } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as BuildDocument;
    return { whole, tools: seconds.tools, share: (100 * (whole - seconds.tools)) / seconds.tools };
  });
  const [whole, tools, share] = (['whole', 'tools', 'share'] as const).map(key =>
    median(measured.map(figures => figures[key])),
  );
  const what = `hdl-gen build --lanes 64 --device hx8k${seeds === 1 ? '' : ` --seeds ${seeds}`}`;
  add(forComparison(`${what}, whole process`, whole!, 's'));
  add(forComparison('  in which Yosys, nextpnr or icepack ran', tools!, 's'));
  add(atMost(5, '  what the build adds to that', share!, '% of it'));
}

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
