import { coefficientsOf, type Estimate, estimate, wholeChip } from '../../energy/index.ts';
import { placeOnPins } from '../../hdl-gen/cli/energy/on-pins.ts';
import { play } from '../../hdl-gen/cli/energy/played.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { type Arch, type ArrayParameters, ternaryArray } from '../../rtl/ternary/index.ts';
import { keepAlive } from '../../rtl/top/index.ts';
import { cellsWithin, findDevice } from '../../synth/index.ts';
import { type Contestant, fp16, int8Luts } from '../peers/contestants.ts';
import { atLeast, forComparison, type Row, type Subject } from '../row.ts';
import { type Codes, type Feed, fp16Feed, int8Feed, ternaryFeed } from './feeds.ts';
import { type ClaimProduct, claimProduct, inLanes } from './product.ts';

const device = findDevice('up5k');
const clockMHz = 12;
/** Then the placement does not wait for a slow clock, and says how fast it can be. */
const targetMHz = 100;
/** Energies of arrays with more lanes are the mean of placements with these; a clock is that of the first one. */
const seeds = [1, 2, 3];
const cycles = 2000;
const warmUp = 200;
/** How much later than the activations `first` is due, beside a cycle for each level of the tree. */
const int8Delay = 4;

interface About {
  readonly name: string;
  readonly lanes: number;
  readonly bitsPerWeight: number;
}

/** The same product in several ways. */
interface Fed {
  readonly usual: Feed;
  /** With neighbouring columns in one lane. */
  readonly inLanes?: Feed;
  /** With the codes of trits for weights 0. */
  readonly withTrits?: Feed;
}

/** What one kind of weights takes. */
interface Measured extends About {
  readonly lcPerMac: number;
  readonly fmaxMHz: number;
  /** The part of its beats that are products: others bring the constants of its codes. */
  readonly share: number;
  /** pJ for a MAC without the chip's static current and its clock network, and with its share of them on a full chip. */
  readonly own: number;
  readonly onFullChip: number;
  /** `own` for what else it was fed with. */
  readonly inLanes: number | undefined;
  readonly withTrits: number | undefined;
}

/** As many lanes as the largest has room for on an UP5K, and as many as all but fp16 have. */
const fewLanes = 4;
const moreLanes = 16;

/**
 * The same product of digits with four kinds of weights, in the same wrapper, flow and clock on an UP5K. In arrays of few lanes the
 * accumulator, of which there is one for all lanes, counts most with the smallest; so those that fit are there with more.
 */
