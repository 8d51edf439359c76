import { findDevice } from '../../synth/index.ts';
import { type Placed, place, placeFitting } from '../placed.ts';
import { atLeast, forComparison, type Row, type Subject } from '../row.ts';
import {
  behavioural,
  type Chip,
  type Contestant,
  fp16,
  int8Dsp,
  int8Luts,
  int8Star,
  tree,
  treeFolded,
} from './contestants.ts';

/** Our families for ternary weights. */
const ours: readonly Contestant[] = [tree, treeFolded];

const lanes = 8;
const seeds = [1, 2, 3, 4];
/** A full chip takes minutes; they are the same seeds for all. */
const chipSeeds = [1, 2];

/** Our arrays and their peers in the same wrapper, with the same seeds: 8 lanes of each, and a full chip of each. */
export const measure: Subject = async add => {
  for (const each of [...ours, behavioural, int8Luts, int8Star, fp16]) await addLanes(add, each, 'hx8k');
  for (const each of [...ours, int8Dsp]) await addLanes(add, each, 'up5k');

  const own = await addChip(add, treeFolded, 'hx8k', 80);
  for (const [peer, goal] of [
    [behavioural, 3],
    [int8Luts, 6],
    [fp16, 30],
  ] as const) {
    const gmacs = await addChip(add, peer, 'hx8k');
    add(atLeast(goal, `  tree-folded on the same chip, against ${peer.name}`, own / gmacs, 'times'));
  }
  const ownUp5k = await addChip(add, treeFolded, 'up5k', 20);
  const gmacs = await addChip(add, int8Dsp, 'up5k');
  add(forComparison(`  tree-folded on the same chip, against ${int8Dsp.name}`, ownUp5k / gmacs, 'times'));
};

async function addLanes(add: (row: Row) => void, contestant: Contestant, device: string): Promise<void> {
  const { name, array, files } = contestant;
  const { cells, fmaxMHz } = await placeFitting(array(lanes, 1), { device, seeds, files });
  add(forComparison(`${name}, ${lanes} lanes, ${device}: LC per MAC`, cells / lanes, 'LC'));
  add(forComparison('  its Fmax, best of 4 seeds', fmaxMHz, 'MHz'));
  add(forComparison('  for 1,000 LC', (lanes * fmaxMHz) / cells, 'GMAC/s'));
}

/** Fills a chip; gives its GMAC/s, of which `goal` are asked for. */
async function addChip(
  add: (row: Row) => void,
  contestant: Contestant,
  device: Chip,
  goal?: number,
): Promise<number> {
  const { rows, placed } = await fill(contestant, device);
  const macs = rows * contestant.chipLanes[device];
  const gmacs = (macs * placed.fmaxMHz) / 1000;
  add(forComparison(`${contestant.name}, a full ${device}: MACs in a cycle`, macs, 'MACs'));
  add(forComparison('  of its cells in use', (100 * placed.allCells) / findDevice(device).lc, '%'));
  add(forComparison('  its Fmax, best of 2 seeds', placed.fmaxMHz, 'MHz'));
  const rate = ['  at most', gmacs, 'GMAC/s'] as const;
  add(goal === undefined ? forComparison(...rate) : atLeast(goal, ...rate));
  return gmacs;
}

/** As many rows as place and route, found from above: what does not fit is refused before it is placed. */
async function fill(
  { array, chipLanes, mostRows, files }: Contestant,
  device: Chip,
): Promise<{ rows: number; placed: Placed }> {
  const placing = { device, seeds: chipSeeds, files };
  const one = await placeFitting(array(chipLanes[device], 1), placing);
  for (let rows = mostRows ?? Math.floor(findDevice(device).lc / one.cells); rows > 1; rows--) {
    const placed = await place(array(chipLanes[device], rows), placing);
    if (placed !== undefined) return { rows, placed };
  }
  return { rows: 1, placed: one };
}
