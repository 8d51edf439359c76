import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { laneStep, mostLanes } from '../../hdl-gen/cli/estimate.ts';
import { encodeNpy } from '../../model/index.ts';
import { hdlGen, workspace } from './helpers.ts';

describe('hdl-gen sim --arch sparse', () => {
  test.each(['--lanes 16 --rows 3', '--lanes 2 --k 31', '--lanes 6 --init-bits 0 --engine oracle --n 8'])(
    'is exact with %s',
    async options => {
      const { status, stdout } = await hdlGen(`sim --arch sparse ${options}`, { cwd: workspace() });
      expect(stdout).toContain('all equal');
      expect(status).toBe(0);
    },
  );

  test('a message about what fits names an even number of lanes', () => {
    const numbers = fc.record({ perLane: fc.integer({ min: 1, max: 40 }), available: fc.nat({ max: 8000 }) });
    fc.assert(
      fc.property(numbers, ({ perLane, available }) => {
        const cells = (lanes: number): number => perLane * lanes;
        const lanes = mostLanes(count => cells(count) <= available, laneStep('sparse'));
        expect(lanes % 2).toBe(0);
        expect(cells(lanes)).toBeLessThanOrEqual(available);
        expect(lanes === 1024 || cells(lanes + 2) > available).toBe(true);
      }),
    );
  });

  test('refuses a file that breaks the rule, and says where and what to do', async () => {
    const cwd = workspace();
    const data = Int8Array.from([0, 1, 0, 0, 1, 0, 1, -1]);
    writeFileSync(join(cwd, 'w.npy'), encodeNpy({ dtype: 'int8', shape: [2, 4], data }));
    const { status, stderr } = await hdlGen('sim --arch sparse --weights w.npy', { cwd });
    expect(stderr).toMatch(
      /error TCT-6051: w\.npy: the weights in row 1, columns 2 and 3 are both not 0, .*\n +help: train again .* '--arch tree'/,
    );
    expect(status).toBe(2);
  });

  test.each([
    { lanes: 5, help: '--lanes 4 or --lanes 6' },
    { lanes: 1, help: 'take --lanes 2' },
  ])('refuses $lanes lanes, and names the nearest numbers', async ({ lanes, help }) => {
    const { status, stderr } = await hdlGen(`sim --arch sparse --lanes ${lanes}`, { cwd: workspace() });
    expect(stderr).toContain(`error TCT-6052: '--arch sparse' takes its lanes in pairs, and ${lanes} is odd`);
    expect(stderr).toContain(help);
    expect(status).toBe(2);
  });
});
