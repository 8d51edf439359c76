import { describe, expect, test } from 'vitest';
import { createSimulation, netlistCircuit } from '../../sim/index.ts';
import { findDevice, synthesise } from '../../synth/index.ts';

/*
 * Yosys 0.55 alone gets signed comparisons with negative constants of up to four bits wrong. `synthesise` must not: all
 * comparisons of a number with each constant of its width, and of two numbers, for all values.
 */

const comparisons = {
  lt: ['<', (a: number, b: number) => a < b],
  le: ['<=', (a: number, b: number) => a <= b],
  gt: ['>', (a: number, b: number) => a > b],
  ge: ['>=', (a: number, b: number) => a >= b],
} as const;

const widths = [1, 2, 3, 4];

/** All numbers of `width` bits in two's complement. */
function numbers(width: number): number[] {
  return Array.from({ length: 2 ** width }, (_, i) => i - 2 ** (width - 1));
}

function literal(value: number, width: number): string {
  return `$signed(${width}'d${(value + 2 ** width) % 2 ** width})`;
}

/** The outputs for one width: their names, their Verilog and what they are. */
function outputsOf(width: number) {
  const [a, b] = [`a${width}`, `b${width}`];
  return Object.entries(comparisons).flatMap(([name, [operator, isTrue]]) => [
    { port: `${name}_${width}`, verilog: `${a} ${operator} ${b}`, isTrue },
    ...numbers(width).map((constant, i) => ({
      port: `${name}_${width}_constant_${i}`,
      verilog: `${a} ${operator} ${literal(constant, width)}`,
      isTrue: (left: number) => isTrue(left, constant),
    })),
  ]);
}

describe('signed comparisons in a netlist', () => {
  test(`of 1 to 4 bits are right for all values`, async () => {
    const outputs = widths.flatMap(outputsOf);
    const text = `module top (
  ${[
    ...widths.flatMap(width => ['a', 'b'].map(name => `input signed [${width - 1}:0] ${name}${width}`)),
    ...outputs.map(({ port }) => `output ${port}`),
  ].join(',\n  ')}
);
${outputs.map(({ port, verilog }) => `  assign ${port} = ${verilog};`).join('\n')}
endmodule
`;
    const { netlistJson } = await synthesise({
      files: { 'top.v': text },
      top: 'top',
      device: findDevice('up5k'),
    });
    const simulation = createSimulation(netlistCircuit(netlistJson).circuit);
    const wrong = new Set<string>();
    for (const width of widths)
      for (const a of numbers(width))
        for (const b of numbers(width)) {
          simulation.set(`a${width}`, a);
          simulation.set(`b${width}`, b);
          for (const { port, isTrue } of outputsOf(width))
            if (simulation.get(port) !== BigInt(isTrue(a, b))) wrong.add(port);
        }
    expect([...wrong]).toEqual([]);
  });
});
