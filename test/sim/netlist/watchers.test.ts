import { describe, expect, test } from 'vitest';
import { netlistCircuit, type Print, type PrintedRun, PrintingSimulation } from '../../../sim/index.ts';
import { readWordLevel } from '../../../synth/index.ts';
import { hasIcarus, missing, run, withFiles } from '../../support/tools.ts';

/** A module as a simulation that prints. */
async function printing(
  verilog: string,
  engine: 'compiled' | 'oracle' = 'compiled',
): Promise<PrintingSimulation> {
  const { netlistJson, texts } = await readWordLevel({ files: { 'top.sv': verilog }, sources: ['top.sv'] });
  const netlist = netlistCircuit(netlistJson, { undriven: 'zero', sources: texts });
  return new PrintingSimulation(netlist, { engine });
}

function textOf({ printed }: Pick<PrintedRun, 'printed'>): string {
  return printed.map(({ text }) => text).join('');
}

/** What Verilog prints of a counter n, a signed one and a wide one, in one process, so that the order is given. */
const formats = `
module top (input clk);
  reg [7:0] n = 0;
  reg signed [7:0] s = -3;
  reg [70:0] w = 71'h5_1234_5678_9abc_def0;
  reg [39:0] text = "ab";
  initial $display("begin %0d", 5);
  always @(posedge clk) begin
    n <= n + 37; s <= s - 29; w <= w * 71'd3;
    $display("%d|%0d|%h|%0h|%b|%0b|%o|%0o", n, n, n, n, n, n, n, n);
    $display("%d|%0d|%h|%b|%o", s, s, s, s, s);
    $display("%d|%0d|%h|%0h|%b|%o", w, w, w, w, w, w);
    $display("[%6d][%-6d][%06d][%6d][%-6d][%06d]", n, n, n, s, s, s);
    $display("[%s][%0s][%2s][%-4s][%8s][%-8s][%c] {braces} 100%% \\t\\"", text, text, text, text, "abc", "abc", n[6:0] | 7'h20);
    $display(n, s);
    $display("one ", n, " two %0d", s);
    $write("written ");
    $writeh(n);
    $displayb(s); $displayh(s); $displayo(s);
    $display;
    if (n[0]) $display("odd"); else $displayb(n[3:0]);
    $write("101");
    $display("time %0t %t", $time, $time);
  end
endmodule`;

/** Arguments that are computed: of Verilog's rules for signs and widths, and where they stand. */
const expressions = `
\`define SHOW(x) $display("macro %0d", x)
\`define TWO(a, b) begin \\
  $display("two %0d", a); \\
  $write("%0d\\n", b); end
\`define S s
\`define HALF(x) (x >>> 1)
\`define YES "yes"
module child #(parameter P = 1) (input clk, input signed [7:0] s, input signed [3:0] t, input [3:0] u);
  always @(posedge clk) begin
    $display("%m: %0d %h|%m", s + t, u + 4'd3); // $display("%d", s + t)
    $write("%0d %0s|%d\\n", s + t, u > 3 ? "yes" : "no", u + t /* , */,
      s + 1'sd1);
    $display(s + t, u + 1, s + 1'sd1, "abc", $time);
    $displayh(s + t, u + 1, -t);
    \`SHOW(s + t); \`SHOW(P);
    $display("%0d %0d %0d %0s", \`S + t, \`HALF(\`S) + (\`HALF(t)), \`S, \`YES);
    \`TWO(s * t, s >>> 1)
    $display("%5d|%-6d|%06d|%d|%d|%d", s + t, s * t, s - t, u + u, s / t, s % t);
    $display("{%0d} %0d %0d", (s - 1'sd1) > 4'sd8, s + P, s ? s : 12'sd3);
    $display("twice"); $display("twice");
  end
endmodule
module top (input clk);
  reg signed [7:0] s = 5;
  reg signed [3:0] t = -3;
  reg [3:0] u = 9;
  always @(posedge clk) begin s <= s * 8'sd3 - 1; t <= t + 4'sd6; u <= u + 7; end
  child first (clk, s, t, u);
  child #(-7) second (clk, s, t, u);
endmodule`;

