import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hdlGen, workspace } from './helpers.ts';

describe('hdl-gen build --interface', () => {
  test.each([
    ['wishbone', '--weight-words 256', { store: 'bram', weightWords: 256, interface: 'wishbone' }],
    ['uart', '--weight-words 64 --batch 2', { batch: 2, weightWords: 64, interface: 'uart' }],
    ['spi', '--weight-words 64', { interface: 'spi' }],
    ['axi', '', { lanes: 4 }],
  ])('places a core behind %s, and tells what it takes', async (kind, options, config) => {
    const cwd = workspace();
    const call = `build --interface ${kind} --lanes 4 ${options} --device hx8k --out core`;
    const { status, stderr } = await hdlGen(call, { cwd });
    expect([status, stderr.includes('error')], stderr).toEqual([0, false]);
    const report = JSON.parse(readFileSync(join(cwd, 'core', 'report.json'), 'utf8'));
    expect(report.config).toMatchObject(config);
    expect(report.command).toContain(`--interface ${kind}`);
    expect(report.throughput.lcPerMac).toBeGreaterThan(8);
    expect(report.checks[0].mismatches).toBe(0);
  });
});
