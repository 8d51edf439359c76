import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cellsWithin, type MeasureRequest, measure, measureKey, recall } from '../../synth/index.ts';

const cache = mkdtempSync(join(tmpdir(), 'tercet-measure-'));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

/** A counter of `bits` bits inside a wrapper with a register of its own. */
function counter(bits: number, origin = 'my.ts:1'): Record<string, string> {
  return {
    'core.v': `module counter(input clk, output last);
      (* src = "${origin}" *) reg [${bits - 1}:0] count = 0;
      always @(posedge clk) count <= count + 1'd1;
      assign last = count[${bits - 1}];
    endmodule`,
    'top.v': `module top(input clk, output reg o);
      wire last;
      counter core(.clk(clk), .last(last));
      always @(posedge clk) o <= last;
    endmodule`,
  };
}

const request: MeasureRequest = {
  ...{ files: counter(8), top: 'top', device: 'lp384', targetMHz: 100, seeds: [1, 2], cache },
};

/** Whoever is given this and starts a tool fails. */
const noTools = { signal: AbortSignal.abort() };

describe('what a design takes on a device', () => {
  let first: Awaited<ReturnType<typeof measure>>;
  beforeAll(async () => {
    expect(await recall(request)).toBeUndefined();
    first = await measure(request);
  });

  test('is told with the best of the seeds', () => {
    if (!first.fits) throw new Error('a counter fits');
    expect(first.seeds.map(({ seed }) => seed)).toEqual([1, 2]);
    const clocks = first.seeds.map(({ fmaxMHz }) => fmaxMHz!);
    expect(first.fmaxMHz).toBe(Math.max(...clocks));
    expect(clocks[first.seed - 1]).toBe(first.fmaxMHz);
    expect(cellsWithin(first.resources, 'core')).toBeGreaterThanOrEqual(8);
    expect(first.resources.lc.used).toBeGreaterThan(cellsWithin(first.resources, 'core'));
  });

  test('is known afterwards, seed by seed, without a tool', async () => {
    expect(await recall(request)).toEqual(first);
    expect(await measure({ ...request, ...noTools })).toEqual(first);
    const second = await measure({ ...request, seeds: [2], ...noTools });
    expect(second).toMatchObject({ fits: true, seed: 2 });
    await expect(measure({ ...request, seeds: [1, 2, 3], ...noTools })).rejects.toMatchObject({
      code: 'TCT-4009',
    });
  });

  test('is the same wherever its lines of source have moved', async () => {
    expect(await recall({ ...request, files: counter(8, 'my.ts:99') })).toEqual(first);
  });

  test('is not known of anything else', async () => {
    const others: Partial<MeasureRequest>[] = [
      { files: counter(9) },
      { device: 'hx1k' },
      { targetMHz: 101 },
      { timingWeight: 40 },
      { seeds: [3] },
    ];
    for (const other of others) {
      expect(await recall({ ...request, ...other })).toBeUndefined();
      expect(measureKey({ ...request, ...other })).not.toBe(measureKey(request));
    }
  });

  test('is measured again where what was kept is damaged', async () => {
    const folder = join(cache, 'placed');
    const damages = [(bytes: Buffer) => bytes.fill(0x20, 40, 44), (bytes: Buffer) => bytes.subarray(0, 20)];
    const [one, other] = readdirSync(folder).map(name => join(folder, name));
    writeFileSync(one!, damages[0]!(readFileSync(one!)));
    writeFileSync(other!, damages[1]!(readFileSync(other!)));
    expect(await recall(request)).toBeUndefined();
    expect(await measure(request)).toEqual(first);
    expect(await recall(request)).toEqual(first);
  });

  test('is a result too where there is no room, and one seed is enough to know', async () => {
    const large = { ...request, files: counter(500) };
    const found = await measure(large);
    expect(found).toMatchObject({ fits: false, over: ['lc'] });
    expect(found.resources.lc.used).toBeGreaterThan(384);
    expect(await measure({ ...large, seeds: [1, 7], ...noTools })).toEqual(found);
  });

  test('is a result where the time was over, for those who give no more of it', async () => {
    const hurried = { ...request, files: counter(20), seeds: [1], limitSeconds: 0.001 };
    const found = await measure(hurried);
    expect(found).toMatchObject({ fits: false, over: [], stoppedAfter: 0.001 });
    expect(await recall({ ...hurried, limitSeconds: 0.0005 })).toEqual(found);
    expect(await recall({ ...hurried, limitSeconds: 60 })).toBeUndefined();
    expect(await measure({ ...hurried, limitSeconds: 60 })).toMatchObject({ fits: true });
  });
});