export const measure: Subject = async add => {
  const product = claimProduct();
  const few = await measureAll(product, fewLanes);
  const aboutHalf = { name: 'fp16 weights (fp16_chain)', lanes: fewLanes, bitsPerWeight: 16 };
  const half = await measurePeer(aboutHalf, fp16, {
    usual: { inputs: fp16Feed(product, fewLanes, cycles + warmUp), share: 1 },
  });
  const more = await measureAll(product, moreLanes);
  for (const each of [few.tree, few.folded, few.binary, few.int8, half]) addOne(add, each);
  for (const each of [more.tree, more.folded, more.binary, more.int8]) addOne(add, each);
  for (const { name, lanes, own, withTrits } of [few.tree, few.folded, more.tree, more.folded])
    add(
      forComparison(
        `${name}, ${lanes} lanes: less as weights 0 keep a sign`,
        100 * (1 - own / withTrits!),
        '%',
      ),
    );

  const ratio = (a: Measured, b: Measured): number => a.own / b.own;
  const what = (a: string, b: string, lanes: number): string =>
    `${a} against ${b}, ${lanes} lanes: energy of a product`;
  add(atLeast(8, what('int8', 'tree-folded', moreLanes), ratio(more.int8, more.folded), 'times'));
  add(forComparison(what('int8', 'tree-folded', fewLanes), ratio(few.int8, few.folded), 'times'));
  add(forComparison(what('int8', 'tree', moreLanes), ratio(more.int8, more.tree), 'times'));
  add(
    forComparison(
      '  with neighbouring columns in one lane, against tree-folded',
      more.int8.inLanes! / more.folded.inLanes!,
      'times',
    ),
  );
  add(forComparison(what('int8', 'binary', moreLanes), ratio(more.int8, more.binary), 'times'));
  add(atLeast(25, what('fp16', 'tree-folded', fewLanes), ratio(half, few.folded), 'times'));
  add(forComparison(what('fp16', 'tree', fewLanes), ratio(half, few.tree), 'times'));
  add(forComparison(what('fp16', 'binary', fewLanes), ratio(half, few.binary), 'times'));
  compareChips(add, 'int8 against tree-folded', more.int8, more.folded, 8);
  compareChips(add, 'fp16 against tree-folded', half, few.folded, 25);
  compareChips(add, 'fp16 against binary', half, few.binary);
  const less = (bits: number): number => 100 * (1 - bits / half.bitsPerWeight);
  add(forComparison('less memory for weights than fp16: ternary in 2 bits', less(2), '%'));
  add(forComparison('  ternary in 1.6 bits (5in8)', less(1.6), '%'));
  add(forComparison('  -1, +1 in 1 bit', less(1), '%'));

  // BitNet b1.58 (arXiv 2402.17764), 3B on a GPU, against fp16; what can be compared is in docs/energy.md.
  add(forComparison('BitNet b1.58 says of a whole model on a GPU: as fast as', 2.71, 'times fp16'));
  add(forComparison('  less memory', 72, '%'));
  add(forComparison('  less energy', 94, '%'));
};

async function measureAll(product: ClaimProduct, lanes: number) {
  const ours = (name: string, bitsPerWeight: number, arch: Arch) =>
    measureOurs({ name, lanes, bitsPerWeight }, arch, product);
  const fed = (of: ClaimProduct): Feed => ({
    inputs: int8Feed(of, lanes, int8Delay + Math.log2(lanes), cycles + warmUp),
    share: 1,
  });
  return {
    tree: await ours('weights -1, 0, +1 (tree)', 2, 'tree'),
    folded: await ours('weights -1, 0, +1 (tree-folded)', 2, 'tree-folded'),
    binary: await ours('weights -1, +1 (binary)', 1, 'binary'),
    int8: await measurePeer({ name: 'int8 weights (int8_lut)', lanes, bitsPerWeight: 8 }, int8Luts, {
      usual: fed(product),
      inLanes: fed(inLanes(product, lanes)),
    }),
  };
}

function addOne(add: (row: Row) => void, { name, lanes, ...figures }: Measured): void {
  add(forComparison(`${name}, ${lanes} lanes, UP5K: cells`, figures.lcPerMac, 'LC per MAC'));
  add(forComparison('  its Fmax, one seed', figures.fmaxMHz, 'MHz'));
  add(forComparison('  beats that are products, not constants of codes', 100 * figures.share, '%'));
  add(forComparison('  products a second on 1,000 cells', rateOf(figures), 'GMAC/s'));
  add(forComparison('  bits for a weight', figures.bitsPerWeight, 'bits'));
  add(forComparison('  energy of a product, array alone', figures.own, 'pJ'));
  add(forComparison("  with its share of a full chip's clock and static current", figures.onFullChip, 'pJ'));
}

/** Products a second on a thousand cells, in GMAC/s. */
function rateOf({ fmaxMHz, lcPerMac, share }: Omit<Measured, keyof About>): number {
  return (fmaxMHz * share) / lcPerMac;
}

/** Chips that are full of one or the other, with their clock and static current. */
function compareChips(
  add: (row: Row) => void,
  name: string,
  more: Measured,
  less: Measured,
  goal?: number,
): void {
  const energy = [
    `${name}, on full chips: energy of a product`,
    more.onFullChip / less.onFullChip,
    'times',
  ] as const;
  add(goal === undefined ? forComparison(...energy) : atLeast(goal, ...energy));
  const times = rateOf(less) / rateOf(more);
  add(forComparison('  products a second at equal area, the other way round', times, 'times'));
}

