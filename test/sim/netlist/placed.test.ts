import { beforeAll, describe, expect, test } from 'vitest';
import { createSimulation, type NetlistCircuit, netlistCircuit } from '../../../sim/index.ts';
import { findDevice, placeAndRoute, synthesise } from '../../../synth/index.ts';
import { Draw } from '../../support/draw.ts';

/*
 * What nextpnr has placed runs as a circuit, with the names of its author.
 */

async function placed(verilog: string): Promise<NetlistCircuit> {
  const device = findDevice('up5k');
  const { netlistJson } = await synthesise({ files: { 'top.v': verilog }, top: 'top', device });
  const { placedJson } = await placeAndRoute({
    netlistJson,
    device,
    package: 'sg48',
    targetMHz: 12,
    seed: 1,
  });
  return netlistCircuit(new TextDecoder().decode(placedJson));
}

describe('an accumulator', () => {
  let netlist: NetlistCircuit;
  beforeAll(async () => {
    netlist = await placed(`
      module top(input clk, input clear, input [3:0] step, output [7:0] inverse);
        reg [7:0] total = 0;
        always @(posedge clk) if (clear) total <= 0; else total <= total + step;
        assign inverse = ~total;
      endmodule`);
  });

  test('has its ports, and its vectors as a whole', () => {
    const { circuit, warnings } = netlist;
    expect(warnings).toEqual([]);
    expect(circuit.domains).toEqual([{ name: '' }]);
    expect(circuit.inputs.map(({ name }) => name).sort()).toEqual(['clear', 'step']);
    const outputs = circuit.outputs.map(
      ({ name, net }) => `${name}: ${circuit.nets[net]!.interval.width} bits`,
    );
    expect(outputs).toEqual(['inverse: 8 bits']);
    const total = circuit.signals.find(({ path }) => path === 'total')!;
    expect(circuit.nets[total.net]!.interval.width).toBe(8);
    expect(circuit.signals.filter(({ path }) => path.startsWith('total['))).toEqual([]);
  });

  test('adds up', () => {
    const simulation = createSimulation(netlist.circuit);
    const draw = new Draw(1);
    let sum = 0n;
    for (let cycle = 0; cycle < 300; cycle++) {
      const [clear, step] = [BigInt(draw.oneIn(20)), BigInt(draw.below(16))];
      simulation.set('clear', clear);
      simulation.set('step', step);
      const seen = ['total', 'inverse'].map(name => simulation.get(name));
      expect(seen).toEqual([sum, 255n - sum]);
      simulation.step();
      sum = clear === 1n ? 0n : (sum + step) & 255n;
    }
  });
});

test('an oscillator clocks through a global buffer; drivers of diodes are left out with a warning', async () => {
  const { circuit, warnings } = await placed(`
    module top(input start, output done, output red, green, blue);
      wire clk;
      SB_HFOSC osc(.CLKHFPU(1'b1), .CLKHFEN(1'b1), .CLKHF(clk));
      reg [4:0] count = 0;
      always @(posedge clk) if (start | |count) count <= count + 1;
      assign done = &count;
      SB_RGBA_DRV #(.CURRENT_MODE("0b1"), .RGB0_CURRENT("0b000001")) leds(.CURREN(1'b1), .RGBLEDEN(1'b1),
        .RGB0PWM(count[0]), .RGB1PWM(count[1]), .RGB2PWM(count[2]), .RGB0(red), .RGB1(green), .RGB2(blue));
    endmodule`);
  expect(warnings.map(warning => warning.format())).toMatchInlineSnapshot(`
    [
      "TCT-3103: the output 'red' is left out: nextpnr does not write what drives it",
      "TCT-3103: the output 'green' is left out: nextpnr does not write what drives it",
      "TCT-3103: the output 'blue' is left out: nextpnr does not write what drives it",
    ]
  `);
  expect(circuit.inputs.map(({ name }) => name)).toEqual(['start']);
  expect(circuit.outputs.map(({ name }) => name)).toEqual(['done']);
  expect(circuit.domains).toHaveLength(1);
  const simulation = createSimulation(circuit);
  simulation.set('start', 1n);
  const done: bigint[] = [];
  for (let cycle = 0; cycle < 64; cycle++) {
    done.push(simulation.get('done') as bigint);
    simulation.step();
  }
  expect(done.flatMap((each, cycle) => (each === 1n ? [cycle] : []))).toEqual([31, 63]);
});
