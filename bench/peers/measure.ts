import { findDevice } from '../../synth/index.ts';
import { type NotPlaced, type Placed, place, placeFitting } from '../placed.ts';
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
const chipSeeds = [1, 2, 3];
/** Time that nextpnr has for a full chip with a seed; a placer that is short of room may look for hours. */
const limitSeconds = 1800;

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
  const { rows, placed, limit } = await fill(contestant, device);
  const macs = rows * contestant.chipLanes[device];
  const gmacs = (macs * placed.fmaxMHz) / 1000;
  add(forComparison(`${contestant.name}, a full ${device}: MACs in a cycle`, macs, 'MACs'));
  add(forComparison('  of its cells in use', (100 * placed.allCells) / findDevice(device).lc, '%'));
  add(forComparison(`  not so many (${limit})`, macs + contestant.chipLanes[device], 'MACs'));
  add(forComparison('  its Fmax, best of 3 seeds', placed.fmaxMHz, 'MHz'));
  const rate = ['  at most', gmacs, 'GMAC/s'] as const;
  add(goal === undefined ? forComparison(...rate) : atLeast(goal, ...rate));
  return gmacs;
}

/**
 * As many rows as place and route: from three fifths of those for which there are cells up to the first number of rows that has no
 * place with the first seed, or from there down to the first one that has. So only one size is tried for which nextpnr looks for a
 * place until it gives up, or until the time is over. The clock is that of the best of the seeds.
 */
async function fill(
  { array, chipLanes, mostRows = Number.POSITIVE_INFINITY, files }: Contestant,
  device: Chip,
): Promise<{ rows: number; placed: Placed; limit: string }> {
  const placing = { device, seeds: chipSeeds.slice(0, 1), files, limitSeconds };
  const lanes = chipLanes[device];
  const isPlaced = (tried: Placed | NotPlaced): tried is Placed => !('why' in tried);
  let rows = 1;
  if (mostRows > 1) {
    const one = await placeFitting(array(lanes, 1), placing);
    const two = await placeFitting(array(lanes, 2), placing);
    const each = two.allCells - one.allCells;
    rows = Math.max(1, Math.floor((0.6 * (findDevice(device).lc - one.allCells)) / each));
  }
  let limit = 'the chip has no blocks for more';
  while (rows < mostRows) {
    const tried = await place(array(lanes, rows + 1), placing);
    if (!isPlaced(tried)) {
      limit = tried.why;
      break;
    }
    rows++;
  }
  for (; ; rows--) {
    const placed = await place(array(lanes, rows), { ...placing, seeds: chipSeeds });
    if (isPlaced(placed)) return { rows, placed, limit };
    limit = placed.why;
  }
}