async function measureOurs(about: About, arch: Arch, product: ClaimProduct): Promise<Measured> {
  const { lanes } = about;
  const parameters: ArrayParameters = {
    ...{ lanes, rows: 1, activationBits: 8, maxK: 4096, initBits: 0, pipeline: 1, arch },
  };
  const fed = (of: ClaimProduct, codes: Codes): Feed => {
    const weights = arch === 'binary' ? of.binary : of.ternary;
    return ternaryFeed(of, weights, parameters, cycles + warmUp, codes);
  };
  const circuit = ternaryArray(parameters) as unknown as ReturnType<Contestant['array']>;
  return measureCircuit(
    about,
    circuit,
    {},
    {
      usual: fed(product, 'quiet'),
      inLanes: fed(inLanes(product, lanes), 'quiet'),
      withTrits: fed(product, 'trits'),
    },
  );
}

function measurePeer(about: About, { array, files }: Contestant, fed: Fed): Promise<Measured> {
  return measureCircuit(about, array(about.lanes, 1), files, fed);
}

async function measureCircuit(
  about: About,
  circuit: ReturnType<Contestant['array']>,
  files: Contestant['files'],
  fed: Fed,
): Promise<Measured> {
  const placements: Measured[] = [];
  for (const seed of about.lanes === moreLanes ? seeds : seeds.slice(0, 1))
    placements.push(await measurePlacement(about, circuit, files, fed, seed));
  const mean = (of: (each: Measured) => number): number =>
    placements.reduce((sum, each) => sum + of(each), 0) / placements.length;
  return {
    ...placements[0]!,
    own: mean(({ own }) => own),
    onFullChip: mean(({ onFullChip }) => onFullChip),
    inLanes: fed.inLanes && mean(({ inLanes }) => inLanes!),
    withTrits: fed.withTrits && mean(({ withTrits }) => withTrits!),
  };
}

async function measurePlacement(
  about: About,
  circuit: ReturnType<Contestant['array']>,
  files: Contestant['files'],
  fed: Fed,
  seed: number,
): Promise<Measured> {
  console.error(`placing ${circuit.component} with seed ${seed} …`);
  const design = elaborate(keepAlive(circuit));
  const { placed, top } = await placeOnPins(design, { device, clockMHz, targetMHz, seed }, files);
  const flat = elaborate(circuit).circuit;
  const lcPerMac = cellsWithin(placed.resources, 'core') / about.lanes;
  const toPj = 1000 / clockMHz;
  /** The array alone, and what belongs to the chip. */
  const energyOf = async ({ inputs, share }: Feed) => {
    const { activity } = await play(placed, flat, inputs, { clockMHz, from: warmUp, cycles, seed: 1 });
    const { byModule } = estimate(placed.design, activity, coefficientsOf(device));
    const own = powerOf(byModule, module => module.startsWith(`${top}.core`));
    return {
      own: (toPj * own) / about.lanes / share,
      chip: (toPj * powerOf(byModule, module => module === wholeChip)) / share,
    };
  };
  const { own, chip } = await energyOf(fed.usual);
  return {
    ...about,
    lcPerMac,
    fmaxMHz: placed.fmaxMHz ?? 0,
    share: fed.usual.share,
    own,
    onFullChip: own + chip / Math.floor(device.lc / lcPerMac),
    inLanes: fed.inLanes && (await energyOf(fed.inLanes)).own,
    withTrits: fed.withTrits && (await energyOf(fed.withTrits)).own,
  };
}

/** The middle figure of some modules, in mW. */
function powerOf(byModule: Estimate['byModule'], isTaken: (module: string) => boolean): number {
  return [...byModule]
    .filter(([module]) => isTaken(module))
    .flatMap(([, of]) => Object.values(of))
    .reduce((all, { mid }) => all + mid, 0);
}
