import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawMatrix } from '../../bench/hardwired/matrices.ts';
import { filesIn, hdlGen, workspace } from './helpers.ts';

/** A folder with the file w.txt. */
function withWeights(rows: readonly (readonly number[])[] = drawMatrix(6, 9, 1)): string {
  const cwd = workspace();
  writeFileSync(join(cwd, 'w.txt'), `${rows.map(row => row.join(' ')).join('\n')}\n`);
  return cwd;
}

describe('hdl-gen --arch hardwired', () => {
  test.each(['parallel', 'serial'])('writes Verilog and a manifest of the %s form', async form => {
    const cwd = withWeights();
    const call = `--arch hardwired --weights w.txt --form ${form} --out core --json`;
    const { status, stdout } = await hdlGen(call, { cwd });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'tercet.hardwired/1',
      config: { arch: 'hardwired', form, m: 6, k: 9 },
      top: `hardwired_${form}`,
      cyclesPerVector: form === 'serial' ? 11 : 1,
    });
    expect(filesIn(join(cwd, 'core'))).toEqual(['manifest.json', `verilog/hardwired_${form}.v`]);
    const again = `${JSON.parse(readFileSync(join(cwd, 'core/manifest.json'), 'utf8')).command} --out again`;
    await hdlGen(again.replace('hdl-gen ', ''), { cwd });
    const verilog = (folder: string): string =>
      readFileSync(join(cwd, folder, `verilog/hardwired_${form}.v`), 'utf8');
    expect(verilog('again')).toBe(verilog('core'));
  });

  test.each([
    '',
    '--form serial',
    '--form serial --activation-bits 1 --n 5',
    '--activation-bits 16 --pipeline 2',
    '--form serial --activation-bits 16 --pipeline 3 --engine oracle --n 4',
  ])('is exact in simulation: %s', async options => {
    const cwd = withWeights();
    const call = `sim --arch hardwired --weights w.txt ${options} --json`;
    const { status, stdout } = await hdlGen(call, { cwd });
    const { checks, data } = JSON.parse(stdout);
    expect(checks).toMatchObject([{ mismatches: 0, values: data.m * data.n }]);
    expect(status).toBe(0);
  });

  test('does in its netlist what it does in the circuit', async () => {
    const call = 'cosim --arch hardwired --weights w.txt --form serial --with netlist --cycles 200 --json';
    const { status, stdout } = await hdlGen(call, { cwd: withWeights() });
    const { opinions } = JSON.parse(stdout);
    expect(opinions.map(({ name }: { name: string }) => name)).toEqual(['reference', 'engine', 'netlist']);
    expect(opinions.every(({ mismatches }: { mismatches: number }) => mismatches === 0)).toBe(true);
    expect(status).toBe(0);
  }, 60_000);

  test.each([
    ['--arch hardwired', "TCT-6037: '--arch hardwired' is about '--weights FILE', which is not given"],
    ['--form serial', "TCT-6037: '--form serial' is about '--arch hardwired', which is not given"],
    ['--arch hardwired --weights w.txt --lanes 8', "TCT-6006: '--lanes' and '--arch hardwired' contradict"],
    ['--arch hardwired --weights none.txt', "TCT-5001: the file 'none.txt' is not there"],
    ['prove --arch hardwired', "TCT-6006: 'hdl-gen prove' and '--arch hardwired' contradict each other"],
    [
      'build --arch hardwired --weights w.txt --board icebreaker',
      "TCT-6006: '--board' and '--arch hardwired'",
    ],
  ])('refuses %s', async (call, message) => {
    const { status, stderr } = await hdlGen(call, { cwd: withWeights() });
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
