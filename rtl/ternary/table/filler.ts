import {
  array,
  bit,
  component,
  counter,
  delayed,
  int,
  mux,
  named,
  register,
  registered,
  type Signal,
  toSignal,
} from '../../../hdl-gen/lang/index.ts';
import { type TableParameters, tableLayout } from './parameters.ts';
import { entries, type Step, steps, tableLanes } from './walk.ts';

/**
 * Makes all sums of five activations, an entry in each cycle. Five cycles with `load` take the activations, that of
 * lane 0 first; while `start` is 1 the sum is 0. The controls are those of the step (walk.ts), and the sum is that of an
 * edge later.
 */
const filler = component(
  'table_filler',
  ({ activationBits, entryBits }: { readonly activationBits: number; readonly entryBits: number }) => ({
    inputs: {
      x: int(activationBits),
      load: bit,
      turn: bit,
      takes_first: bit,
      start: bit,
      inverts: bit,
    },
    build({ x, load, turn, takes_first, start, inverts }) {
      const ring = Array.from({ length: tableLanes - 1 }, () =>
        register(int(activationBits), { enable: turn }),
      );
      const front = ring.at(-1)!;
      for (const [i, place] of ring.entries()) place.next(i === 0 ? mux(load, x, front) : ring[i - 1]!);
      const { first } = named({ first: registered(front, { enable: load }) });
      const { operand } = named({ operand: registered(mux(takes_first, first, front)) });
      const { sum } = named({ ring, sum: register(int(entryBits), { reset: start }) });
      // No entry is wider than `entryBits`: what is cut off is never there.
      const total = sum.add(operand).wrap(int(entryBits));
      sum.next(total.xor(inverts.mask()));
      return { entry: sum };
    },
  }),
);

/**
 * All fillers with what they share. Activations come in beats, one for each filler: first the five of the tables
 * that are filled first, that of lane 0 in front. `room` is 1 where the bank that is filled next is not in use;
 * `done` where a whole bank has been filled.
 */
export const tableFillers = component('table_fillers', (parameters: TableParameters) => {
  const { activationBits } = parameters;
  const { fillers, tablesPerFiller, entryBits } = tableLayout(parameters);
  return {
    inputs: { valid: bit, x: array(fillers, int(activationBits)), bank: bit, room: bit },
    build({ valid, x, bank, room }) {
      const loaded = register(bit, { reset: true });
      const walking = register(bit, { reset: true });
      const load = valid.and(loaded.not());
      const { isLast: isLastLane } = counter(tableLanes, { reset: true, enable: load });
      const { count: place, isLast: isEnd } = counter(entries.length, { reset: true, enable: walking });
      const ends = walking.and(isEnd);
      loaded.next(mux(loaded, ends.not(), load.and(isLastLane)));
      walking.next(mux(walking, isEnd.not(), loaded.and(room)));

      // The controls come out of registers: an edge after the place in the walk, and the entry is there an edge later.
      const control = (of: (step: Step) => boolean) => registered(walking.and(lookup(place, steps.map(of))));
      const takesFirst = control(step => step.takesFirst);
      const turns = control(step => step.turns);
      const inverts = delayed(
        control(step => step.inverts),
        1,
      );
      const writes = delayed(walking, 2, { reset: true });
      const placeWritten = delayed(place, 2);
      const written = writes.and(placeWritten.equals(entries.length - 1));
      const { count: table, isLast: isLastTable } = counter(tablesPerFiller, {
        reset: true,
        enable: written,
      });

      named({
        loaded,
        walking,
        place,
        takes_first: takesFirst,
        turns,
        inverts,
        writes,
        place_written: placeWritten,
        turn: table,
      });
      const controls = { load, turn: load.or(turns), takes_first: takesFirst, start: writes.not(), inverts };
      const entry = x.map(
        (own, i) =>
          filler({ activationBits, entryBits })({ x: own, ...controls }, { name: `filler_${i}` }).entry,
      );
      return {
        ready: loaded.not(),
        fill: {
          bank,
          place: placeWritten,
          entry,
          enable: Array.from({ length: tablesPerFiller }, (_, i) => writes.and(table.equals(i))),
        },
        done: written.and(isLastTable),
      };
    },
  };
});

/** Bit `place` of some bits that are known when the circuit is built. */
function lookup(place: Signal, bits: readonly boolean[]): Signal {
  const word = bits.reduceRight((rest, bit) => 2n * rest + (bit ? 1n : 0n), 0n);
  return toSignal(word).shiftRight(place).bit(0);
}
