import { expect, test } from 'vitest';
import { createSimulation, netlistCircuit } from '../../sim/index.ts';
import { findDevice, placeAndRoute, synthesise } from '../../synth/index.ts';

/*
 * An adder that does one thing more takes a cell for each bit of its sum, the lowest one included.
 */

const verilog = `
  module top(input clk, input keep, input invert, input signed [2:0] a, input signed [2:0] b, input signed [2:0] c,
             output reg signed [3:0] kept, output reg signed [3:0] inverted);
    reg signed [2:0] p = 0, q = 0, r = 0;
    reg k = 0, n = 0;
    initial {kept, inverted} = 0;
    always @(posedge clk) begin
      {p, q, r, k, n} <= {a, b, c, keep, invert};
      kept <= k ? p + q : p;
      inverted <= ({q[2], q} + {r[2], r}) ^ {4{n}};
    end
  endmodule`;

test('adders that leave an operand away, or invert their sum, have no cell in front of their chain', async () => {
  const device = findDevice('hx8k');
  const { netlistJson } = await synthesise({ files: { 'top.v': verilog }, top: 'top', device });
  const { report } = await placeAndRoute({ netlistJson, device, package: 'ct256', targetMHz: 12, seed: 1 });
  // The registers of the inputs, the two sums, and two cells that nextpnr always has for 0 and 1.
  expect(report.utilization.ICESTORM_LC!.used).toBe(11 + 2 * 4 + 2);

  const simulation = createSimulation(netlistCircuit(netlistJson).circuit);
  const wrong: string[] = [];
  for (let bits = 0; bits < 2 ** 11; bits++) {
    const [keep, invert] = [bits & 1, (bits >> 1) & 1];
    const [a, b, c] = [2, 5, 8].map(low => ((bits >> low) & 7) - 4) as [number, number, number];
    for (const [name, value] of Object.entries({ keep, invert, a, b, c })) simulation.set(name, value);
    simulation.step(2);
    const expected = { kept: keep ? a + b : a, inverted: invert ? ~(b + c) : b + c };
    for (const [name, value] of Object.entries(expected))
      if (BigInt.asIntN(4, simulation.get(name)) !== BigInt(value)) wrong.push(`${name} of ${a}, ${b}, ${c}`);
  }
  expect(wrong).toEqual([]);
});

test('a bit that comes into a chain as the sum of two equal bits is one input of its first carry', async () => {
  const carried = `
    module top(input clk, input c, input [2:0] a, input [2:0] b, output reg [3:0] y);
      reg carry = 0;
      reg [2:0] p = 0, q = 0;
      wire [4:0] sum = {1'b0, p, carry} + {1'b0, q, carry};
      initial y = 0;
      always @(posedge clk) begin
        {carry, p, q} <= {c, a, b};
        y <= sum[4:1];
      end
    endmodule`;
  const device = findDevice('hx8k');
  const { netlistJson } = await synthesise({ files: { 'top.v': carried }, top: 'top', device });
  const cells = Object.values<{ type: string; connections: Record<string, unknown[]> }>(
    JSON.parse(netlistJson).modules.top.cells,
  );
  const carries = cells.filter(({ type }) => type === 'SB_CARRY').map(({ connections }) => connections);
  expect(carries).toContainEqual(expect.objectContaining({ I1: ['0'], CI: ['1'] }));
  for (const { I0, I1 } of carries) expect(I0).not.toEqual(I1);

  const simulation = createSimulation(netlistCircuit(netlistJson).circuit);
  for (let bits = 0; bits < 2 ** 7; bits++) {
    const [c, a, b] = [bits & 1, (bits >> 1) & 7, (bits >> 4) & 7] as const;
    for (const [name, value] of Object.entries({ c, a, b })) simulation.set(name, value);
    simulation.step(2);
    expect(simulation.get('y')).toBe(BigInt(a + b + c));
  }
});
