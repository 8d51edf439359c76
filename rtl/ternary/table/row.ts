import {
  any,
  array,
  assert,
  bit,
  component,
  concat,
  enabledBy,
  int,
  memory,
  mux,
  named,
  registered,
  uint,
} from '../../../hdl-gen/lang/index.ts';
import { adderTree } from '../adder-tree.ts';
import { initInterval } from '../parameters.ts';
import { type TableLayout, type TableParameters, tableLayout } from './parameters.ts';
import { tableCodeBits } from './walk.ts';

/** What fills the tables of every row: an entry of each filler, at a place of a bank, in the tables whose turn it is. */
export function fillShape({ fillers, tablesPerFiller, entryBits }: TableLayout) {
  return {
    bank: bit,
    place: uint(tableCodeBits - 1),
    entry: array(fillers, int(entryBits)),
    enable: array(tablesPerFiller, bit),
  };
}

/** Which of the kept sums. */
export function groupInterval({ groups }: TableLayout) {
  return uint(Math.max(1, Math.ceil(Math.log2(groups))));
}

/**
 * One row: sum := (first ? init : the sum that is kept for `group_read`) + sum over lanes of weight * activation, less the
 * constant of the weights; it is kept for `group_written`, where `keeps` is 1.
 *
 * Codes of weights are read addresses: what a block RAM gives for each of them goes through a gate that can invert it,
 * and the tree adds all that. `bank` is the bank of tables that is read, where `taken` is 1. Tables are filled while `enable` is 0 too.
 */
export const tableRow = component('table_row', (parameters: TableParameters) => {
  const layout = tableLayout(parameters);
  const { tables, fillers, entryBits, sum: within } = layout;
  const group = groupInterval(layout);
  return {
    inputs: {
      enable: bit,
      w: array(tables, uint(tableCodeBits)),
      taken: bit,
      bank: bit,
      fill: fillShape(layout),
      init: initInterval(parameters),
      first: bit,
      valid: bit,
      reads: bit,
      group_read: group,
      group_written: group,
      keeps: bit,
    },
    build({ enable, w, taken, bank, fill, init, first, valid, reads, group_read, group_written, keeps }) {
      const places = tableCodeBits - 1;
      const isRefilled = taken.and(any(fill.enable)).and(bank.equals(fill.bank));
      assert(isRefilled.not(), 'a bank is not read while it is filled', { subject: bank });
      const contents = w.map((_, t) => {
        const table = memory(int(entryBits), {
          depth: 2 ** tableCodeBits,
          name: `table_${t}`,
          collisions: 'one bank is read while the other is filled',
        });
        table.write(concat(fill.place, fill.bank), fill.entry[t % fillers]!, {
          enable: fill.enable[Math.floor(t / fillers)]!,
        });
        return table;
      });
      return enabledBy(enable, () => {
        const inverts = w.map(code => registered(code.bit(places)));
        const looked = contents.map((table, t) =>
          table.read(concat(w[t]!.slice(0, places), bank), { enable: taken }),
        );
        named({ looked, inverts });
        const gates = looked.map((entry, t) => entry.xor(inverts[t]!.mask()));
        const { total } = named({
          total: registered(adderTree(gates, { ...parameters, terms: 'gated' })),
        });

        const sums = memory(int(within.width), {
          depth: 2 ** group.width,
          name: 'sums',
          collisions: 'a sum is written back in the gap between two steps',
        });
        const isEarly = enable.and(reads).and(keeps).and(group_read.equals(group_written));
        assert(isEarly.not(), 'a sum is not read while it is written', { subject: group_read });
        const { addend } = named({
          addend: registered(mux(first, init, sums.read(group_read, { enable: reads }))),
        });
        const next = addend.add(total);
        const kept = next.atLeast(within.min).and(next.atMost(within.max));
        assert(valid.not().or(enable.not()).or(kept), `the running sum stays within ${within}`, {
          subject: next,
        });
        const { y } = named({ y: registered(next.wrap(int(within.width))) });
        sums.write(group_written, y, { enable: keeps });
        return { y };
      });
    },
  };
});
