import {
  array,
  assert,
  bit,
  component,
  delayed,
  enabledBy,
  int,
  mux,
  named,
  register,
  type Signal,
  uint,
  wire,
} from '../../../hdl-gen/lang/index.ts';
import { initInterval } from '../parameters.ts';
import { tableFillers } from './filler.ts';
import { stepGap, type TableParameters, tableLayout } from './parameters.ts';
import { groupInterval, tableRow } from './row.ts';
import { tableCodeBits } from './walk.ts';

/**
 * Tables between three valid/ready streams.
 *
 * `load` brings activations: for each step of `lanes` columns of a vector `tablesPerFiller` x 5 beats, with one
 * activation for each filler. It runs ahead by one bank of tables. `in` brings the weights of the same columns, a beat for
 * each group of `rows` rows: the codes `w`, the initial values `init`, used where `first` is 1. `first` and `last` mark the
 * beats of the first and the last step of a vector, in all groups; `swap` marks the last beat of a step, with which its
 * tables are given back. Out: one `y` (a sum for each row) for each beat with `last`.
 */
export const tableStream = component('table_stream', (parameters: TableParameters) => {
  const { rows, activationBits } = parameters;
  const layout = tableLayout(parameters);
  const { tables, fillers } = layout;
  return {
    inputs: {
      load: { valid: bit, x: array(fillers, int(activationBits)) },
      in: {
        valid: bit,
        first: bit,
        last: bit,
        swap: bit,
        w: array(rows, array(tables, uint(tableCodeBits))),
        init: array(rows, initInterval(parameters)),
      },
      out: { ready: bit },
    },
    build({ load, in: beat, out }) {
      const { enable, taken } = named({ enable: wire(bit), taken: wire(bit) });
      const swaps = taken.and(beat.swap);

      // Two banks of tables: one is read while the other is filled. Each is full from its filling to its swap.
      const bankRead = register(bit, { reset: true });
      const bankFilled = register(bit, { reset: true });
      const full = [0, 1].map(() => register(bit, { reset: true }));
      const isFull = (bank: Signal) => mux(bank, full[1]!, full[0]!);
      const { fill, done, ready } = tableFillers(parameters)(
        { valid: load.valid, x: load.x, bank: bankFilled, room: isFull(bankFilled).not() },
        { name: 'fillers' },
      );
      for (const [own, bit] of full.entries()) {
        const isOwn = (bank: Signal) => (own === 1 ? bank : bank.not());
        bit.next(mux(bit, swaps.and(isOwn(bankRead)).not(), done.and(isOwn(bankFilled))));
      }
      bankRead.next(bankRead.xor(swaps));
      bankFilled.next(bankFilled.xor(done));

      // Between two steps there is a gap, in which the first sum of the step before is written back before it is read.
      const open = register(bit, { reset: true });
      const gap = enabledBy(enable, () =>
        Array.from({ length: stepGap - 1 }, (_, i) => delayed(swaps, i + 1, { reset: true })),
      );
      const opens = gap.reduce((opens, closed) => opens.and(closed.not()), isFull(bankRead));
      open.next(mux(open, swaps.not(), opens));

      const { keeps, valid, first, last, init, reads, written } = enabledBy(enable, () => {
        const later = (signal: Signal, edges: number) => delayed(signal, edges, { reset: true });
        return {
          reads: { isDue: later(taken, layout.init - 1), swaps: later(swaps, layout.init - 1) },
          first: delayed(beat.first, layout.init),
          init: beat.init.map(value => delayed(value, layout.init)),
          valid: later(taken, layout.result - 1),
          last: later(taken.and(beat.last), layout.result - 1),
          keeps: later(taken, layout.result),
          written: { isDue: later(taken, layout.result), swaps: later(swaps, layout.result) },
        };
      });
      // The place of a sum is counted where it is needed, which is less than to hand it on from edge to edge.
      const placeOf = ({ isDue, swaps }: { isDue: Signal; swaps: Signal }) => {
        const group = groupInterval(layout);
        const place = register(group, { reset: true, enable: enable.and(isDue) });
        place.next(mux(swaps, 0, place.add(1).wrap(group)));
        const isKnown = place.lessThan(layout.groups);
        assert(isDue.not().or(isKnown), `a step has no more than ${layout.groups} beats`, { subject: place });
        return place;
      };
      const [groupRead, groupWritten] = [placeOf(reads), placeOf(written)];
      named({ bank_read: bankRead, bank_filled: bankFilled, full, open });
      named({ group_read: groupRead, group_written: groupWritten, keeps });

      const y = beat.w.map((w, r) => {
        const controls = { taken, first, valid, keeps, reads: reads.isDue };
        const places = { bank: bankRead, group_read: groupRead, group_written: groupWritten };
        return tableRow(parameters)(
          { enable, w, fill, init: init[r]!, ...controls, ...places },
          { name: `row_${r}` },
        ).y;
      });
      const { result } = named({ result: register(bit, { reset: true, enable }).next(last) });
      enable.drive(out.ready.or(result.not()));
      taken.drive(beat.valid.and(open).and(enable));
      return { load: { ready }, in: { ready: open.and(enable) }, out: { valid: result, y } };
    },
  };
});
