import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../hdl-gen/cli/random.ts';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { ternaryStream } from '../../rtl/ternary/index.ts';
import { keepAlive } from '../../rtl/top/index.ts';
import {
  type Drive,
  type PlacedCircuit,
  readPlaced,
  Sources,
  settledAfterPs,
  TransitionCounter,
  timedVerilog,
} from '../../sim/timed/index.ts';
import { parseSdf, placeOnce } from '../../synth/index.ts';
import { atMost, forComparison, type Subject } from '../row.ts';

const cycles = 10_000;
const comparedCycles = 200;

/**
 * Speed of the simulation with time, with new random bits in the registers before the circuit in every cycle, and what it
 * counts against Icarus Verilog with the same delays, where that is on the machine.
 */
export const measureTimed: Subject = async add => {
  const array = await placed(64, 1, 'up5k');
  const found = timed(array);
  const { tables } = array.netlist;
  add(
    atMost(
      60,
      `64 lanes on UP5K, ${tables.length} tables, with glitches: ${grouped(cycles)} cycles`,
      found.seconds,
      's',
    ),
  );
  add(forComparison('  changes in a cycle', found.changes, ''));
  if (spawnSync('iverilog', ['-V']).error === undefined) {
    const { nets, differ } = againstIcarus(array);
    add(atMost(0, `  of ${nets} nets, counts that are not those of Icarus`, differ, ''));
  } else console.error('iverilog is not on this machine: the comparison with it is left out');

  const large = await placed(64, 4, 'hx8k');
  const cells = large.cells;
  const slow = timed(large);
  add(
    atMost(60, `${grouped(cells)} logic cells, with glitches: ${grouped(cycles)} cycles`, slow.seconds, 's'),
  );
  add(forComparison('  changes in a cycle', slow.changes, ''));
};

interface PlacedArray extends PlacedCircuit {
  readonly cells: number;
}

async function placed(lanes: number, rows: number, device: string): Promise<PlacedArray> {
  const maxK = 64 * lanes;
  const design = elaborate(
    keepAlive(ternaryStream({ lanes, rows, activationBits: 8, maxK, initBits: 16, pipeline: 1 }), {
      ownBits: false,
    }),
  );
  const files = Object.fromEntries(
    emitVerilog(design).map(({ name, text }) => [name, text.replaceAll(/\(\* src = "[^"]*" \*\)\s*/g, '')]),
  );
  const top = design.top.component;
  const { placedJson, sdf, resources } = await placeOnce({ files, top, device, targetMHz: 48, seed: 1 });
  return { ...readPlaced(placedJson, parseSdf(sdf)), cells: resources.lc.used };
}

/** All cycles once, with the engine that tells what the registers do, and in which nothing is warm. */
function timed(array: PlacedArray): { readonly seconds: number; readonly changes: number } {
  const sources = new Sources(array);
  const counter = new TransitionCounter(array.netlist, { periodPs: periodOf(array) });
  const random = new Random(12345, 1);
  const begin = performance.now();
  for (let done = 0; done < cycles; done += 1000) counter.run(sources.next(1000, drawn(random)));
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, changes: counter.all.reduce((sum, each) => sum + each, 0) / counter.cycles };
}

function drawn(random: Random): Drive {
  return inputs => {
    for (let cycle = 0; cycle < inputs.cycles; cycle++) {
      inputs.set('serial_in', cycle, random.next() & 1);
      inputs.set('capture', cycle, random.next() & 1);
    }
  };
}

/** As long as everything takes in the worst case. */
function periodOf({ netlist }: PlacedCircuit): number {
  return 2 * Math.ceil(settledAfterPs(netlist, 0) / 2) + 2;
}

function againstIcarus(array: PlacedArray) {
  const { netlist } = array;
  const periodPs = periodOf(array);
  const values = new Sources(array).next(comparedCycles, drawn(new Random(12345, 2)));
  const counter = new TransitionCounter(netlist, { periodPs });
  counter.run(values);
  const count = netlist.sources.length;
  const rows = Array.from({ length: comparedCycles }, (_, cycle) =>
    values
      .slice(cycle * count, (cycle + 1) * count)
      .reverse()
      .join(''),
  );
  const folder = mkdtempSync(join(tmpdir(), 'tercet-bench-'));
  try {
    writeFileSync(join(folder, 'values.txt'), rows.join('\n'));
    const options = { periodPs, cycles: comparedCycles, valuesFile: 'values.txt' };
    writeFileSync(join(folder, 'timed.v'), timedVerilog(netlist, options));
    execFileSync('iverilog', ['-g2005', '-o', 'timed.vvp', 'timed.v'], { cwd: folder });
    const said = execFileSync('vvp', ['-n', 'timed.vvp'], { cwd: folder, maxBuffer: 1 << 28 }).toString();
    const theirs = said.match(/^\d+ \d+$/gm) ?? [];
    const ours = netlist.nets.map((_, i) => `${counter.functional[i]} ${counter.all[i]}`);
    return { nets: ours.length, differ: ours.filter((each, i) => each !== theirs[i]).length };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
