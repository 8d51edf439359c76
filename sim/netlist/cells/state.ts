import type { NetId } from '../../../ir/index.ts';
import type { CellReader, NetlistCell } from '../cell.ts';

/*
 * Flip-flops and latches of Yosys. The types differ in which controls they have, and each control has a level or an
 * edge at which it counts; the word-level cells and the gates tell it in different ways.
 */

/** A port that counts where it is 1, or where it is 0. */
export interface Control {
  readonly port: string;
  readonly isLow: boolean;
}

/** The controls that a cell has. */
export interface StateControls {
  /** The edge that D is taken at. */
  readonly clock?: Control | undefined;
  /** Of a flip-flop: D is taken only then. Of a latch: D is seen as long. */
  readonly enable?: Control | undefined;
  /** At the edge Q becomes `value`; if it `waits`, only where the flip-flop is enabled. */
  readonly reset?: (Control & { readonly value: bigint; readonly waits: boolean }) | undefined;
  /** As long as it counts, Q is `value`. */
  readonly asynchronousReset?: (Control & { readonly value: bigint }) | undefined;
  /** As long as it counts, Q is the value at the port `value`. */
  readonly load?: (Control & { readonly value: string }) | undefined;
  /** As long as a bit counts, that bit of Q is 1; the bits of `clear` make it 0 and come first. */
  readonly set?: Control | undefined;
  readonly clear?: Control | undefined;
}

/** @param controls what a cell of the type has. */
export function state(controls: (cell: NetlistCell) => StateControls): CellReader {
  return {
    // Bits with a set or clear of their own are registers of their own.
    outputs: cell => [hasBitControls(controls(cell)) ? { port: 'Q', bits: 1 } : 'Q'],
    read: cell => {
      const has = controls(cell);
      const count = hasBitControls(has) ? Math.max(1, cell.width('Q')) : 1;
      for (let index = 0; index < count; index++) {
        if (has.clock === undefined) readLatch(cell, has, index);
        else readFlipFlop(cell, has, has.clock, index);
      }
    },
  };
}

function hasBitControls({ set, clear }: StateControls): boolean {
  return set !== undefined || clear !== undefined;
}

function readFlipFlop(cell: NetlistCell, has: StateControls, clock: Control, index: number): void {
  const { enable, reset } = has;
  cell.builder.register(cell.output('Q', index), {
    next: dataOf(cell, has, index),
    domain: cell.domain(clock.port, clock.isLow),
    enable: enable === undefined ? undefined : level(cell, enable),
    reset:
      reset === undefined ? undefined : { when: level(cell, reset), value: reset.value, waits: reset.waits },
    asynchronous: asynchronous(cell, has, index),
    initial: initialOf(cell, has, index),
  });
}

function readLatch(cell: NetlistCell, has: StateControls, index: number): void {
  const b = cell.builder;
  const forced = asynchronous(cell, has, index);
  const open =
    has.enable === undefined ? undefined : { when: level(cell, has.enable), value: dataOf(cell, has, index) };
  const [first, second] = [forced, open].filter(each => each !== undefined);
  const { when, value } =
    second === undefined
      ? first!
      : {
          when: b.or(first!.when, second.when),
          value: b.cell('mux', [first!.when, first!.value, second.value], undefined),
        };
  b.latch(cell.output('Q', index), when, value, initialOf(cell, has, index));
}

/** What Q is forced to without an edge. */
function asynchronous(
  cell: NetlistCell,
  has: StateControls,
  index: number,
): { readonly when: NetId; readonly value: NetId } | undefined {
  const b = cell.builder;
  const { asynchronousReset: reset, load, set, clear } = has;
  if (reset !== undefined)
    return { when: level(cell, reset), value: b.constant(reset.value, cell.width('Q')) };
  if (load !== undefined) return { when: level(cell, load), value: cell.input(load.value) };
  if (set === undefined || clear === undefined) return undefined;
  const [isSet, isCleared] = [level(cell, set, index), level(cell, clear, index)];
  return { when: b.or(isSet, isCleared), value: b.not(isCleared) };
}

/** 1 where a control counts. */
function level(cell: NetlistCell, { port, isLow }: Control, index = 0): NetId {
  const net = cell.vectorOf(port, index, 1);
  return isLow ? cell.builder.not(net) : net;
}

function dataOf(cell: NetlistCell, has: StateControls, index: number): NetId {
  return hasBitControls(has) ? cell.vectorOf('D', index, 1) : cell.input('D');
}

function initialOf(cell: NetlistCell, has: StateControls, index: number): bigint {
  const all = cell.initial('Q');
  return hasBitControls(has) ? (all >> BigInt(index)) & 1n : all;
}
