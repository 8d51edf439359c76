import { describe, expect, test } from 'vitest';
import { hasIcarus, missing } from '../support/tools.ts';
import { hdlGen, workspace } from './helpers.ts';

/* The netlists of the families that the command offers, synthesised for each. */

describe('hdl-gen --arch', () => {
  test.each([
    { arch: 'tree-folded', encoding: '5in8' },
    { arch: 'binary', encoding: '1bit' },
  ])('$arch: its netlist gives exact products', async ({ arch, encoding }) => {
    const size = '--lanes 3 --activation-bits 4 --max-k 16 --init-bits 8 --cycles 200';
    const { status, stdout } = await hdlGen(
      `cosim --arch ${arch} --encoding ${encoding} ${size} --with netlist --json`,
      {
        cwd: workspace(),
      },
    );
    const { config, opinions } = JSON.parse(stdout);
    expect(config).toMatchObject({ arch, encoding, lanes: 3 });
    expect(opinions).toMatchObject([
      { name: 'reference', mismatches: 0 },
      { name: 'engine', mismatches: 0 },
      { name: 'netlist', mismatches: 0 },
    ]);
    expect(status).toBe(0);
  });
});

describe('hdl-gen --negations counted', () => {
  test.each(['tree', 'sparse'])(
    '%s: counts the weights -1, and its netlist gives exact products',
    async arch => {
      const size = '--lanes 4 --activation-bits 3 --max-k 16 --init-bits 6 --cycles 200';
      const { status, stdout } = await hdlGen(
        `cosim --arch ${arch} --negations counted ${size} --with netlist --json`,
        { cwd: workspace() },
      );
      const { config, opinions } = JSON.parse(stdout);
      expect(config).toMatchObject({ arch, negations: 'counted' });
      expect(opinions).toMatchObject([
        { mismatches: 0 },
        { mismatches: 0 },
        { name: 'netlist', mismatches: 0 },
      ]);
      expect(status).toBe(0);
    },
  );
});

describe('hdl-gen --cut', () => {
  test.skipIf(!hasIcarus)(
    `cuts sums into pieces: circuit, Verilog and netlist say the same${missing(hasIcarus, 'Icarus Verilog')}`,
    async () => {
      const size = '--lanes 9 --rows 2 --activation-bits 6 --init-bits 0 --cycles 200';
      const { status, stdout } = await hdlGen(
        `cosim --arch tree-folded --cut 7 ${size} --with icarus,netlist --json`,
        { cwd: workspace() },
      );
      const { config, opinions } = JSON.parse(stdout);
      expect(config).toMatchObject({ arch: 'tree-folded', cut: 7 });
      expect(opinions).toMatchObject([
        { mismatches: 0 },
        { mismatches: 0 },
        { name: 'icarus', mismatches: 0 },
        { name: 'netlist', mismatches: 0 },
      ]);
      expect(status).toBe(0);
    },
  );
});

describe('hdl-gen --accumulator dsp', () => {
  test.skipIf(!hasIcarus)(
    `keeps sums in DSP blocks: circuit, Verilog and netlist say the same${missing(hasIcarus, 'Icarus Verilog')}`,
    async () => {
      const size = '--lanes 3 --rows 2 --activation-bits 4 --max-k 4096 --init-bits 8 --cycles 200';
      const { status, stdout } = await hdlGen(
        `cosim --arch tree-folded --accumulator dsp ${size} --with icarus,netlist --json`,
        { cwd: workspace() },
      );
      const { config, opinions } = JSON.parse(stdout);
      expect(config).toMatchObject({ arch: 'tree-folded', accumulator: 'dsp' });
      expect(opinions).toMatchObject([
        { mismatches: 0 },
        { mismatches: 0 },
        { name: 'icarus', mismatches: 0 },
        { name: 'netlist', mismatches: 0 },
      ]);
      expect(status).toBe(0);
    },
  );
});
