import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { call, Formula, inFolder, listener } from './explore-stand-in.ts';
import { filesIn } from './helpers.ts';

describe('hdl-gen explore', () => {
  test('tells all configurations, and which of them nothing beats', async () => {
    const folder = inFolder();
    const by = new Formula();
    const { document, results, said, outcome } = await call(
      '--arch tree,tree-folded --lanes 8..32x2 --cost lc',
      by,
    );
    expect(outcome.exitStatus).toBe(0);
    expect(
      document.points.map(({ config, placed, isOnFront }) => [
        config.arch,
        config.lanes,
        placed?.lc,
        isOnFront,
      ]),
    ).toEqual([
      ['tree', 8, 174, false],
      ['tree', 16, 318, false],
      ['tree', 32, 606, false],
      ['tree-folded', 8, 150, true],
      ['tree-folded', 16, 270, true],
      ['tree-folded', 32, 510, true],
    ]);
    expect(document).toMatchObject({
      schema: 'tercet.explore/1',
      version: '1.2.3',
      command: 'hdl-gen explore --arch tree,tree-folded --cost lc',
      tools: [{ name: '@yowasp/yosys' }, { name: '@yowasp/nextpnr-ice40' }],
      fronts: [{ device: 'up5k', weights: 'ternary', activationBits: 8, points: expect.any(Array) }],
      files: ['pareto.svg'],
    });
    expect(said[1]).toMatch(/^6 configurations: 6 to be placed, \d at a time: about \d+ s$/);
    expect(said).toContainEqual(expect.stringMatching(/^3 of 6 done, about \d+ s left$/));
    expect(results[0]).toMatch(/^ {4}family +lanes +rows +LC +LC\/MAC +MHz +GMAC\/s$/m);
    expect(results[0]).toMatch(/^ {2}\* tree-folded +32 +1 +510 +15.94 +168.0 +5.38$/m);
    const { out, ...written } = document;
    expect(JSON.parse(readFileSync(join(folder, out, 'explore.json'), 'utf8'))).toEqual(written);
    expect(filesIn(join(folder, out))).toEqual(['explore.json', 'pareto.svg']);
  });

  test('weighs energy, with its uncertainty, for those of which it is known', async () => {
    const folder = inFolder();
    const by = new Formula();
    const measured = by.measure.bind(by);
    by.measure = async configuration => {
      const found = await measured(configuration);
      const { lanes, arch } = configuration.array;
      if (found.placed === null || lanes === 32) return found;
      const mid = arch === 'tree' ? 4 - lanes / 16 : 5;
      return { ...found, placed: { ...found.placed, energyPjPerMac: { low: mid - 1, mid, high: mid + 2 } } };
    };
    const { document, results } = await call('--arch tree,tree-folded --lanes 8..32x2 --cost pj-per-mac', by);
    expect(document.command).toBe('hdl-gen explore --arch tree,tree-folded --cost pj-per-mac');
    expect(document.points.filter(({ isOnFront }) => isOnFront).map(({ id }) => id)).toEqual([
      'ternary_16x1_int8_up5k',
    ]);
    expect(results[0]).toMatch(/GMAC\/s +pJ\/MAC$/m);
    expect(results[0]).toMatch(/^ {2}\* tree +16 .* 3\.00 \(2\.00 to 5\.00\)$/m);
    expect(results[0]).toContain('1 point that none beats in both energy per MAC and GMAC/s');
    expect(readFileSync(join(folder, document.out, 'pareto.svg'), 'utf8')).toContain('pJ for each MAC');
  });

  test('compares those alone that do the same work', async () => {
    inFolder();
    const { document } = await call(
      '--arch tree,binary --activation-bits 4,8 --device hx1k,up5k --lanes 8',
      new Formula(),
    );
    expect(
      document.fronts.map(({ device, weights, activationBits }) => [device, weights, activationBits]),
    ).toEqual([
      ['hx1k', 'ternary', 4],
      ['hx1k', 'ternary', 8],
      ['hx1k', 'binary', 4],
      ['hx1k', 'binary', 8],
      ['up5k', 'ternary', 4],
      ['up5k', 'ternary', 8],
      ['up5k', 'binary', 4],
      ['up5k', 'binary', 8],
    ]);
    expect(document.points.every(({ isOnFront }) => isOnFront)).toBe(true);
    expect(document.files).toEqual(['pareto_hx1k.svg', 'pareto_up5k.svg']);
  });

  test('has a row for what does not fit and for what a tool broke on, and goes on', async () => {
    inFolder();
    const by = new Formula();
    by.kept.set('ternary_16x1_int8_up5k', {
      ...{ outcome: 'does-not-fit', why: 'needs 6000 of 5280 logic cells', key: 'k', placed: null },
    });
    by.instead.set('ternary_32x1_int8_up5k', async () => ({
      ...{ outcome: 'failed', why: 'TCT-4008: nextpnr broke', key: 'k', placed: null },
    }));
    const { results, outcome, failures } = await call('--arch tree --lanes 8,16,32,64', by);
    expect(results[0]).toMatch(/^ {4}tree +16 +1 {2}does not fit: needs 6000 of 5280 logic cells$/m);
    expect(results[0]).toMatch(/^ {4}tree +32 +1 {2}failed: TCT-4008: nextpnr broke$/m);
    expect(results[0]).toContain('4 configurations: 2 placed, 1 too large for the device, 1 failed');
    expect(outcome.exitStatus).toBe(1);
    expect(failures.map(({ code }) => code)).toEqual(['TCT-6072']);
  });

  test('fails where nothing has a place', async () => {
    inFolder();
    const by = new Formula();
    by.kept.set('ternary_8x1_int8_up5k', { outcome: 'does-not-fit', why: 'no', key: null, placed: null });
    const { outcome, failures, document } = await call('--arch tree --lanes 8', by);
    expect([outcome.exitStatus, failures[0]?.code, document.files]).toEqual([1, 'TCT-6073', []]);
  });

  test('tells at Ctrl-C what is done and how to go on, and goes on from there', async () => {
    const folder = inFolder();
    const by = new Formula();
    const on = listener();
    let isReached = () => {};
    const reached = new Promise<void>(resolve => {
      isReached = resolve;
    });
    by.instead.set('ternary_32x1_int8_up5k', () => {
      isReached();
      return new Promise(() => {});
    });
    void call('--arch tree --lanes 8..64x2 --jobs 1', by, on);
    await reached;
    on.pressCtrlC();
    const told = on.said.slice(-2);
    expect(told[0]).toMatch(/^ {2}\* tree +16 +1 +318 +19.88 /m);
    expect(told[1]).toBe(
      '2 of 4 configurations done and kept; to go on: hdl-gen explore --lanes 8,16,32,64 --arch tree',
    );
    expect(filesIn(folder)).toEqual([]);

    by.instead.clear();
    const again = await call('--arch tree --lanes 8..64x2 --jobs 1', by);
    expect(again.said[1]).toMatch(
      /^4 configurations: 2 known already, 2 to be placed, 1 at a time: about 2 s$/,
    );
    expect(by.measured).toEqual([8, 16, 32, 64].map(lanes => `ternary_${lanes}x1_int8_up5k`));
    expect(again.document.points.map(({ outcome }) => outcome)).toEqual(Array(4).fill('placed'));
  });
});