/** What Icarus Verilog says of a module, an edge of its clock every ten units, as a simulation by cycles counts. */
async function saidByIcarus(verilog: string, cycles: number): Promise<string> {
  const bench = `module bench;
    reg clk = 0;
    top top (clk);
    initial repeat (${cycles}) begin #10 clk = 1; #0 clk = 0; end
  endmodule`;
  const files = [
    { name: 'top.sv', text: verilog },
    { name: 'bench.v', text: bench },
  ];
  return await withFiles(files, async folder => {
    const compiled = await run('iverilog', ['-g2012', '-o', 'bench.vvp', 'bench.v', 'top.sv'], folder);
    if (compiled.status !== 0) throw new Error(compiled.text);
    // The path of an instance begins at the top of all, which there is the bench.
    return (await run('vvp', ['-n', 'bench.vvp'], folder)).text.replaceAll('bench.top', 'top');
  });
}

describe.skipIf(!hasIcarus)(`as Icarus Verilog shows it${missing(hasIcarus, 'Icarus Verilog')}`, () => {
  test('every format', async () => {
    const simulation = await printing(formats);
    const said = textOf(simulation.run(simulation.simulation.stimulus(12)));
    expect(said).toBe(await saidByIcarus(formats, 12));
  });

  test('what is computed, in every instance', async () => {
    const simulation = await printing(expressions);
    const said = textOf(simulation.run(simulation.simulation.stimulus(12)));
    // Which of two instances comes first Verilog leaves open; what one of them says stays together.
    const blocks = (all: string) => all.split(/(?=^top)/m).sort();
    expect(blocks(said)).toEqual(blocks(await saidByIcarus(expressions, 12)));
  });

  test('what a block with asynchronous resets says, in each of its branches', async () => {
    const verilog = `
module counts (input clk, input rst_n, input set, input [3:0] d, output reg [3:0] q = 0, output reg [3:0] p = 0);
  reg [3:0] t;
  always @(posedge clk or negedge rst_n) begin
    $display("d=%0d", d);
    if (!rst_n) begin q <= 3; t = 5; $display("reset t=%0d", t); end
    else begin
      t = d + 1;
      if (d[0]) begin q <= t; $display("run t=%0d q=%0d", t * 2, q); end
    end
  end
  always @(posedge clk or negedge rst_n or posedge set)
    if (!rst_n) begin p <= 0; $display("p reset"); end
    else if (set) begin p <= 15; $display("p set"); end
    else begin p <= p + d; $display("p=%0d", p); end
endmodule
module top (input clk);
  reg [5:0] n = 0;
  wire [3:0] q, p;
  // They change after the edge, as inputs do.
  always @(posedge clk) n <= n * 5 + 3;
  counts counts (clk, ~&n[1:0], n[4] & n[2], n[5:2], q, p);
endmodule`;
    const simulation = await printing(verilog);
    const said = textOf(simulation.run(simulation.simulation.stimulus(40)));
    const lines = (all: string) => all.split('\n').sort();
    expect(said).toContain('reset t=5');
    expect(lines(said)).toEqual(lines(await saidByIcarus(verilog, 40)));
  });
});

test('a cycle prints what changes, then what rises, then what falls, in the order of the source', async () => {
  const simulation = await printing(`
module child (input clk, input [1:0] n);
  always @(posedge clk) $display("  child %0d", n);
endmodule
module top (input clk, input rst);
  reg [1:0] n = 0;
  always @(posedge clk) begin n <= n + 1; $display("  rise %0d", n); end
  child child (clk, n);
  always @(negedge clk) if (n < 2) $display("  fall %0d at %0t", n, $time);
  always @* if (n != 1) $display("now %0d", n);
  always @(posedge clk or posedge rst) if (rst) $display("  reset"); else $display("  free");
endmodule`);
  const stimulus = simulation.simulation.stimulus(4);
  stimulus.set('rst', 2, 1);
  expect(`\n${textOf(simulation.run(stimulus))}`).toMatchInlineSnapshot(`
    "
    now 0
      child 0
      rise 0
      free
      fall 1 at 15
      child 1
      rise 1
      free
    now 2
      reset
      child 2
      rise 2
      reset
    now 3
      child 3
      rise 3
      free
    "
  `);
  // The last edge that has fallen prints too: n is 0 again.
  expect(textOf({ printed: simulation.rest() })).toBe('  fall 0 at 45\n');
});

