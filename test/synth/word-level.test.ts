import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { createSimulation, netlistCircuit } from '../../sim/index.ts';
import { markedTask, readWordLevel, type WordLevelRequest } from '../../synth/index.ts';

const files = {
  'good.v':
    'module good (input clk, input [1:0] en, output reg q);\n  always @(posedge clk) q <= en[0];\nendmodule',
  'bad.v': 'module bad (input x, output y);\n  assign y = x +;\nendmodule',
  'include.v': '// first\n`include "nowhere.vh"\nmodule a; endmodule',
  'missing.v': 'module missing (input x);\n  other other (x);\nendmodule',
  'loop.v': `module loop (output [3:0] a);
  wire [3:0] b;
  assign a = b ^ 5;
  inner inner (a, b);
endmodule
module inner (input [3:0] x, output [3:0] y);
  assign y = x + 1;
endmodule`,
  'divided.v': `module divided (input clk, output reg q = 0);
  reg half = 0;
  always @(posedge clk) half <= ~half;
  always @(posedge half) q <= ~q;
endmodule`,
  'read.v': 'module read (input clk, output reg q = 0);\n  always @(posedge clk) q <= ~q & clk;\nendmodule',
  'register.v':
    'module top (input clk, input d, output reg q);\n  always @(posedge clk) q <= d;\n  always @(posedge clk) q <= 0;\nendmodule',
  'assigned.v': 'module top (input a, output y);\n  assign y = a;\n  assign y = 1;\nendmodule',
  'constants.v':
    'module constants (output [3:0] y);\n  wire [3:0] t;\n  assign t = 5;\n  assign y = t;\n  assign t[2:1] = 3;\nendmodule',
  'delays.v': `module delays (output reg clk, output reg [7:0] t);
  // always #3 is a comment
  initial begin
    clk = 0; #10 $finish;
  end
  always @(posedge clk) t <= #1 $time;
endmodule`,
  'two.v': 'module two (input a, input b, output y);\n  assign y = a;\n  assign y = b;\nendmodule',
  'blocks.v': `module blocks (input clk, input other, input [1:0] a, input [3:0] d, output [3:0] q);
  reg [3:0] words [0:3];
  always @(posedge clk or posedge other) if (!other) words[a] <= d;
  always @(posedge other) words[~a] <= d;
  assign q = words[a];
endmodule`,
  'memory.v': `module memory (input clk, input [1:0] a, input [3:0] d, output reg [3:0] q);
  reg [3:0] words [0:3];
  always @(posedge clk) begin words[a] <= d; q <= words[~a]; end
endmodule`,
  'box.v':
    'module top (input x, output y);\n  box b (x, y);\nendmodule\n(* blackbox *)\nmodule box (input x, output y);\nendmodule',
  'asynchronous.v': `module asynchronous (input [1:0] a, input [3:0] d, output [3:0] q);
  reg [3:0] words [0:3];
  always @* words[a] = d;
  assign q = words[~a];
endmodule`,
};

