import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hdlGen, workspace } from './helpers.ts';

/** A matrix [1,4] of int8 as a .npy file. */
function npy(weights: readonly [number, number, number, number]): Buffer {
  const header = `${"{'descr': '|i1', 'fortran_order': False, 'shape': (1, 4), }".padEnd(117)}\n`;
  const begin = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  return Buffer.concat([begin, Buffer.from(header), Buffer.from(Int8Array.from(weights).buffer)]);
}

describe('hdl-gen --arch', () => {
  test('binary: the manifest tells the kind of weights, and a code has one bit', async () => {
    const { status, stdout } = await hdlGen('--arch binary --lanes 4 --json', { cwd: workspace() });
    const { config, ports } = JSON.parse(stdout);
    expect(config).toMatchObject({ arch: 'binary', weights: 'binary' });
    expect(ports).toContainEqual(expect.objectContaining({ name: 'in_w', elementBits: 1 }));
    expect(status).toBe(0);
  });

  test('binary: takes weights -1 and +1 from a file, and refuses a weight 0', async () => {
    const cwd = workspace();
    writeFileSync(join(cwd, 'signs.npy'), npy([1, -1, -1, 1]));
    writeFileSync(join(cwd, 'trits.npy'), npy([1, -1, 0, 1]));
    const taken = await hdlGen('sim --arch binary --lanes 4 --weights signs.npy', { cwd });
    expect(taken.status).toBe(0);
    const refused = await hdlGen('sim --arch binary --lanes 4 --weights trits.npy', { cwd });
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('TCT-6050: trits.npy: the weight in row 0, column 2 is 0');
  });
});

describe('hdl-gen --negations counted', () => {
  test('is refused where the codes are made by packing', async () => {
    const { status, stderr } = await hdlGen('--arch binary --negations counted', { cwd: workspace() });
    expect(status).toBe(2);
    expect(stderr).toMatchInlineSnapshot(`
      "error TCT-6053: '--negations counted' is for weights that nobody packs, but the codes of '--arch binary' depend on each other and are made by packing
        help: take '--arch tree', or leave '--negations' out: the packer tells the number with the initial value
      "
    `);
  });
});

describe('hdl-gen --cut', () => {
  test.each(['tree', 'sparse', 'table'])('is refused with --arch %s, whose sums are whole', async arch => {
    const { status, stderr } = await hdlGen(`--arch ${arch} --cut 10`, { cwd: workspace() });
    expect(status).toBe(2);
    expect(stderr).toBe(
      `error TCT-6057: '--cut' is for sums in a folded tree, and '--arch ${arch}' has none\n` +
        "  help: take '--arch tree-folded', or leave '--cut' out\n",
    );
  });
});

describe('hdl-gen --accumulator dsp', () => {
  test.each([
    {
      call: '--device hx8k',
      seen: "TCT-6056: '--accumulator dsp' needs DSP blocks, and hx8k has none",
      help: "take '--device up5k', or '--accumulator segments'",
    },
    {
      call: '--device up5k --rows 9',
      seen: "TCT-6056: '--accumulator dsp' takes a DSP block for each of the 9 rows, and up5k has 8",
      help: "take '--rows 8', or '--accumulator segments'",
    },
    {
      call: '--max-k 16777216 --activation-bits 16',
      seen: "TCT-6054: '--accumulator dsp' has sums of 32 bits, and these have 41",
      help: "take a smaller '--max-k', '--activation-bits' or '--init-bits', or '--accumulator segments'",
    },
  ])('is refused with $call', async ({ call, seen, help }) => {
    const { status, stderr } = await hdlGen(`--accumulator dsp ${call}`, { cwd: workspace() });
    expect(status).toBe(2);
    expect(stderr).toBe(`error ${seen}\n  help: ${help}\n`);
  });
});
