/*
 * Where each weight lies in the weight store, and each activation in the activation buffer: the one place where it is
 * told. The packer writes what these numbers say, the core is built from them, and nobody else knows.
 *
 * **Beats and steps.** A beat is what one row takes in a cycle: `lanes` products. A step is one beat for each of the `batch`
 * vectors, so it takes `batch` cycles; in all of them the weights are the same. The steps of a block of columns are its
 * beats, one tile of `rows` rows after the other, and then some more, in which what works later comes to its end:
 *
 *     step   0        1        …  b-1        b        …             t*b      …
 *            tile 0   tile 0      tile 0     tile 1   …  last tile  (rest)   next block
 *            beat 0   beat 1      last beat  beat 0      last beat
 *
 * **The store.** Its words are narrower than a step where the batch allows it: a step takes `wordsPerStep` words, which are
 * read one after the other while the weights of the step before are still at work.
 *
 *     address   0              1              …  W-1            W
 *               step 0 word 0  step 0 word 1     step 0 last    step 1 word 0
 *
 * The bits of a word are places, the first one lowest: a bit each, or a code of 0, 1 or 3 each, five in a byte (the trits
 * 0, +1 and -1 of `5in8`). Bits that are left over at the top of a word are 0.
 *
 * **Rows.** All rows begin a tile together, or (`rowSteps` is 1) row r begins it r steps after row 0, so that one row at a time
 * has a sum to hand over. It begins with beat r then, which has its turn, and ends with beat r - 1: the beats of a block come
 * round again for each tile, and a sum does not ask for their order. Where activations go through a register more on their way
 * to some rows, all codes of these rows are due as many cycles later (`rowTimes`).
 *
 * **Skew.** Not everything of a beat is due at the same time: the lanes of a folded array enter at different depths of its
 * sum. Nothing waits for that in registers; it lies in the store at another step. A code that is due t cycles after the first of its beat stands
 * floor((t - phase) / batch) steps later, where `phase` is the cycle of the step in which its word is read:
 *
 *               due 0    due 1    due 2
 *     step 0    beat 0   -        -          batch 1: three lanes of which each is due a cycle after the one before
 *     step 1    beat 1   beat 0   -
 *     step 2    beat 2   beat 1   beat 0
 *
 * What is left, t - phase modulo `batch`, is a time within a step. A code is taken out of its word at once where that is 0,
 * and waits in a register where it is not. So words hold codes that are due in the same cycle of a step, as far as these
 * fill a word, and are read in that cycle.
 *
 * **Activations.** The buffer has a column for each lane. The beats of a job are read again for each tile of rows, so a column
 * is a ring: a lane that is due t cycles late has its column turned by t places.
 */

/** The numbers that decide the layout. */
export interface ImageGeometry {
  readonly lanes: number;
  readonly rows: number;
  /** Steps by which each row begins a tile later than the one before. */
  readonly rowSteps: 0 | 1;
  /** Cycles by which each row takes everything later than row 0, beside that. */
  readonly rowTimes: readonly number[];
  /** Vectors that share one read of the weights. */
  readonly batch: number;
  /** Bits of a word of the weight store. */
  readonly wordBits: number;
  readonly packing: Packing;
  /** When each bit of each code of a row is due, in cycles after the first of its beat. */
  readonly codeTimes: readonly (readonly number[])[];
  /** When the activation of each lane is due. */
  readonly activationTimes: readonly number[];
  /** Registers that an activation goes through between the buffer and the array: 0 or 1. */
  readonly activationRegisters: 0 | 1;
  /** Registers that a word of weights goes through between the store and what takes it apart: 0 or 1. */
  readonly weightRegisters: 0 | 1;
}

/** How codes lie in a word: each bit at a place of its own, or codes 0, 1 and 3 five in a byte. */
export type Packing = 'bits' | '5in8';

/** A code, or one bit of it, of one row: where it lies and when it is used. */
export interface PlacedCode {
  readonly row: number;
  /** Its number among the codes of the row. */
  readonly code: number;
  /** The lowest of its bits that is here, and how many are. */
  readonly bit: number;
  readonly bits: number;
  /** The word of a step, and the place in it. */
  readonly word: number;
  readonly place: number;
  /** Steps that it stands later than those of row 0 that are due first. */
  readonly shift: number;
  /** For each of its bits the cycles from the time at which it comes out of the store to that at which it is due. */
  readonly waits: readonly number[];
}

/** The layout of weights and activations. */
export interface ImageLayout {
  readonly geometry: ImageGeometry;
  readonly wordsPerStep: number;
  /** The cycle of a step in which each word is read; they grow. */
  readonly phases: readonly number[];
  readonly codes: readonly PlacedCode[];
  /** Steps from the last one of a block until all of its codes have been taken out of the store, and are safe there. */
  readonly lastTake: number;
  /** For each lane the places by which its column of activations is turned. */
  readonly turns: readonly number[];
  /** Cycles that the first activations of a job wait for the first weights. */
  readonly lead: number;
}

/** Places of a word. */
export function placesIn({ wordBits, packing }: ImageGeometry): number {
  return packing === 'bits' ? wordBits : 5 * Math.floor(wordBits / 8);
}

/** The bit of a word at which a place begins, or the byte that it is in. */
export function byteOf(place: number): { readonly byte: number; readonly trit: number } {
  return { byte: Math.floor(place / 5), trit: place % 5 };
}

/**
 * The layout for some numbers.
 * @throws RangeError where the words of a step are more than the cycles in which they can be read.
 */