describe('Verilog is refused with its place and a way out', () => {
  test.each<[source: string, request: Partial<WordLevelRequest>, message: RegExp]>([
    ['bad.v', {}, /^TCT-4014: Yosys cannot read the Verilog: syntax error, unexpected ';'\n {2}at bad.v:2\n/],
    ['include.v', {}, /^TCT-4014: .*Can't open include file 'nowhere.vh'!\n {2}at include.v:2\n/],
    [
      'missing.v',
      {},
      /^TCT-4014: .*Module 'other' referenced in module 'missing' in cell 'other' is not part.*\n {2}at missing.v:2\n/,
    ],
    ['good.v', { top: 'god' }, /^TCT-4015: there is no module 'god'; .*\n {2}help: did you mean 'good'\?/],
    ['good.v', { sources: ['good.v', 'loop.v'] }, /^TCT-4016: 2 modules may be the top: 'good', 'loop'/],
    ['good.v', { parameters: { W: 3 } }, /^TCT-4014: .*the top module has no parameter 'W'/],
    [
      'good.v',
      { top: 'god', parameters: { W: 3 } },
      /^TCT-4015: there is no module 'god'; the files have 'good'/,
    ],
    ['good.v', { parameters: { W: "4'b1x" } }, /^TCT-4010: 'parameters' is W=4'b1x; expected .* no x/],
    ['good.v', { parameters: { W: '1.5' } }, /^TCT-4010: 'parameters' is W=1.5; expected a whole number/],
    ['good.v', { defines: { 'a b': 1 } }, /^TCT-4010: 'defines' is "a b"; expected names of Verilog macros/],
    ['loop.v', {}, /^TCT-3005: .*\n {2}at loop.v:\d\n {2}'(a|b)' depends on '(a|b|inner.y)'\n/],
    [
      'divided.v',
      {},
      /^TCT-3209: the clock 'half' of port 'CLK' .* comes from logic.*\n {2}at divided.v:4\n {2}it is driven at divided.v:3\n/,
    ],
    [
      'read.v',
      {},
      /^TCT-3210: 'clk' is a clock .*, but port '[AB]' of the cell .* reads it as data\n {2}at read.v:2\n/,
    ],
    [
      'register.v',
      {},
      /^TCT-4017: a constant and something else drive the same net: 'q'\n {2}at register.v:1\n/,
    ],
    [
      'constants.v',
      {},
      /^TCT-4017: two constants that differ drive the same net: 't'\n {2}at constants.v:2\n/,
    ],
    ['assigned.v', {}, /^TCT-4017: a constant and something else drive the same net: the input 'a'\n/],
    [
      'two.v',
      {},
      /^TCT-3206: the net 'y' is driven more than once\n {2}at two.v:1\n {2}by the input 'a', two.v:1\n/,
    ],
    [
      'blocks.v',
      {},
      /^TCT-3206: the net 'words\[.*\n {2}at blocks.v:[34]\n.*\n.*\n {2}help: .*a memory that several blocks write/,
    ],
    [
      'memory.v',
      { memoryLimit: { words: 3, bits: 100 } },
      /^TCT-4018: the memory 'words' has 4 words of 4 bits; at most 3 words and 100 bits .*\n {2}at memory.v:2/,
    ],
    ['box.v', {}, /^TCT-3204: cells of the type 'box' cannot be simulated\n {2}at box.v:2\n/],
  ])('%s %o', async (source, request, message) => {
    const run = async () => {
      const { netlistJson } = await readWordLevel({ files, sources: [source], ...request });
      return createSimulation(netlistCircuit(netlistJson).circuit);
    };
    const error = await run().then(
      () => undefined,
      (error: Diagnostic) => error,
    );
    expect(error?.format()).toMatch(message);
  });
});

test.each<[value: string | number, P: bigint, isNegative: boolean]>([
  [-5, -5n, true],
  ['-5000000000', -5_000_000_000n, true],
  ['5_000_000_000', 5_000_000_000n, false],
  ["8'hff", 255n, false],
  ["8'shff", -1n, true],
  ["-8'sd3", -3n, true],
  ['ab', 0x6162n, false],
  ['"1"', 0x31n, false],
])('the parameter %s of the top module keeps its value and its sign', async (value, P, isNegative) => {
  const text = `module set #(parameter P = 1) (output signed [63:0] p, output is_negative);
  assign p = P;
  assign is_negative = P < 0;
endmodule`;
  const request = { files: { 'set.v': text }, sources: ['set.v'], parameters: { P: value } };
  const { netlistJson, top } = await readWordLevel(request);
  const simulation = createSimulation(netlistCircuit(netlistJson).circuit);
  expect([top, simulation.get('p'), simulation.get('is_negative')]).toEqual(['set', P, isNegative ? 1n : 0n]);
});

test('a constant that two drive alike is read, and wires that only look so', async () => {
  const text = `module part (output [1:0] o, input [1:0] i);
  assign o = 2'b10;
endmodule
module alike (output [3:0] y, output [1:0] z, inout p);
  wire [1:0] t;
  part part (t, 2'b01);
  assign y[1:0] = t;
  assign y[3:2] = 2'b11, y[3] = 1'b1;
  assign {z[0], z[1]} = {t[1], t[0]};
  assign p = 1'bz;
endmodule`;
  const { netlistJson } = await readWordLevel({ files: { 'a.v': text }, sources: ['a.v'], top: 'alike' });
  const simulation = createSimulation(netlistCircuit(netlistJson, { undriven: 'zero' }).circuit);
  expect([simulation.get('y'), simulation.get('z')]).toEqual([0b1110n, 0b01n]);
});

test('delays and a time that is not shown come with a warning', async () => {
  const { warnings } = await readWordLevel({ files, sources: ['delays.v'] });
  expect(warnings.map(warning => warning.format()).join('\n')).toMatchInlineSnapshot(`
    "TCT-4102: '$time' is only known where '$display' or '$write' show it: in an expression it reads 0
      at delays.v:6
      help: count the cycles in a register
    TCT-4103: the delay '#10' is passed over: time goes from cycle to cycle
      at delays.v:4
      help: simulate the design without its test bench: clocks, resets and inputs are what the command gives"
  `);
});

test('a memory that is written without a clock is latches', async () => {
  const { netlistJson } = await readWordLevel({ files, sources: ['asynchronous.v'] });
  const simulation = createSimulation(netlistCircuit(netlistJson).circuit);
  for (const [a, d] of [
    [0, 5],
    [1, 6],
    [3, 7],
  ] as const) {
    simulation.set('a', a);
    simulation.set('d', d);
    simulation.get('q');
  }
  // The other end of the memory from where it was written last.
  expect(simulation.get('q')).toBe(5n);
});

test('files may lie anywhere, and are called as they were given', async () => {
  const request = {
    files: {
      '../söme where/a;b.v':
        'module a (input clk);\n  `include "c.vh"\n  always @(posedge clk) $display("%m");\nendmodule',
      '/include here/c.vh': 'wire [3:0] unused = 5;',
    },
    sources: ['../söme where/a;b.v'],
    includeFolders: ['/include here'],
  };
  const { netlistJson, texts } = await readWordLevel(request);
  const { prints } = netlistCircuit(netlistJson, { sources: texts });
  expect(prints.map(({ source }) => source)).toEqual(['../söme where/a;b.v:3']);
});

test('tasks that Yosys has no cells for are marked, on the lines where they stand', async () => {
  const verilog = `module a (input clk);
  // $finish in a comment, /* and "$stop" */
  always @(posedge clk) begin
    $display("$finish %s", "\\"$stop");
    $finish; $finish(1);
    $stop
      ();
    $fatal; $fatal(1, "no %0d", 3); $fatal (2);
    $error; $error("e %0d", 4); $error(
      ); $warning("w"); $info ("i");
  end
endmodule`;
  const { netlistJson, texts } = await readWordLevel({ files: { 'a.v': verilog }, sources: ['a.v'] });
  const { prints } = netlistCircuit(netlistJson);
  const told = prints.map(({ parts, source }) => {
    const marked = markedTask(String(parts[0]));
    return `${source.slice(4)} ${marked === undefined ? '-' : `${marked.task} ${marked.says}`.trim()}`;
  });
  expect(told).toEqual([
    '4 -',
    ...['5 finish', '5 finish', '6 stop', '8 fatal', '8 fatal no', '8 fatal'],
    ...['9 error', '9 error e', '9 error', '10 warning w', '10 info i'],
  ]);
  expect(texts['a.v']!.split('\n').length).toBe(verilog.split('\n').length);
});
