import { describe, expect, test } from 'vitest';
import { bit, component, concat, int, mux, named, range, uint } from '../../../hdl-gen/lang/index.ts';
import { Golden } from './golden.ts';

const golden = new Golden();

describe('expressions', () => {
  test('are written inside each other while they are small; what has a name keeps it', () => {
    const nested = component('nested', {
      inputs: { a: uint(8), b: int(8), c: bit },
      build({ a, b, c }) {
        const { difference } = named({ difference: a.sub(b) });
        return { y: mux(c, difference.add(a.and(15)), difference.negate()), z: difference.shiftRight(2) };
      },
    });
    expect(golden.verilog(nested)).toMatchInlineSnapshot(`
      "module nested (
        input wire [7:0] a,
        input wire signed [7:0] b,
        input wire c,
        output wire signed [9:0] y,
        output wire signed [7:0] z
      );
        wire signed [9:0] difference;
        assign difference = {2'd0, a} - {{2{b[7]}}, b};
        assign y = c ? difference + ({2'd0, a} & 10'd15) : -difference;
        assign z = difference[9:2];
      endmodule"
    `);
  });

  test('compare as unsigned what is unsigned, also where the vector is declared signed', () => {
    const compared = component('compared', {
      inputs: { a: int(8), b: int(8), n: uint(8) },
      build: ({ a, b, n }) => ({
        with_sign: a.lessThan(b),
        without: a.wrap(uint(8)).lessThan(b.slice(0, 8)),
        mixed: a.lessThan(n),
        constant: a.lessThan(-3),
        saturated: a.saturate(range(-10, 20)),
      }),
    });
    expect(golden.verilog(compared)).toMatchInlineSnapshot(`
      "module compared (
        input wire signed [7:0] a,
        input wire signed [7:0] b,
        input wire [7:0] n,
        output wire with_sign,
        output wire without,
        output wire mixed,
        output wire constant,
        output wire signed [5:0] saturated
      );
        assign with_sign = a < b;
        assign without = $unsigned(a) < $unsigned(b);
        assign mixed = $signed({a[7], a}) < $signed({1'b0, n});
        assign constant = a < $signed(8'd253);
        assign saturated = a < $signed(8'd246) ? 6'd54 : $signed(8'd20) < a ? 6'd20 : a[5:0];
      endmodule"
    `);
  });

  test('have parentheses wherever the order could be mistaken', () => {
    const ordered = component('ordered', {
      inputs: { a: bit, b: bit, c: bit, n: uint(3) },
      build: ({ a, b, c, n }) => ({
        equal: a.equals(b.equals(c)),
        less: a.lessThan(b.lessThan(c)),
        shifted: n.shiftLeft(n.shiftRight(a)),
        chain: a.and(b.and(c)).or(c.xor(b).xor(a)),
        odd: n.parity().xor(n.xor(5).parity().not()),
      }),
    });
    expect(golden.verilog(ordered)).toMatchInlineSnapshot(`
      "module ordered (
        input wire a,
        input wire b,
        input wire c,
        input wire [2:0] n,
        output wire equal,
        output wire less,
        output wire [9:0] shifted,
        output wire chain,
        output wire odd
      );
        assign equal = a == (b == c);
        assign less = a < (b < c);
        assign shifted = {7'd0, n} << (n >> a);
        assign chain = (a & b & c) | (c ^ b ^ a);
        wire [2:0] toggled;
        assign toggled = n ^ 3'd5;
        assign odd = ^n ^ ~(^toggled);
      endmodule"
    `);
  });

  test('select, join, repeat and shift', () => {
    const bits = component('bits', {
      inputs: { a: uint(8), s: int(4), n: range(2, 3), c: bit },
      build: ({ a, s, n, c }) => ({
        joined: concat(a.slice(4, 4), a.slice(0, 4), s),
        same: concat(a.slice(0, 4), a.slice(4, 4)),
        extended: s.add(a),
        masked: c.mask().and(a),
        variable: a.shiftRight(n),
        arithmetic: s.shiftRight(n),
        beyond: s.shiftRight(9),
        product: s.times(-7),
      }),
    });
    expect(golden.verilog(bits)).toMatchInlineSnapshot(`
      "module bits (
        input wire [7:0] a,
        input wire signed [3:0] s,
        input wire [1:0] n,
        input wire c,
        output wire [11:0] joined,
        output wire [7:0] same,
        output wire signed [9:0] extended,
        output wire [7:0] masked,
        output wire [7:0] variable,
        output wire signed [3:0] arithmetic,
        output wire signed beyond,
        output wire signed [6:0] product
      );
        assign joined = {s, a[3:0], a[7:4]};
        assign same = a;
        assign extended = {{6{s[3]}}, s} + {2'd0, a};
        assign masked = {8{c}} & a;
        assign variable = a >> n;
        assign arithmetic = ((s ^ {4{s[3]}}) >> n) ^ {4{s[3]}};
        assign beyond = s[3];
        assign product = {{3{s[3]}}, s} - {s, 3'd0};
      endmodule"
    `);
  });
});

describe('the lint tools on all of these', () => {
  golden.cases.tests();
});