describe('a wrong call of hdl-gen explore', () => {
  test.each([
    ['--lanes 64..8', 'TCT-6002'],
    ['--lanes 8..64x1', 'TCT-6002'],
    ['--lanes 8,,16', 'TCT-6002'],
    ['--lanes 8,2000', 'TCT-6002'],
    ['--lanes 1..99999', 'TCT-6002'],
    ['--arch tree,bush', 'TCT-6002'],
    ['--arch hardwired', 'TCT-6002'],
    ['--device up5k,up6k', 'TCT-4001'],
    ['--lanes 1..1024 --rows 1..64', 'TCT-6070'],
    ['--lanes 8,16 --arch tree --point p.json', 'TCT-6071'],
    ['--point p.json --emit-jobs j.txt', 'TCT-6006'],
    ['--collect back --lanes 8', 'TCT-6006'],
    ['--into back', 'TCT-6037'],
  ])('%s', async (line, code) => {
    const folder = inFolder();
    await expect(call(line, new Formula())).rejects.toMatchObject({ code, exitStatus: 2 });
    expect(filesIn(folder)).toEqual([]);
  });

  test('but lists and ranges are taken, from the command line and from a config file', async () => {
    const folder = inFolder();
    const lanesOf = async (line: string) =>
      (await call(`--arch tree ${line}`, new Formula())).document.points.map(({ config }) => config.lanes);
    expect(await lanesOf('--lanes 8')).toEqual([8]);
    expect(await lanesOf('--lanes 1..3,8..32+12,8..64x2')).toEqual([1, 2, 3, 8, 20, 32, 16, 64]);
    writeFileSync(join(folder, 'tercet.config.json'), '{"lanes": 24}');
    expect(await lanesOf('')).toEqual([24]);
    writeFileSync(join(folder, 'tercet.config.json'), '{"lanes": [4, 6]}');
    expect(await lanesOf('')).toEqual([4, 6]);
    writeFileSync(join(folder, 'tercet.config.json'), '{"lanes": "4..5"}');
    expect(await lanesOf('')).toEqual([4, 5]);
  });
});
