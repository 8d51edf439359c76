import { describe, expect, test } from 'vitest';
import { emitVerilog, type VerilogFile } from '../../hdl-gen/emit/index.ts';
import {
  accumulate,
  array,
  bit,
  type Circuit,
  clockDomain,
  component,
  concat,
  cover,
  elaborate,
  foreign,
  Interval,
  inDomain,
  int,
  memory,
  mux,
  named,
  type RecordShape,
  range,
  register,
  registered,
  resetBy,
  rom,
  type SignalRecord,
  synchronise,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { LintCases } from '../support/lint.ts';

/*
 * What the Verilog looks like, a small circuit for each thing that it can hold. The attributes with the lines of
 * TypeScript are left out but for the first one, and so are the header and the default nettypes.
 */
const cases = new LintCases();

/** The Verilog of a circuit, which the lint tools will see too. */
function verilog<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
  stubs: readonly VerilogFile[] = [],
): string {
  const files = emitVerilog(elaborate(circuit));
  cases.add(circuit.component, [...files, ...stubs]);
  return files.map(({ text }) => bare(text)).join('\n');
}

function bare(text: string): string {
  return text
    .replaceAll(/\(\* src = "[^"]*" \*\) /g, '')
    .split('\n')
    .filter(line => !line.startsWith('//') && !line.startsWith('`default_nettype'))
    .join('\n')
    .trim();
}

describe('a module', () => {
  test('has a header, its lines of TypeScript, and no undeclared names', () => {
    const adder = component('adder', ({ bits }: { bits: number }) => ({
      inputs: { a: int(bits), b: int(bits) },
      build: ({ a, b }) => ({ sum: a.add(b) }),
    }));
    const design = elaborate(adder({ bits: 8 }));
    const [file] = emitVerilog(design, { madeBy: 'a test' });
    cases.add('adder', [file!]);
    expect(file!.name).toBe('adder.v');
    expect(file!.text.replaceAll(/(golden\.test\.ts):\d+/g, '$1:LINE')).toMatchInlineSnapshot(`
      "// adder, made by a test from test/emit/golden.test.ts:LINE.
      // Do not edit: change the source and make it again.
      //
      // bits: 8
      \`default_nettype none

      module adder (
        (* src = "test/emit/golden.test.ts:LINE" *) input wire signed [7:0] a,
        (* src = "test/emit/golden.test.ts:LINE" *) input wire signed [7:0] b,
        (* src = "test/emit/golden.test.ts:LINE" *) output wire signed [8:0] sum
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
    cases.add('odd_parameters', [{ name: 'odd_parameters.v', text }]);
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
    expect(verilog(ports)).toMatchInlineSnapshot(`
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

describe('expressions', () => {
  test('are written inside each other while they are small; what has a name keeps it', () => {
    const nested = component('nested', {
      inputs: { a: uint(8), b: int(8), c: bit },
      build({ a, b, c }) {
        const { difference } = named({ difference: a.sub(b) });
        return { y: mux(c, difference.add(a.and(15)), difference.negate()), z: difference.shiftRight(2) };
      },
    });
    expect(verilog(nested)).toMatchInlineSnapshot(`
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
    expect(verilog(compared)).toMatchInlineSnapshot(`
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
    expect(verilog(ordered)).toMatchInlineSnapshot(`
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
    expect(verilog(bits)).toMatchInlineSnapshot(`
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

describe('state', () => {
  test('registers of equal controls share their branches; an output register is the port itself', () => {
    const registers = component('registers', {
      inputs: { x: uint(4), go: bit, clear: bit },
      build({ x, go, clear }) {
        const count = register(uint(4), { reset: true, enable: go, initial: 3 });
        const { a, b } = named({
          a: registered(x, { reset: true, enable: go }),
          b: registered(x, { reset: clear }),
        });
        return {
          count: count.next(count.add(1).wrap(uint(4))),
          sum: a.add(b),
          late: registered(registered(x)),
        };
      },
    });
    expect(verilog(registers)).toMatchInlineSnapshot(`
      "module registers (
        input wire clk,
        input wire rst,
        input wire [3:0] x,
        input wire go,
        input wire clear,
        output reg [3:0] count,
        output wire [4:0] sum,
        output reg [3:0] late
      );
        reg [3:0] a;
        reg [3:0] b;
        reg [3:0] state;
        initial begin
          count = 4'd3;
          a = 4'd0;
          b = 4'd0;
          state = 4'd0;
          late = 4'd0;
        end
        assign sum = {1'b0, a} + {1'b0, b};
        always @(posedge clk) begin
          if (rst) begin
            count <= 4'd3;
            a <= 4'd0;
          end else if (go) begin
            count <= count + 4'd1;
            a <= x;
          end
          if (clear) begin
            b <= 4'd0;
          end else begin
            b <= x;
          end
          state <= x;
          late <= state;
        end
      endmodule"
    `);
  });

  test('a memory of records, with masks and two ports', () => {
    const store = component('store', {
      inputs: { at: uint(2), low: uint(4), high: int(4), keep: bit, write: bit },
      build({ at, low, high, keep, write }) {
        const { words } = named({
          words: memory(
            { low: uint(4), high: int(4) },
            { depth: 4, initial: [0, 1, 2, 3].map(i => ({ low: i, high: -i })) },
          ),
        });
        words.write(at, { low, high }, { enable: write, mask: { low: keep } });
        words.write(at, { low: 0, high: 0 }, { enable: keep });
        const first = words.read(at, { enable: write });
        const { second } = named({ second: words.read(3) });
        return { sum: first.low.add(first.high), second };
      },
    });
    expect(verilog(store)).toMatchInlineSnapshot(`
      "module store (
        input wire clk,
        input wire [1:0] at,
        input wire [3:0] low,
        input wire signed [3:0] high,
        input wire keep,
        input wire write,
        output wire signed [5:0] sum,
        output wire [3:0] second_low,
        output wire signed [3:0] second_high
      );
        reg [7:0] words [0:3];
        reg [7:0] words_read_0;
        reg [7:0] words_read_1;
        initial begin
          words[2'd0] = 8'd0;
          words[2'd1] = 8'd241;
          words[2'd2] = 8'd226;
          words[2'd3] = 8'd211;
        end
        assign sum = {2'd0, words_read_0[3:0]} + {{2{words_read_0[7]}}, words_read_0[7:4]};
        always @(posedge clk) begin
          if (write) begin
            words_read_0 <= words[at];
          end
          words_read_1 <= words[2'd3];
          if (write & keep) begin
            words[at][3:0] <= low;
          end
          if (write) begin
            words[at][7:4] <= high;
          end
          if (keep) begin
            words[at] <= 8'd0;
          end
        end
        assign second_low = words_read_1[3:0];
        assign second_high = words_read_1[7:4];
      endmodule"
    `);
  });

  test('a ROM whose data are an output, and a memory of one word', () => {
    const small = component('small_memories', {
      inputs: { at: range(0, 2), s: int(1), x: uint(8) },
      build({ at, s, x }) {
        const single = memory(uint(8), { depth: 1, name: 'single' });
        single.write(0, x);
        return {
          data: rom(int(4), [-8, 7, 0], 'table_of_3').read(at),
          half: rom(uint(2), [1, 2]).read(s.slice(0, 1)),
          word: single.read(0),
        };
      },
    });
    expect(verilog(small)).toMatchInlineSnapshot(`
      "module small_memories (
        input wire clk,
        input wire [1:0] at,
        input wire signed s,
        input wire [7:0] x,
        output reg signed [3:0] data,
        output reg [1:0] half,
        output reg [7:0] word
      );
        reg [7:0] single [0:0];
        reg [1:0] memory [0:1];
        initial begin
          memory[1'b0] = 2'd1;
          memory[1'b1] = 2'd2;
        end
        reg [3:0] table_of_3 [0:2];
        initial begin
          table_of_3[2'd0] = 4'd8;
          table_of_3[2'd1] = 4'd7;
          table_of_3[2'd2] = 4'd0;
        end
        always @(posedge clk) begin
          word <= single[1'b0];
          single[1'b0] <= x;
        end
        always @(posedge clk) begin
          half <= memory[$unsigned(s)];
        end
        always @(posedge clk) begin
          data <= table_of_3[at];
        end
      endmodule"
    `);
  });
});

describe('hierarchy', () => {
  const scale = component('scale', ({ by, from }: { by: number; from: Interval }) => ({
    inputs: { x: from },
    build: ({ x }) => ({ y: x.times(by), parts: [x.times(by), x] }),
  }));

  test('a module is called after the parameters in which it differs from others', () => {
    const hierarchy = component('hierarchy', {
      inputs: { x: uint(4) },
      build({ x }) {
        const once = scale({ by: 3, from: uint(4) })({ x }, { name: 'once' });
        const twice = scale({ by: 5, from: uint(6) })({ x: once.y }, { name: 'twice' });
        const { first } = named({ first: twice.parts[0]! });
        return { y: twice.y, z: first.add(once.parts[1]!) };
      },
    });
    expect(emitVerilog(elaborate(hierarchy)).map(({ name }) => name)).toEqual([
      'scale_by3.v',
      'scale_by5.v',
      'hierarchy.v',
    ]);
    expect(verilog(hierarchy)).toMatchInlineSnapshot(`
      "module scale_by3 (
        input wire [3:0] x,
        output wire [5:0] y,
        output wire [11:0] parts
      );
        assign y = {x, 2'd0} - {2'd0, x};
        wire [5:0] parts_0;
        assign parts_0 = {x, 2'd0} - {2'd0, x};
        assign parts = {2'd0, x, parts_0};
      endmodule
      module scale_by5 (
        input wire [5:0] x,
        output wire [8:0] y,
        output wire [17:0] parts
      );
        assign y = {3'd0, x} + {1'b0, x, 2'd0};
        wire [8:0] parts_0;
        assign parts_0 = {3'd0, x} + {1'b0, x, 2'd0};
        assign parts = {3'd0, x, parts_0};
      endmodule
      module hierarchy (
        input wire [3:0] x,
        output wire [8:0] y,
        output wire [8:0] z
      );
        wire [5:0] once_y;
        wire [11:0] once_parts;
        wire [17:0] twice_parts;
        wire [8:0] first;
        assign first = twice_parts[8:0];
        assign z = first + {5'd0, once_parts[9:6]};
        scale_by3 once (
          .x(x),
          .y(once_y),
          .parts(once_parts)
        );
        scale_by5 twice (
          .x(once_y),
          .y(y),
          .parts(twice_parts)
        );
        // Bits that no logic reads.
        wire unused;
        assign unused = &{1'b0, twice_parts[17:9], once_parts[11:10], once_parts[5:0]};
      endmodule"
    `);
  });

  test('an output that is one element of what a part shows', () => {
    const element = component('element', {
      inputs: { x: uint(4) },
      build: ({ x }) => ({ y: scale({ by: 3, from: uint(4) })({ x }).parts[1]! }),
    });
    expect(verilog(element).split('module element')[1]).toMatchInlineSnapshot(`
      " (
        input wire [3:0] x,
        output wire [3:0] y
      );
        wire [5:0] scale_y;
        wire [11:0] scale_parts;
        scale scale (
          .x(x),
          .y(scale_y),
          .parts(scale_parts)
        );
        assign y = scale_parts[9:6];
        // Bits that no logic reads.
        wire unused;
        assign unused = &{1'b0, scale_parts[11:10], scale_parts[5:0], scale_y};
      endmodule"
    `);
  });

  test('a foreign module is instantiated, with its own names of clock and reset; its model is not emitted', () => {
    const pad = foreign(
      { name: 'PAD', parameters: { MODE: 'FAST', WIDTH: 4 }, clock: 'CK', reset: 'SR' },
      { inputs: { D: uint(4) }, build: ({ D }) => ({ Q: registered(D, { reset: true }) }) },
    );
    const wrapped = component('wrapped', {
      inputs: { x: uint(4) },
      build: ({ x }) => ({ y: pad({ D: x }, { name: 'the_pad' }).Q }),
    });
    const stub = `/* A stand-in for the lint tools. */
module PAD #(parameter MODE = "", parameter WIDTH = 1) (
  input wire CK, input wire SR, input wire [3:0] D, output reg [3:0] Q
);
  always @(posedge CK) Q <= SR || MODE == "" || WIDTH == 0 ? 4'd0 : D;
endmodule
`;
    expect(verilog(wrapped, [{ name: 'PAD.v', text: stub }])).toMatchInlineSnapshot(`
      "module wrapped (
        input wire clk,
        input wire rst,
        input wire [3:0] x,
        output wire [3:0] y
      );
        PAD #(.MODE("FAST"), .WIDTH(4)) the_pad (
          .CK(clk),
          .SR(rst),
          .D(x),
          .Q(y)
        );
      endmodule"
    `);
  });

  test('two clocks, a reset of its own, and a part that knows neither', () => {
    const counter = component('counter', {
      inputs: {},
      build() {
        const value = register(uint(4), { reset: true });
        return { value: value.next(value.add(1).wrap(uint(4))) };
      },
    });
    const clocks = component('clocks', {
      inputs: { flag: bit },
      domains: { flag: clockDomain('fast') },
      build({ flag }) {
        const sent = inDomain(clockDomain('fast'), () => registered(flag));
        const { clear } = named({ clear: synchronise(sent) });
        return {
          slow: resetBy(clear, () => counter({}).value),
          quick: inDomain(clockDomain('fast'), () => counter({}).value),
        };
      },
    });
    expect(verilog(clocks).split('module clocks')[1]).toMatchInlineSnapshot(`
      " (
        input wire fast_clk,
        input wire clk,
        input wire fast_rst,
        input wire flag,
        output wire [3:0] slow,
        output wire [3:0] quick
      );
        reg state;
        reg clear_early_1;
        reg clear;
        initial begin
          state = 1'b0;
          clear_early_1 = 1'b0;
          clear = 1'b0;
        end
        counter counter (
          .clk(clk),
          .rst(clear),
          .value(slow)
        );
        counter counter_1 (
          .clk(fast_clk),
          .rst(fast_rst),
          .value(quick)
        );
        always @(posedge fast_clk) begin
          state <= flag;
        end
        always @(posedge clk) begin
          clear_early_1 <= state;
          clear <= clear_early_1;
        end
      endmodule"
    `);
  });

  test('wires are assigned after what drives them is known', () => {
    const wires = component('wires', {
      inputs: { x: uint(4) },
      build({ x }) {
        const { back } = named({ back: wire(uint(4)) });
        const y = registered(back.xor(x));
        back.drive(y.add(1).wrap(uint(4)));
        return { y };
      },
    });
    expect(verilog(wires)).toMatchInlineSnapshot(`
      "module wires (
        input wire clk,
        input wire [3:0] x,
        output reg [3:0] y
      );
        wire [3:0] back;
        initial begin
          y = 4'd0;
        end
        assign back = y + 4'd1;
        always @(posedge clk) begin
          y <= back ^ x;
        end
      endmodule"
    `);
  });
});

describe('what is not there in hardware', () => {
  test('promises, claims and covers, with the logic that only they look at', () => {
    const promises = component('promises', {
      inputs: { x: uint(8), first: bit },
      build({ x, first }) {
        const { digit } = named({ digit: x.assume(range(0, 9), 'it is a digit\nof course') });
        const { last } = named({ last: registered(x, { reset: true }) });
        cover(last.slice(2, 3).equals(5), 'five');
        return { y: accumulate(digit, { restart: first, terms: 2 }) };
      },
    });
    expect(verilog(promises)).toMatchInlineSnapshot(`
      "module promises (
        input wire clk,
        input wire rst,
        input wire [7:0] x,
        input wire first,
        output reg [4:0] y
      );
        initial begin
          y = 5'd0;
        end
        wire [3:0] digit;
        assign digit = x[3:0];
        wire [5:0] choice;
        assign choice = first ? {2'd0, digit} : {1'b0, y} + {2'd0, digit};
        always @(posedge clk) begin
          y <= choice[4:0];
        end
        // Bits that no logic reads.
        wire unused;
        assign unused = &{1'b0, choice[5], x[7:4], rst};
      \`ifdef FORMAL
        reg [7:0] last;
        initial begin
          last = 8'd0;
        end
        always @(posedge clk) begin
          if (rst) begin
            last <= 8'd0;
          end else begin
            last <= x;
          end
        end
        always @* begin
          if (~rst) begin
            assert (~(8'd9 < x)); // it is a digit of course
            cover (last[4:2] == 3'd5); // five
            assert (~(6'd18 < choice)); // the running sum stays within [0, 18]
          end
        end
        // Bits that no logic reads.
        wire unused_1;
        assign unused_1 = &{1'b0, last[7:5], last[1:0]};
      \`endif
      endmodule"
    `);
  });

  test('bits that nothing reads are gathered, also a clock and names that look like ours', () => {
    const leftovers = component('leftovers', {
      inputs: { x: uint(8), unused: bit, sum: uint(2) },
      build({ x, unused, sum }) {
        registered(x);
        return { y: x.slice(2, 3).add(sum).times(5).equals(unused) };
      },
    });
    expect(verilog(leftovers)).toMatchInlineSnapshot(`
      "module leftovers (
        input wire clk,
        input wire [7:0] x,
        input wire unused,
        input wire [1:0] sum,
        output wire y
      );
        wire [3:0] sum_1;
        assign sum_1 = {1'b0, x[4:2]} + {2'd0, sum};
        assign y = ({2'd0, sum_1} + {sum_1, 2'd0}) == {5'd0, unused};
        // Bits that no logic reads.
        wire unused_1;
        assign unused_1 = &{1'b0, x[7:5], x[1:0], clk};
      endmodule"
    `);
  });
});

describe('the lint tools on all of these', () => {
  cases.tests();
});
