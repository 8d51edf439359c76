import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn } from '../cli/helpers.ts';
import { hasIcarus, missing } from '../support/tools.ts';
import { broken, dotProduct, foldedDotProduct, generated, played, small } from './generated.ts';

/* A testbench is worth what it finds, so each is given broken cores. */

const skipped = missing(hasIcarus, 'Icarus Verilog');

describe.skipIf(!hasIcarus)('the testbench', () => {
  test.each([
    '--lanes 6 --rows 3 --interface wishbone --arch sparse --activation-bits 13',
    '--lanes 3 --interface uart --mhz 7.3728 --baud 1000000 --batch 2 --arch tree',
    '--lanes 4 --rows 2 --interface wishbone --store spram',
  ])(`passes in Icarus without a warning: %s${skipped}`, async options => {
    const { status, warnings, lines } = played(await generated(options));
    expect(warnings).toBe('');
    expect([status, lines.at(-1)]).toEqual([0, 'PASS']);
  });

  test.each([
    ['stream', 'an adder that subtracts', dotProduct, / \+ /, ' - '],
    [
      'stream',
      'a source that is not held up',
      'verilog/ternary_stream.v',
      /assign in_ready = .*;/,
      "assign in_ready = 1'd1;",
    ],
    ['stream', 'sums that never come', 'verilog/ternary_stream.v', /result <= last;/, "result <= 1'd0;"],
    ['stream', 'a sum for each beat', 'verilog/ternary_stream.v', /in_valid & in_last/, 'in_valid'],
    ['axi', 'an adder that subtracts', dotProduct, / \+ /, ' - '],
    [
      'axi',
      'a sum that is lost when the sink stops',
      'verilog/ternary_stream.v',
      /full <= stalls;/,
      "full <= 1'd0;",
    ],
    ['wishbone', 'an adder that subtracts', foldedDotProduct, / \+ /, ' - '],
    ['wishbone', 'no error', 'verilog/wishbone_slave.v', /failed <= begins.*;/, "failed <= 1'd0;"],
    [
      'wishbone',
      'no answer to writes',
      'verilog/wishbone_slave.v',
      /answered <= taken.*;/,
      "answered <= 1'd0;",
    ],
    ['uart', 'an adder that subtracts', foldedDotProduct, / \+ /, ' - '],
    [
      'uart',
      'a damaged request that is done',
      'verilog/request_buffer.v',
      /is_right <= crc_crc == .*;/,
      "is_right <= 1'd1;",
    ],
    [
      'uart',
      'a write that is done twice',
      'verilog/frame_engine.v',
      /is_next <= wrapped == 8'd0;/,
      "is_next <= 1'd1;",
    ],
    ['spi', 'an adder that subtracts', foldedDotProduct, / \+ /, ' - '],
    [
      'spi',
      'a bit that comes late',
      'verilog/spi_slave.v',
      /assign miso = sending\[7\];/,
      'assign miso = sending[6];',
    ],
  ] as const)(`of %s finds %s${skipped}`, async (kind, _, file, from, to) => {
    const folder = await generated(small[kind]);
    broken(folder, file, from, to);
    const { status, lines } = played(folder);
    expect([status, lines.includes('FAIL'), lines.includes('PASS')]).toEqual([1, true, false]);
  });

  // What is not in a file is X, and X compared with X is no difference.
  test.each(Object.entries(small))(`of %s fails where vectors are missing${skipped}`, async (_, options) => {
    const folder = await generated(options);
    const files = filesIn(folder).filter(name => /^vectors\/.*\.hex$/.test(name));
    expect(files).not.toEqual([]);
    for (const name of files) {
      const path = join(folder, name);
      const whole = readFileSync(path, 'utf8');
      const cut = whole.trimEnd().split('\n').slice(0, -1).join('\n');
      for (const content of ['', cut, undefined]) {
        if (content === undefined) rmSync(path);
        else writeFileSync(path, content);
        const { status, lines } = played(folder);
        expect([name, status, lines.includes('FAIL'), lines.includes('PASS')]).toEqual([
          name,
          1,
          true,
          false,
        ]);
        expect(lines.join('\n')).toContain(`${name} is not there, or not whole`);
      }
      writeFileSync(path, whole);
    }
  });
});
