import { findDevice } from '../../synth/index.ts';
import { type Placed, place, placeFitting } from '../placed.ts';
import { atLeast, forComparison, type Row, type Subject } from '../row.ts';
import { behavioural, type Contestant, fp16, int8Dsp, int8Luts, int8Star, tree } from './contestants.ts';

/** Our families. */
const ours: readonly Contestant[] = [tree];

const lanes = 8;
const seeds = [1, 2, 3, 4];
/** A full chip takes minutes. */
const chipSeeds = [1, 2];

/** Our arrays and their peers in the same wrapper, with the same seeds: 8 lanes of each, and a full chip of each. */
export const measure: Subject = async add => {
  for (const each of [...ours, behavioural, int8Luts, int8Star, fp16]) await addLanes(add, each, 'hx8k');
  for (const each of [...ours, int8Dsp]) await addLanes(add, each, 'up5k');

  const best = await addBestChip(add, 'hx8k');
  for (const [peer, goal] of [
    [behavioural, 3],
    [int8Luts, 6],
    [fp16, 30],
  ] as const) {
    const gmacs = await addChip(add, peer, 'hx8k');
    add(atLeast(goal, `  our best on the same chip, against ${peer.name}`, best / gmacs, 'times'));
  }
  const bestUp5k = await addBestChip(add, 'up5k');
  const gmacs = await addChip(add, int8Dsp, 'up5k');
  add(forComparison(`  our best on the same chip, against ${int8Dsp.name}`, bestUp5k / gmacs, 'times'));
};

async function addLanes(add: (row: Row) => void, contestant: Contestant, device: string): Promise<void> {
  const { name, array, files } = contestant;
  const { cells, fmaxMHz } = await placeFitting(array(lanes, 1), { device, seeds, files });
  add(forComparison(`${name}, ${lanes} lanes, ${device}: LC per MAC`, cells / lanes, 'LC'));
  add(forComparison('  its Fmax, best of 4 seeds', fmaxMHz, 'MHz'));
  add(forComparison('  for 1,000 LC', (lanes * fmaxMHz) / cells, 'GMAC/s'));
}

async function addBestChip(add: (row: Row) => void, device: string): Promise<number> {
  let best = 0;
  for (const each of ours) best = Math.max(best, await addChip(add, each, device));
  return best;
}

/** Fills a chip; gives its GMAC/s. */
async function addChip(add: (row: Row) => void, contestant: Contestant, device: string): Promise<number> {
  const { rows, placed } = await fill(contestant, device);
  const macs = rows * contestant.chipLanes;
  const gmacs = (macs * placed.fmaxMHz) / 1000;
  add(forComparison(`${contestant.name}, a full ${device}: MACs in a cycle`, macs, 'MACs'));
  add(forComparison('  of its cells in use', (100 * placed.allCells) / findDevice(device).lc, '%'));
  add(forComparison('  its Fmax, best of 2 seeds', placed.fmaxMHz, 'MHz'));
  add(forComparison('  at most', gmacs, 'GMAC/s'));
  return gmacs;
}

/** As many rows as place and route, found from above: what does not fit is refused before it is placed. */
async function fill(
  { array, chipLanes, mostRows, files }: Contestant,
  device: string,
): Promise<{ rows: number; placed: Placed }> {
  const placing = { device, seeds: chipSeeds, files };
  const one = await placeFitting(array(chipLanes, 1), placing);
  for (let rows = mostRows ?? Math.ceil(findDevice(device).lc / one.cells); rows > 1; rows--) {
    const placed = await place(array(chipLanes, rows), placing);
    if (placed !== undefined) return { rows, placed };
  }
  return { rows: 1, placed: one };
}
