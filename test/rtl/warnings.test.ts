import { describe, expect, test } from 'vitest';
import { boards } from '../../constraints/index.ts';
import { type Design, elaborate } from '../../hdl-gen/lang/index.ts';
import { ternaryAxi } from '../../rtl/bus/index.ts';
import { type ArrayParameters, archs, ternaryStream } from '../../rtl/ternary/index.ts';
import { boardCore, defaultCore, selfTest, spiCore, uartCore, wishboneCore } from '../../rtl/top/index.ts';
import { findDevice } from '../../synth/index.ts';

/* A warning is for what a user can mend: a circuit of ours has none. */

const array: ArrayParameters = {
  lanes: 10,
  rows: 2,
  activationBits: 8,
  maxK: 4096,
  initBits: 16,
  pipeline: 1,
};
const kept = { tree: '2bit', 'tree-folded': '5in8', binary: '1bit', sparse: '1of2' } as const;
const linked = boards.filter(({ uart }) => uart !== undefined);

const quiet = (design: Design): void => expect(design.warnings.map(String)).toEqual([]);

describe('nothing of ours is built with a warning', () => {
  test.each(linked.map(board => [board.name, board] as const))('the core on board %s', (_, board) => {
    const core = defaultCore(findDevice(board.device));
    const { leds } = board;
    const keepHigh = board.uart!.keepHigh !== undefined;
    for (const pll of [false, true]) {
      const common = { core, clockHz: 48_000_000, baud: 1_000_000, leds, keepHigh, pll };
      quiet(elaborate(boardCore(common)));
      quiet(
        elaborate(
          boardCore({
            ...common,
            ...(core.store === 'bram' ? { preset: 'placeholders' } : { bootPlace: 0x20000 }),
          }),
        ),
      );
    }
  });

  test.each(archs)('the cores with memories, family %s', arch => {
    const core = { ...defaultCore(findDevice('hx8k')), lanes: 10, arch, encoding: kept[arch] } as const;
    quiet(elaborate(wishboneCore(core)));
    quiet(elaborate(uartCore({ core, clockHz: 12_000_000, baud: 115_200 })));
    quiet(elaborate(spiCore({ core })));
  });

  test.each(archs)('the streams and the self-test, family %s', arch => {
    for (const change of [{}, { initBits: 0 }, { pipeline: 3 }]) {
      quiet(elaborate(ternaryStream({ ...array, arch, ...change })));
      quiet(elaborate(ternaryAxi({ ...array, arch, ...change })));
    }
    quiet(elaborate(selfTest({ ...array, arch, seed: 1, clockMHz: 12, leds: boards[0]!.leds, pll: false })));
  });
});
