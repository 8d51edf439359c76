import { beforeAll, describe, expect, test } from 'vitest';
import {
  type BuildResult,
  buildBitstream,
  DoesNotFit,
  findDevice,
  type ProgressEvent,
  placeAndRoute,
  placeSeeds,
} from '../../synth/index.ts';
import { splitDesign } from './designs.ts';

describe('a build from Verilog to a bitstream', () => {
  let built: BuildResult;
  const events: ProgressEvent[] = [];

  beforeAll(async () => {
    built = await buildBitstream({
      files: splitDesign,
      top: 'top',
      device: 'hx1k',
      targetMHz: 50,
      expected: { bram: 1 },
      onProgress: event => events.push(event),
    });
  });

  test('gives a bitstream that begins as iCE40 expects', () => {
    expect(built.bitstream).toBeInstanceOf(Uint8Array);
    expect(Buffer.from(built.bitstream).indexOf(Buffer.from([0x7e, 0xaa, 0x99, 0x7e]))).toBeGreaterThan(0);
    expect(built.bitstream.length).toBe(32220);
    expect(built.asc).toMatch(/^\.device 1k$/m);
  });

  test('counts the flip-flops, carries and memories of each module as its author would', () => {
    const { byModule } = built.report.resources;
    const of = (count: 'ff' | 'carry' | 'bram' | 'io'): Record<string, number> =>
      Object.fromEntries(Object.entries(byModule).map(([key, value]) => [key, value[count]]));
    expect(of('ff')).toEqual({
      top: 5,
      'top.u_count': 8,
      'top.u_store': 0,
      'top.u_through': 0,
      'top.u_wrapped': 0,
      'top.u_wrapped.u_inner': 16,
      shared: 0,
    });
    expect(of('bram')).toMatchObject({ 'top.u_store': 1, top: 0, shared: 0 });
    expect(of('io')).toMatchObject({ top: 3, shared: 0 });
    expect(of('carry')['top.u_count']).toBeGreaterThan(0);
    expect(of('carry')).toMatchObject({ top: 0, 'top.u_wrapped.u_inner': 0, shared: 0 });
    expect(byModule['top.u_through']).toMatchObject({ module: 'through', lc: 0 });
    expect(byModule['top.u_wrapped.u_inner']).toMatchObject({ module: 'lfsr', lc: 16 + 0, lut: 1 });
  });

  test('adds up exactly to what nextpnr counts', () => {
    const { byModule, ...total } = built.report.resources;
    for (const kind of ['lc', 'bram', 'spram', 'dsp', 'io'] as const) {
      const sum = Object.values(byModule).reduce((all, each) => all + each[kind], 0);
      expect([kind, sum]).toEqual([kind, total[kind].used]);
    }
    expect(total.lc.available).toBe(1280);
    expect(total.bram).toEqual({ used: 1, available: 16 });
    expect(total.io.available).toBe(96);
  });

  test('tells the critical path in the names of the author, and its delays add up to the clock period', () => {
    const { fmaxMHz, targetMHz, clocks, criticalPath } = built.report.timing;
    expect(targetMHz).toBe(50);
    expect(clocks).toEqual([{ name: 'clk', fmaxMHz, targetMHz: 50 }]);
    expect(criticalPath.at(-1)!.totalNs).toBeCloseTo(1000 / fmaxMHz!, 1);
    expect(criticalPath[0]!.kind).toBe('clk-to-q');
    expect(criticalPath.map(step => step.net)).not.toContain(undefined);
    expect(criticalPath.map(step => step.signal)).not.toContain(undefined);
    for (const step of criticalPath.filter(each => each.named)) {
      expect(step.net).toMatch(/^(shift|u_count\.count|u_wrapped\.u_inner\.state|u_store\.q)(\[\d+\])?$/);
      expect(step.src).toMatch(/^(rtl\/(top|parts)\.v:\d|lfsr\.ts:12$)/);
    }
  });

  test('has a placed design in which every net has a driver and every delay a cell', () => {
    const { cells, nets, device, top } = built.placedDesign();
    expect([device.name, top]).toEqual(['hx1k', 'top']);
    const logicCells = cells.filter(cell => cell.type === 'ICESTORM_LC');
    expect(logicCells.length).toBe(built.report.resources.lc.used);
    for (const net of nets.filter(each => each.sinks.length > 0)) expect(net.driver, net.name).toBeDefined();
    for (const cell of logicCells) expect(cell.bel).toMatch(/^X\d+\/Y\d+\/lc[0-7]$/);
    const state = nets.find(net => net.name === 'u_wrapped.u_inner.state[15]')!;
    expect(state).toMatchObject({ named: true, src: 'lfsr.ts:12' });
    // It enables the eight bits of the counter and closes the loop of the shift register.
    expect(state.sinks.length).toBeGreaterThanOrEqual(2);
    expect(state.sinks.every(sink => sink.delayPs > 0)).toBe(true);
    expect(cells[state.driver!.cell]!.delays).toContainEqual({
      from: 'CLK',
      to: 'O',
      risePs: 540,
      fallPs: 540,
    });
    expect(Object.values(state.wires).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    expect(nets.find(net => net.name === 'clk' && net.wires.global > 0)).toBeDefined();
  });

  test('says what it was doing, and how long each tool took', () => {
    expect([...new Set(events.map(event => event.tool))]).toEqual(['yosys', 'nextpnr', 'icepack']);
    const phases = events.filter(event => event.tool === 'nextpnr').map(event => event.phase);
    expect([...new Set(phases)]).toEqual(expect.arrayContaining(['packing', 'placing', 'routing']));
    expect(events.some(event => event.phase === 'routing' && event.remaining === 0)).toBe(true);
    expect(events.some(event => /^Executing .*ABC9/i.test(event.phase))).toBe(true);
    expect(built.tools.map(tool => tool.name)).toEqual(['yosys', 'nextpnr-ice40', 'icepack']);
    for (const tool of built.tools) {
      expect(tool.version).toMatch(/^0\.\d+\.\d+$/);
      expect(tool.seconds).toBeGreaterThan(0);
    }
    // One after the other, each begun when the one before had ended.
    for (const [i, { startSeconds, seconds }] of built.tools.entries()) {
      const next = built.tools[i + 1]?.startSeconds ?? performance.now() / 1000;
      expect(startSeconds + seconds).toBeLessThan(next);
    }
    expect(built.toolSeconds).toBeCloseTo(
      built.tools.reduce((sum, { seconds }) => sum + seconds, 0),
      6,
    );
    expect(built.logs.yosys).toContain('SB_RAM40_4K');
  });

  test('keeps the fastest of several seeds, and the same seed gives the same bits', async () => {
    const { best, all } = await placeSeeds({
      netlistJson: built.netlistJson,
      device: findDevice('hx1k'),
      package: 'tq144',
      targetMHz: 50,
      seeds: [1, 2, 3],
      concurrency: 2,
    });
    expect(all.map(each => each.seed)).toEqual([1, 2, 3]);
    expect(best.fmaxMHz).toBe(Math.max(...all.map(each => each.fmaxMHz!)));
    expect(all[0]!.fmaxMHz).toBeCloseTo(built.report.timing.fmaxMHz!, 2);
    if (best.seed === 1) expect(new TextDecoder().decode(best.asc)).toBe(built.asc);
  });

  test('says what of a design does not fit, with the counts', async () => {
    const placing = placeAndRoute({
      netlistJson: built.netlistJson,
      device: findDevice('lp384'),
      package: 'qn32',
      targetMHz: 50,
      seed: 1,
    });
    const error = await placing.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DoesNotFit);
    const { resources, over, code, message } = error as DoesNotFit;
    expect(code).toBe('TCT-4005');
    expect(over).toEqual(['bram']);
    expect(resources.bram).toEqual({ used: 1, available: 0 });
    expect(resources.lc.available).toBe(384);
    expect(message).toBe("the design does not fit 'lp384': it needs 1 of 0 block RAMs");
  });

  test('names the pin that a PCF file gets wrong, in words of nextpnr', async () => {
    const placing = placeAndRoute({
      netlistJson: built.netlistJson,
      device: findDevice('hx1k'),
      package: 'tq144',
      targetMHz: 50,
      seed: 1,
      pcf: 'set_io clk 999\n',
    });
    await expect(placing).rejects.toMatchObject({
      code: 'TCT-4006',
      message: expect.stringContaining("package does not have a pin named '999'"),
    });
  });
});
