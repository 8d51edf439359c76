import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { straight } from '../../rtl/ternary/hardwired/assemble.ts';
import {
  type AdderGraph,
  addersOf,
  hardwiredParallel,
  hardwiredSerial,
  planAdders,
} from '../../rtl/ternary/index.ts';
import { placeFitting } from '../placed.ts';
import { atMost, forComparison, type Subject } from '../row.ts';
import { drawMatrix, matrices, type NamedMatrix } from './matrices.ts';

const seeds = [1, 2, 3, 4];

/** Adders against da4ml, and logic cells with and without sharing. */
export const measure: Subject = async add => {
  const all = matrices();
  const { adders: theirs, version, isRecorded } = da4ml(all);
  const whose = `da4ml ${version}${isRecorded ? ' (recorded)' : ''}`;
  let [slowest, sum, theirSum] = [0, 0, 0];
  for (const [i, { name, rows }] of all.entries()) {
    const began = performance.now();
    const ours = addersOf(planAdders(rows));
    slowest = Math.max(slowest, performance.now() - began);
    sum += ours;
    theirSum += theirs[i]!;
    add(atMost(theirs[i]!, `adders, ${name}, against ${whose}`, ours, 'adders'));
  }
  add(forComparison('  all of them, fewer than those of da4ml by', 100 * (1 - sum / theirSum), '%'));
  add(forComparison('  the longest search for one matrix', slowest, 'ms'));

  const square = drawMatrix(64, 64, 1);
  const parameters = { activationBits: 8, pipeline: 1 };
  for (const [what, graph] of [
    ['shared', planAdders(square)],
    ['not shared', unshared(square)],
  ] as const) {
    const built = await placeFitting(hardwiredSerial({ graph, ...parameters }), { device: 'hx8k', seeds });
    const perWeight = built.cells / nonZero(square);
    const name = `bit-serial 64x64, half zero, ${what}: LC per weight that is not 0, HX8K`;
    add(what === 'shared' ? atMost(1.4, name, perWeight, 'LC') : forComparison(name, perWeight, 'LC'));
    add(forComparison('  its Fmax, best of 4 seeds', built.fmaxMHz, 'MHz'));
  }
  const small = drawMatrix(16, 32, 1);
  for (const [what, graph] of [
    ['shared', planAdders(small)],
    ['not shared', unshared(small)],
  ] as const) {
    const built = await placeFitting(hardwiredParallel({ graph, ...parameters }), { device: 'hx8k', seeds });
    const name = `word-parallel 16x32, half zero, ${what}: LC per weight, HX8K`;
    add(forComparison(name, built.cells / (16 * 32), 'LC'));
    add(forComparison('  its Fmax, best of 4 seeds', built.fmaxMHz, 'MHz'));
  }
};

/** Every row by itself. */
function unshared(matrix: readonly (readonly number[])[]): AdderGraph {
  const rows = matrix.map(row => new Map([...row.entries()].filter(([, entry]) => entry !== 0)));
  return straight(matrix[0]!.length, { pairs: [], rows });
}

function nonZero(matrix: readonly (readonly number[])[]): number {
  return matrix.flat().filter(entry => entry !== 0).length;
}

/** What da4ml needs: asked where `python3` has it, otherwise what it said before. */
function da4ml(all: readonly NamedMatrix[]): {
  readonly adders: readonly number[];
  readonly version: string;
  readonly isRecorded: boolean;
} {
  const script = fileURLToPath(new URL('count-da4ml.py', import.meta.url));
  const input = JSON.stringify(all.map(({ rows }) => rows));
  const { status, stdout } = spawnSync('python3', [script], { input, encoding: 'utf8' });
  if (status === 0) return { ...JSON.parse(stdout), isRecorded: false };
  const file = new URL('../../test/rtl/hardwired/da4ml.json', import.meta.url);
  const { adders, version } = JSON.parse(readFileSync(file, 'utf8'));
  return { adders: all.map(({ name }) => adders[name]), version, isRecorded: true };
}
