import { describe, expect, test } from 'vitest';
import { filesIn, hdlGen, workspace } from './helpers.ts';

/* Where the energy of a core with its memories makes no sense; what it is stands in energy-cores.long.test.ts. */

describe('hdl-gen energy --interface', () => {
  test.each([
    ['--interface wishbone --column-order lanes', 'TCT-6006'],
    ['--interface wishbone --arch table', 'TCT-6006'],
    ['--interface wishbone --store spram --device hx8k', 'TCT-6093'],
    ['--weight-words 64', 'TCT-6037'],
    ['--batch 2', 'TCT-6037'],
    ['--interface spi --baud 9600', 'TCT-6037'],
    ['--interface axi', 'TCT-6002'],
  ])('is refused where it means nothing: %s', async (options, code) => {
    const cwd = workspace();
    const { status, stderr } = await hdlGen(`energy ${options} --out told`, { cwd });
    expect([status, stderr]).toEqual([2, expect.stringContaining(`error ${code}: `)]);
    expect(filesIn(cwd)).toEqual([]);
  });
});
