import { loopOfTables } from './diagnostics.ts';
import type { TimedNet, TimedTable } from './timed-netlist.ts';

/** The tables in an order in which each comes behind those that drive its inputs. @throws Diagnostic TCT-3503. */
export function inOrder(tables: readonly TimedTable[], nets: readonly TimedNet[]): TimedTable[] {
  const readers = new Map<number, TimedTable[]>();
  const waitsFor = new Map<TimedTable, number>();
  const driven = new Set(tables.map(({ output }) => output));
  for (const table of tables) {
    const waited = [...new Set(table.inputs.map(({ net }) => net))].filter(net => driven.has(net));
    waitsFor.set(table, waited.length);
    for (const net of waited) {
      const list = readers.get(net);
      if (list === undefined) readers.set(net, [table]);
      else list.push(table);
    }
  }
  const ordered = tables.filter(table => waitsFor.get(table) === 0);
  // The list grows while it is walked.
  for (const { output } of ordered)
    for (const reader of readers.get(output) ?? []) {
      const left = waitsFor.get(reader)! - 1;
      waitsFor.set(reader, left);
      if (left === 0) ordered.push(reader);
    }
  if (ordered.length < tables.length) {
    const done = new Set(ordered);
    throw loopOfTables(tables.filter(table => !done.has(table)).map(({ output }) => nets[output]!.name));
  }
  return ordered;
}
