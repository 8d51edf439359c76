import { describe, expect, test } from 'vitest';
import { emitVerilog, type VerilogFile } from '../../../hdl-gen/emit/index.ts';
import { array, bit, component, elaborate, Interval, int, range, uint } from '../../../hdl-gen/lang/index.ts';
import { Golden } from './golden.ts';

const golden = new Golden();

describe('a module', () => {
  test('has a header, its lines of TypeScript, and no undeclared names', () => {
    const adder = component('adder', ({ bits }: { bits: number }) => ({
      inputs: { a: int(bits), b: int(bits) },
      build: ({ a, b }) => ({ sum: a.add(b) }),
    }));
    const design = elaborate(adder({ bits: 8 }));
    const [file] = emitVerilog(design, { madeBy: 'a test' });
    golden.cases.add('adder', [file!]);
    expect(file!.name).toBe('adder.v');
    expect(file!.text.replaceAll(/(module\.test\.ts):\d+/g, '$1:LINE')).toMatchInlineSnapshot(`
      "// adder, made by a test from test/emit/golden/module.test.ts:LINE.
      // Do not edit: change the source and make it again.
      //
      // bits: 8
      \`default_nettype none

      module adder (
        (* src = "test/emit/golden/module.test.ts:LINE" *) input wire signed [7:0] a,
        (* src = "test/emit/golden/module.test.ts:LINE" *) input wire signed [7:0] b,
        (* src = "test/emit/golden/module.test.ts:LINE" *) output wire signed [8:0] sum
      );
        assign sum = {a[7], a} + {b[7], b};
      endmodule

      \`default_nettype wire
      "
    `);
  });

  test('tells its parameters, whatever they are, each on one line', () => {
    const odd = component('odd_parameters', (_: object) => ({
      inputs: { a: bit },
      build: ({ a }) => ({ y: a.not() }),
    }));
    const parameters = {
      range: range(-3, 4),
      big: 2n ** 70n,
      list: [1n, { of: int(3) }],
      text: 'two\nlines',
    };
    const [{ text }] = emitVerilog(elaborate(odd(parameters))) as [VerilogFile];
    golden.cases.add('odd_parameters', [{ name: 'odd_parameters.v', text }]);
    expect(
      text
        .split('\n')
        .filter(line => line.startsWith('//'))
        .slice(2)
        .join('\n'),
    ).toMatchInlineSnapshot(`
      "//
      // range: [-3, 4]
      // big: 1180591620717411303424
      // list: ["1",{"of":"[-4, 3]"}]
      // text: two lines"
    `);
  });

  test('has one vector for an array port, element 0 lowest, and one port for each field of a record', () => {
    const ports = component('ports', {
      inputs: { x: array(3, int(4)), p: { left: uint(2), right: bit }, fixed: Interval.of(3n) },
      build: ({ x, p, fixed }) => ({
        swapped: x.toReversed(),
        out: { sum: p.left.add(fixed), bits: [p.right] },
        mixed: [x[0]!, p.left, fixed],
      }),
    });
    expect(golden.verilog(ports)).toMatchInlineSnapshot(`
      "module ports (
        input wire [11:0] x,
        input wire [1:0] p_left,
        input wire p_right,
        output wire [11:0] swapped,
        output wire [2:0] out_sum,
        output wire out_bits,
        output wire [11:0] mixed
      );
        assign out_sum = {1'b0, p_left} + 3'd3;
        assign swapped = {x[3:0], x[7:4], x[11:8]};
        assign out_bits = p_right;
        assign mixed = {6'd12, p_left, x[3:0]};
      endmodule"
    `);
  });
});

describe('the lint tools on all of these', () => {
  golden.cases.tests();
});