test('a check in a block with an asynchronous reset holds outside of the reset alone', async () => {
  const simulation = await printing(`
module top (input clk, input rst, input [3:0] a, output reg [3:0] q);
  always @(posedge clk or posedge rst)
    if (rst) begin q <= 0; assert (a != 2); end else begin q <= a; assert (a != 1); end
endmodule`);
  const stimulus = simulation.simulation.stimulus(5);
  for (const [cycle, [rst, a]] of [
    [1, 1],
    [0, 2],
    [1, 1],
    [0, 3],
    [1, 2],
  ].entries()) {
    stimulus.set('rst', cycle, rst!);
    stimulus.set('a', cycle, a!);
  }
  const { cycles, failure } = simulation.run(stimulus);
  expect([cycles, failure?.message]).toEqual([4, 'assertion broken in cycle 4: assert (a != 2)']);
});

test.each(['compiled', 'oracle'] as const)(
  'checks are checked at the edge of their own: %s',
  async engine => {
    const simulation = await printing(
      `
module top (input clk, input rst, input [3:0] a);
  reg [3:0] up = 0, down = 0;
  always @(posedge clk) up <= a;
  always @(negedge clk) down <= up;
  // Before a rising edge both are the same; before a falling one they need not be.
  always @(posedge clk) same: assert (up == down);
  always @(posedge clk) cover (up == 3);
  always @(negedge clk) cover (up != down);
  always @(posedge clk) if (a == 9) small: assume (up != 3);
endmodule`,
      engine,
    );
    const stimulus = simulation.simulation.stimulus(6);
    // A reset is an input as any other to a check of Verilog.
    for (const [cycle, a] of [1, 3, 3, 5, 3, 9].entries()) {
      stimulus.set('a', cycle, a);
      stimulus.set('rst', cycle, 1);
    }
    const { cycles, failure } = simulation.run(stimulus);
    expect([cycles, failure?.format()]).toEqual([
      5,
      [
        'TCT-3003: assumption broken in cycle 5: small: assume (up != 3)',
        '  at top.sv:10',
        '  help: keep the promise in what drives it, or make the interval wider',
      ].join('\n'),
    ]);
    expect(simulation.simulation.covers().map(({ why, count }) => [why, count])).toEqual([
      ['cover (up == 3)', 2],
      ['cover (up != down)', 4],
    ]);
  },
);

test.each(['compiled', 'oracle'] as const)('a print may end the run, before its edge: %s', async engine => {
  const { netlistJson } = await readWordLevel({
    files: {
      'top.sv': `
module top (input clk, input rst, output reg [3:0] n);
  always @(posedge clk) begin
    n <= n + 1;
    $display("%0d", n);
    if (n == 5) $write("end");
    cover (n < 15);
  end
endmodule`,
    },
    sources: ['top.sv'],
  });
  const stops = (print: Print) => print.parts[0] === 'end';
  const simulation = new PrintingSimulation(netlistCircuit(netlistJson), { engine, stops });
  const { cycles, printed, isStopped, failure } = simulation.run(simulation.simulation.stimulus(20));
  expect([cycles, textOf({ printed }), isStopped, failure]).toEqual([
    5,
    '0\n1\n2\n3\n4\n5\nend',
    true,
    undefined,
  ]);
  expect([simulation.simulation.get('n'), simulation.simulation.covers()[0]!.count]).toEqual([5n, 5]);
});
