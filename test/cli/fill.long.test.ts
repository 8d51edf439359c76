import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hdlGen, workspace } from './helpers.ts';

describe('hdl-gen build --fill', () => {
  test('builds the largest array of a device alone, and says what it tried', async () => {
    const cwd = workspace();
    const { status, stdout, stderr } = await hdlGen(
      'build --fill --arch tree-folded --lanes 4 --activation-bits 4 --max-k 16 --init-bits 0 --device lp384 --out full',
      { cwd },
    );
    expect(stderr).toMatch(
      /^placing 4 lanes x \d+ rows, about \d+ % full: about \d+ (s|min)\n4 lanes x \d+ rows: /,
    );
    expect(stdout).toMatch(/ built +the array alone behind few pins\n/);
    expect(stdout).toMatch(/ rate +[\d.]+ GMAC\/s at most, if what feeds it keeps up\n/);
    expect(status).toBe(0);
    const { command, config, fill, resources, throughput, timing } = JSON.parse(
      readFileSync(join(cwd, 'full/report.json'), 'utf8'),
    );
    const { lanes, rows } = config;
    expect(command).toContain(`--lanes 4 --rows ${rows} `);
    expect(command).toContain(' --fill ');
    expect(fill).toMatchObject({ wantedMHz: null, seeds: [1] });
    // The report is that of the best attempt.
    const rates = fill.tried.map(rateOf);
    const best = fill.tried[rates.indexOf(Math.max(...rates))];
    expect(best).toMatchObject({
      ...{ lanes, rows, isGood: true },
      placed: { cells: resources.lc.used, fmaxMHz: expect.closeTo(timing.fmaxMHz, 2) },
    });
    expect(throughput).toMatchObject({ macsPerCycle: 4 * rows, sustainedGmacs: null });
    expect(throughput.peakGmacs).toBeCloseTo((4 * rows * timing.fmaxMHz) / 1000, 2);
    // One row more was tried in vain, or would take more cells than there are.
    const isTried = fill.tried.some((attempt: { rows: number }) => attempt.rows === rows + 1);
    const cellsOfRow = resources.split.core.lc / rows;
    expect(isTried || resources.lc.used + cellsOfRow > 0.88 * 384).toBe(true);
  });

  test('keeps the accumulator that is asked for', async () => {
    const cwd = workspace();
    const { status } = await hdlGen(
      'build --fill --accumulator segments --arch tree-folded --lanes 4 --rows 1 --activation-bits 4 --init-bits 0 --device lp384 --out full',
      { cwd },
    );
    expect(status).toBe(0);
    const { command, config } = JSON.parse(readFileSync(join(cwd, 'full/report.json'), 'utf8'));
    expect(command).toContain(' --accumulator segments --fill ');
    expect(config).not.toHaveProperty('accumulator');
  });

  test.each([
    ['--board icebreaker', /'--fill' and '--board' contradict each other\n {2}help: .*--device up5k/],
    ['--circuit my.ts#blink --device hx1k', /'--fill' and '--circuit' contradict each other/],
    [
      '--interface uart --device hx8k',
      /^error TCT-6006: '--interface uart' and '--fill' contradict each other/,
    ],
    ['--arch hardwired --weights w.txt', /'--fill' and '--arch hardwired' contradict each other/],
  ])('is refused with %s', async (options, message) => {
    const { status, stderr } = await hdlGen(`build --fill ${options}`, { cwd: workspace() });
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });

  test('says that nothing fits, before anything is placed', async () => {
    const { status, stderr } = await hdlGen('build --fill --lanes 256 --device lp384', { cwd: workspace() });
    expect(stderr).toBe(
      "error TCT-6060: '--fill' found no array that 'lp384' holds\n" +
        '  help: give fewer --lanes, or leave them to the command; or take a larger device\n',
    );
    expect(status).toBe(1);
  });

  test('says that no size is as fast as it has to be', async () => {
    const { status, stderr } = await hdlGen('build --fill --device up5k --mhz 500', { cwd: workspace() });
    expect(stderr).toMatch(
      /^error TCT-6060: '--fill' found no array that 'up5k' holds at 500 MHz\n {2}help: /,
    );
    expect(status).toBe(1);
  });
});

function rateOf(attempt: {
  readonly lanes: number;
  readonly rows: number;
  readonly placed: { readonly fmaxMHz: number } | null;
}): number {
  return attempt.placed === null ? 0 : attempt.lanes * attempt.rows * attempt.placed.fmaxMHz;
}
