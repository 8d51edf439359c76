import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn, hdlGen, installTercet, workspace } from './helpers.ts';

describe('hdl-gen build', () => {
  test('writes everything and a report, also where the clock is missed', async () => {
    const cwd = workspace();
    const asked = 'build --lanes 4 --device hx1k --mhz 900 --timing-weight 20';
    const { status, stdout, stderr } = await hdlGen(`${asked} --json`, { cwd });
    expect(stderr).toMatch(/^Yosys: loading\nYosys: synthesising\nnextpnr: packing\n/);
    expect(stderr).toMatch(
      /error TCT-6026: the clock reaches [\d.]+ MHz, not the 900 MHz that were asked for\n/,
    );
    expect(status).toBe(1);
    const folder = join(cwd, 'build/ternary_4x1_int8_hx1k');
    const { out, ...report } = JSON.parse(stdout);
    expect(out).toBe('build/ternary_4x1_int8_hx1k');
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(report);
    expect(filesIn(folder)).toEqual([...report.files, 'report.json'].sort());
    expect(readFileSync(join(folder, 'design.bin')).indexOf('7eaa997e', 0, 'hex')).toBeGreaterThan(0);

    expect(report).toMatchObject({
      schema: 'tercet.report/1',
      command: 'hdl-gen build --lanes 4 --device hx1k --mhz 900 --seeds 1 --seed 1 --timing-weight 20',
      config: { lanes: 4, rows: 1 },
      device: 'hx1k',
      package: 'tq144',
      board: null,
      timing: { targetMHz: 900, isRequired: true, isMet: false },
      checks: [
        {
          what: 'simulated core against the integer reference',
          inputs: 'weights and activations drawn with seed 1',
          values: 4096,
          unit: 'sums of 16 products',
          mismatches: 0,
        },
      ],
    });
    const { resources, throughput, timing, tools, seconds } = report;
    const { core, wrapper, shared } = resources.split;
    expect(core.lc + wrapper.lc + shared.lc).toBe(resources.lc.used);
    expect(core.lc).toBeGreaterThan(4 * 18);
    expect(resources.lc.available).toBe(1280);
    expect(throughput.lcPerMac * 4).toBe(resources.byModule['ternary_stream_on_pins.core.array.row_0'].lc);
    expect(throughput.peakGmacs).toBeCloseTo((4 * timing.fmaxMHz) / 1000, 2);
    // The checked product is long, so that the pipeline is filled and emptied once for thousands of beats.
    expect(throughput.sustainedGmacs).toBeLessThanOrEqual(throughput.peakGmacs);
    expect(throughput.sustainedGmacs).toBeGreaterThan(0.98 * throughput.peakGmacs);
    // 16 block RAMs read 256 bits a cycle: 32 activations, each for a row.
    expect(throughput.roofline).toMatchObject({ limit: 'activations', macsPerCycle: 32 });
    expect(throughput.rooflineGmacs).toBeCloseTo((32 * timing.fmaxMHz) / 1000, 2);
    expect(report.files).toContain('roofline.svg');
    expect(readFileSync(join(folder, 'roofline.svg'), 'utf8')).toContain('4 lanes x 1 row on HX1K: bound by');
    expect(throughput.roofline.reached).toBeCloseTo(throughput.sustainedGmacs / throughput.rooflineGmacs, 2);
    expect(timing.criticalPath.length).toBeGreaterThan(2);
    for (const { signal, src } of timing.criticalPath)
      expect([signal, src]).toEqual([
        expect.any(String),
        expect.stringMatching(/^rtl\/\w+\/[\w-]+\.ts:\d+$/),
      ]);
    expect(tools.map((tool: { name: string }) => tool.name)).toEqual(['yosys', 'nextpnr-ice40', 'icepack']);
    expect(seconds.added).toBeCloseTo(seconds.total - seconds.tools, 2);
  });

  test("puts a user's circuit on a board, its ports wired by their names", async () => {
    const cwd = workspace();
    installTercet(cwd);
    const source = `import { component, counter, bit, register } from 'tercet';
export const blink = component('blink', {
  inputs: {},
  build() {
    const { isLast } = counter(1000, { reset: true });
    const light = register(bit, { reset: true, enable: isLast });
    light.next(light.not());
    return { led0: light };
  },
});
export const deaf = component('deaf', { inputs: { ear: bit }, build: ({ ear }) => ({ led0: ear }) });
`;
    writeFileSync(join(cwd, 'my.ts'), source);
    const refused = await hdlGen('build --board icestick --circuit my.ts#deaf', { cwd });
    expect(refused.stderr).toMatch(
      /^error TCT-6027: port 'ear' of the circuit has no pin on board 'icestick'/,
    );
    expect(refused.status).toBe(2);
    const slow = await hdlGen('build --board icestick --circuit my.ts#blink --mhz 5', { cwd });
    expect(slow.stderr).toMatch(
      /^error TCT-4057: a PLL makes clocks of 16 to 275 MHz, and 5 MHz are asked for/,
    );
    expect(slow.status).toBe(2);
    const call = 'build --board icestick --circuit my.ts#blink --mhz 48 --out blink';
    const { status, stdout } = await hdlGen(call, { cwd });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/ built +my.ts#blink on .*iCEstick/i)]);
    expect(stdout).toMatch(
      /checked +compiled engine against the oracle: 200 values of 1 output, all equal \(drawn with seed 1, 200 cycles\)/,
    );
    expect(readFileSync(join(cwd, 'blink/pins.pcf'), 'utf8')).toMatch(/^set_io clk 21\nset_io led0 99$/m);
    expect(JSON.parse(readFileSync(join(cwd, 'blink/report.json'), 'utf8'))).toMatchObject({
      board: 'icestick',
      throughput: null,
      config: { circuit: 'my.ts#blink' },
      clock: { MHz: 48, pll: { divr: 0, divf: 63, divq: 4, filterRange: 1 } },
      top: 'blink_on_board_pll',
      timing: { targetMHz: 48, isMet: true },
    });
  });

  test('does not begin what cannot fit, and says what would', async () => {
    const cwd = workspace();
    const { status, stderr } = await hdlGen('build --lanes 1024 --rows 8', { cwd });
    expect(stderr).toMatch(
      /^error TCT-6025: the array does not fit 'up5k': it needs about \d+ logic cells, and the device has 5280\n/,
    );
    expect(stderr).toMatch(/help: about \d+ lanes in 8 rows would fit \(an estimate\): --lanes \d+/);
    expect([status, readdirSync(cwd)]).toEqual([1, []]);
  });

  test('tells how much too large the array was, and what would fit', async () => {
    const cwd = workspace();
    const { status, stderr } = await hdlGen('build --lanes 8 --device lp384', { cwd });
    expect(stderr).toMatch(/^warning TCT-6101: the array may not fit 'lp384'/);
    const found =
      /error TCT-6025: .* it needs (\d+) logic cells, and the device has 384\n {2}help: about (\d+) lanes/.exec(
        stderr,
      );
    expect(Number(found?.[1])).toBeGreaterThan(384);
    expect(Number(found?.[2])).toBeLessThan(8);
    expect([status, readdirSync(cwd)]).toEqual([1, []]);
  });

  test.each([
    ['SIGINT', 130, /Yosys: synthesising/],
    ['SIGTERM', 143, /nextpnr: packing/],
  ] as const)('leaves nothing behind at %s', async (signal, exitStatus, pattern) => {
    const cwd = workspace();
    const { status, stdout, stderr } = await hdlGen('build --lanes 4 --device hx1k', {
      cwd,
      signalAt: { pattern, signal },
    });
    expect(stderr).toContain('interrupted: nothing was left half-written');
    expect([status, stdout, readdirSync(cwd)]).toEqual([exitStatus, '', []]);
  });
});
