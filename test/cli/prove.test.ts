import { describe, expect, test } from 'vitest';
import { hdlGen, workspace } from './helpers.ts';

/** The table without its times. */
function table(stdout: string): string {
  return stdout.replaceAll(/ +\d+\.\d(\n| s\n)/g, ' …$1').replaceAll(/ +\n/g, '\n');
}

describe('hdl-gen prove', () => {
  test('tells what is proved and what is only tested', async () => {
    const { status, stdout, stderr } = await hdlGen('prove --lanes 2 --activation-bits 2 --init-bits 0', {
      cwd: workspace(),
    });
    expect(`\n${table(stdout)}`).toMatchInlineSnapshot(`
      "
        array  2 lanes x 1 row, 2 bits

        claim                        size                      state   how                                  seconds
        weight decoder = arithmetic  2bit x 2 bits             proved  all 16 pairs of code and activation …
        lane gate = specification    2 bits                    proved  by induction over time …
        tree node = specification    2 + 2 bits                proved  by induction over time …
        dot product = specification  1 x 1 bits to 2 x 2 bits  proved  by induction over time …
        whole array = products       2 lanes x 1 row, 2 bits   tested  360 random sums in 2,043 cycles …
        netlist for up5k = Verilog   2 lanes x 1 row, 2 bits   proved  by induction over time …

        8 claims proved, 1 claim only tested in … s
      "
    `);
    expect(stderr).toContain('proving: netlist for up5k = Verilog\n');
    expect(status).toBe(0);
  });

  test('leaves open what is not decided in the time, and says so as a document too', async () => {
    const { status, stdout, stderr } = await hdlGen('prove --lanes 8 --timeout 1 --json', {
      cwd: workspace(),
    });
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ schema: 'tercet.prove/1', config: { lanes: 8 }, verdict: 'open' });
    expect(document.claims[0]).toMatchObject({ kind: 'decoder', status: 'proved' });
    expect(document.claims.at(-1)).toMatchObject({ kind: 'netlist', status: 'open' });
    expect(stderr).toMatch(/warning TCT-6103: \d+ claims neither proved nor refuted/);
    expect(status).toBe(3);
  });
});