export function imageLayout(geometry: ImageGeometry): ImageLayout {
  const { rows, rowSteps, rowTimes, batch, packing, codeTimes, activationTimes } = geometry;
  const { activationRegisters, weightRegisters } = geometry;
  const wanted = codeTimes.flatMap((times, code) => {
    const parts =
      packing === 'bits' ? times.map((time, bit) => ({ bit, times: [time] })) : [{ bit: 0, times }];
    return parts.flatMap(({ bit, times }) =>
      Array.from({ length: rows }, (_, row) => {
        return { row, code, bit, times: times.map(time => time + rowTimes[row]!) };
      }),
    );
  });
  // Those that are due in the same cycle of a step stand side by side. The sort keeps the order of the others.
  const cycle = ({ times }: (typeof wanted)[number]): number => times[0]! % batch;
  wanted.sort((a, b) => cycle(a) - cycle(b) || a.row - b.row);
  const places = placesIn(geometry);
  const wordsPerStep = Math.ceil(wanted.length / places);
  if (wordsPerStep > batch)
    throw new RangeError(
      `a step has ${wordsPerStep} words of ${geometry.wordBits} bits, but ${batch} cycle${batch === 1 ? '' : 's'} to read them`,
    );
  const words = Array.from({ length: wordsPerStep }, (_, word) =>
    wanted.slice(word * places, (word + 1) * places),
  );
  const timed = phasesFor(
    words.map(word => word.map(cycle)),
    batch,
  ).map((phase, i) => ({ phase, word: words[i]! }));
  timed.sort((a, b) => a.phase - b.phase);
  const late = timed.flatMap(({ phase, word }, i) =>
    word.map(({ row, code, bit, times }, place) => {
      const steps = Math.floor((times[0]! - phase) / batch);
      const waits = times.map(time => time - phase - steps * batch);
      return { row, code, bit, bits: times.length, word: i, place, steps, waits };
    }),
  );
  // What would have to stand before the first step makes everything a step later.
  const early = Math.max(0, ...late.map(({ steps }) => -steps));
  const codes = late.map(({ steps, ...code }) => ({ ...code, shift: steps + early + rowSteps * code.row }));
  // Weights come out of a register behind the store, activations may come out of the buffer itself.
  const lead = 1 + weightRegisters - activationRegisters + early * batch;
  return {
    geometry,
    wordsPerStep,
    phases: timed.map(({ phase }) => phase),
    codes,
    lastTake: Math.max(
      ...codes.map(({ shift, word, waits }) => shift + stepsToTake(timed[word]!.phase, waits, geometry)),
    ),
    turns: activationTimes.map(time => time + lead),
    lead,
  };
}

/**
 * The cycle in which each word is read: the one in which most of its codes are due, of those in which none was due before;
 * or the nearest earlier one that is free. The words with the most codes that gain by it choose first.
 * @param dues for each word the cycles in which its codes are due.
 */
function phasesFor(dues: readonly (readonly number[])[], batch: number): number[] {
  const wishes = dues.map((word, i) => {
    const phase = Math.min(...word);
    return { i, phase, count: word.filter(due => due === phase).length };
  });
  wishes.sort((a, b) => b.count - a.count);
  const phases = Array<number>(dues.length).fill(-1);
  for (const { i, phase: wish } of wishes) {
    let phase = wish;
    while (phases.includes(phase)) phase = (phase + batch - 1) % batch;
    phases[i] = phase;
  }
  return phases;
}

/**
 * Steps that have to follow the one in which a code is read for the last time of a block. A register takes its code in one cycle of each
 * step. When no step follows, the first of these cycles comes once more and then stays, so what is taken there is taken again
 * and again. So all has to be taken by then, and what is taken just then has to come from where nothing changes any more:
 * the store itself, or a register of another cycle.
 */
function stepsToTake(
  phase: number,
  waits: readonly number[],
  { batch, weightRegisters }: ImageGeometry,
): number {
  // With one vector every cycle is a step, and nothing is chosen by a cycle.
  if (batch === 1) return 0;
  return Math.max(
    ...waits.map(wait => {
      const isStable = wait === 0 ? weightRegisters === 0 : wait % batch !== 0;
      const cycles = phase + 1 - batch + weightRegisters + wait + (isStable ? 0 : 1);
      return Math.max(0, Math.ceil(cycles / batch));
    }),
  );
}

/** Words of the store that a block of some steps takes, with its rest. */
export function wordsFor(layout: ImageLayout, steps: number): number {
  return (steps + stepsAfter(layout)) * layout.wordsPerStep;
}

/**
 * Steps from the last one of a block to the first one of the next: for the rows that work later, for the codes and lanes that
 * are due later, and for handing over the last sums.
 */
export function stepsAfter({ geometry, lastTake, turns }: ImageLayout): number {
  const { rows, rowSteps, batch } = geometry;
  const later = rowSteps * (rows - 1);
  return Math.max(later + 1, lastTake, later + Math.ceil(Math.max(...turns) / batch));
}

/** Where a code of a row stands that belongs to some tile and beat of a block, in steps, without the shift of its place. */
export function stepOf(
  { geometry }: ImageLayout,
  row: number,
  tile: number,
  beat: number,
  beatsPerBlock: number,
): number {
  const turned = (beat - geometry.rowSteps * row) % beatsPerBlock;
  return tile * beatsPerBlock + ((turned + beatsPerBlock) % beatsPerBlock);
}
