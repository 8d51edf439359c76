import { expect, test } from 'vitest';
import { createSimulation, netlistCircuit } from '../../sim/index.ts';
import { findDevice, placeAndRoute, synthesise } from '../../synth/index.ts';

/*
 * A carry that is kept in a flip-flop takes one cell: the LUT through which it leaves its chain, with the flip-flop behind.
 */

const verilog = `
  module top(input clk, input [3:0] a, input [3:0] b, output reg [3:0] low, output reg carry);
    reg [3:0] p = 0, q = 0;
    initial {carry, low} = 0;
    always @(posedge clk) begin
      {p, q} <= {a, b};
      {carry, low} <= {1'b0, p} + {1'b0, q};
    end
  endmodule`;

test('the carry of a sum that goes to a flip-flop is the last cell of the chain', async () => {
  const device = findDevice('hx8k');
  const { netlistJson } = await synthesise({ files: { 'top.v': verilog }, top: 'top', device });
  const { report } = await placeAndRoute({ netlistJson, device, package: 'ct256', targetMHz: 12, seed: 1 });
  // The registers of the inputs, the sum with its carry, and two cells that nextpnr always has for 0 and 1.
  expect(report.utilization.ICESTORM_LC!.used).toBe(8 + 5 + 2);

  const simulation = createSimulation(netlistCircuit(netlistJson).circuit);
  for (let bits = 0; bits < 2 ** 8; bits++) {
    const [a, b] = [bits & 15, bits >> 4];
    simulation.set('a', a);
    simulation.set('b', b);
    simulation.step(2);
    expect(16n * simulation.get('carry') + simulation.get('low')).toBe(BigInt(a + b));
  }
});
