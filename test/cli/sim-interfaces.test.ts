import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn, hdlGen, workspace } from './helpers.ts';

/* A product through what a core speaks. The same seed draws the same product for all of them, so all results are the same bytes. */

const shape = '--lanes 6 --rows 2 --m 5 --k 20 --n 7 --seed 4';

describe('hdl-gen sim --interface', () => {
  test('gives the results that the bare stream gives', async () => {
    const cwd = workspace();
    const results = async (options: string): Promise<Buffer> => {
      const { status, stderr } = await hdlGen(`sim ${shape} ${options} --out ran`, { cwd });
      expect([status, stderr.includes('error')], stderr).toEqual([0, false]);
      return readFileSync(join(cwd, 'ran', 'results.npy'));
    };
    const expected = await results('');
    for (const options of [
      'axi',
      'axi --stalls --engine oracle',
      'wishbone --batch 2 --weight-words 64',
      'wishbone --store spram --encoding 2bit',
      'uart --baud 3000000',
      'spi --device up5k',
    ])
      expect((await results(`--interface ${options}`)).equals(expected), options).toBe(true);
  });

  test('tells where the cycles go', async () => {
    const cwd = workspace();
    const told = async (kind: string) => {
      const { stdout } = await hdlGen(`sim ${shape} --interface ${kind} --vcd wires.vcd --json`, { cwd });
      return JSON.parse(stdout);
    };
    const [bus, wire] = [await told('wishbone'), await told('uart')];
    for (const document of [bus, wire]) {
      const { cycles, host, throughput, checks } = document;
      expect(host.loadCycles + host.productCycles).toBe(cycles);
      expect(throughput.sustainedMacsPerCycle).toBeCloseTo((5 * 20 * 7) / host.productCycles);
      expect(checks).toMatchObject([{ values: 35, mismatches: 0, cycles }]);
    }
    expect(bus).toMatchObject({ interface: 'wishbone', core: { lanes: 6, rows: 2, store: 'bram' } });
    // The core does the same work behind both; ten bits of twelve cycles for each byte take longer than a bus.
    expect(wire.host.workCycles).toBe(bus.host.workCycles);
    expect(wire.cycles).toBeGreaterThan(10 * bus.cycles);
    expect(readFileSync(join(cwd, 'wires.vcd'), 'utf8')).toMatch(/\$var wire 1 \S+ tx \$end/);
  });

  test.each([
    ['--interface uart --stalls', 'TCT-6006'],
    ['--interface wishbone --link 1000', 'TCT-6006'],
    ['--interface axi --arch table', 'TCT-6006'],
    ['--interface spi --circuit gate.ts#gate', 'TCT-6006'],
    ['--interface axi --weight-words 64', 'TCT-6037'],
    ['--baud 115200', 'TCT-6037'],
    ['--interface uart --baud 4000000', 'TCT-7401'],
  ])('is refused where it means nothing: %s', async (options, code) => {
    const cwd = workspace();
    const { status, stderr } = await hdlGen(`sim ${options} --out ran`, { cwd });
    expect([status, stderr]).toEqual([2, expect.stringContaining(`error ${code}: `)]);
    expect(filesIn(cwd)).toEqual([]);
  });
});
