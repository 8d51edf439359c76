import { Interval, int } from '../hdl-gen/lang/index.ts';
import {
  accumulatorInterval,
  arrayLayout,
  type DotProductParameters,
  initInterval,
} from '../rtl/ternary/index.ts';

/*
 * What the units of the array are to do, in plain Verilog with `*`. Nothing of this comes from the circuit: only the
 * names and widths of the ports, and when each output is due, are the same.
 */

/** The module of every specification. */
export const specificationName = 'specification';

/** A product of an activation and a weight, less the 1 that the packer adds for each weight -1. */
function productFunction(bits: number, width: number): string {
  return `  // The weight of a code, times the activation; less 1 for a weight -1, which is counted in the initial value.
  function signed [${width - 1}:0] product(input signed [${bits - 1}:0] x, input [1:0] code);
    reg signed [1:0] weight;
    begin
      weight = code == 2'd1 ? 2'sd1 : code == 2'd3 ? -2'sd1 : 2'sd0;
      product = weight * x - $signed({1'b0, code[1]});
    end
  endfunction`;
}

/** The lane gate. */
export function gateSpecification(activationBits: number): string {
  return `module ${specificationName} (
  input wire signed [${activationBits - 1}:0] x,
  input wire [1:0] w,
  output wire signed [${activationBits - 1}:0] y
);
${productFunction(activationBits, activationBits)}
  assign y = product(x, w);
endmodule
`;
}

/** A node of the adder tree: the sum of two registers. */
export function nodeSpecification(a: Interval, b: Interval): string {
  const { width } = sumOf([a, b]);
  return `module ${specificationName} (
  input wire clk,
  input wire signed [${a.width - 1}:0] a,
  input wire signed [${b.width - 1}:0] b,
  output wire signed [${width - 1}:0] y
);
  reg signed [${a.width - 1}:0] a_1;
  reg signed [${b.width - 1}:0] b_1;
  initial begin
    a_1 = 0;
    b_1 = 0;
  end
  always @(posedge clk) begin
    a_1 <= a;
    b_1 <= b;
  end
  assign y = a_1 + b_1;
endmodule
`;
}

/** A whole dot product, and what it says of signals within the circuit. */
export interface DotProductSpecification {
  readonly text: string;
  /** Signals of it that have the value of the circuit's signal of the same name. */
  readonly inner: readonly string[];
}

/**
 * A dot product: the products of the delayed activations and weights, all in one sum, the initial value and the
 * accumulator.
 */
export function dotProductSpecification(parameters: DotProductParameters): DotProductSpecification {
  const { lanes, activationBits: bits, initBits } = parameters;
  const { valid: depth } = arrayLayout({ ...parameters, rows: 1, arch: 'tree' });
  const term = int(bits);
  const addend = sumOf([...Array<Interval>(lanes).fill(term), initInterval(parameters), Interval.of(0n)]);
  const result = accumulatorInterval(parameters);
  const at = (name: string, delay: number) => (delay === 0 ? name : `${name}_${delay}`);
  const beats = Array.from({ length: depth }, (_, i) => i + 1);
  const product = (lane: number, delay: number) =>
    `product(${at('x', delay)}[${lane * bits} +: ${bits}], ${at('w', delay)}[${2 * lane} +: 2])`;
  const sum = (first: number, count: number, delay: number) =>
    Array.from({ length: count }, (_, i) => product(first + i, delay)).join(' + ');
  const inner = innerSums(parameters);
  const text = `module ${specificationName} (
  input wire clk,
  input wire enable,
  input wire [${lanes * bits - 1}:0] x,
  input wire [${2 * lanes - 1}:0] w,
${initBits === 0 ? '' : `  input wire signed [${initBits - 1}:0] init,\n`}  input wire valid,
  input wire first,
  output reg signed [${result.width - 1}:0] y
);
${productFunction(bits, addend.width)}
  // The activations and weights of the last beats; those of the newest end in _1.
${beats.map(d => `  reg [${lanes * bits - 1}:0] ${at('x', d)};\n  reg [${2 * lanes - 1}:0] ${at('w', d)};`).join('\n')}
  reg signed [${addend.width - 1}:0] addend;
${inner.map(({ name, first, count, delay, width }) => `  (* keep *) wire signed [${width - 1}:0] ${name} = ${sum(first, count, delay)};`).join('\n')}
  initial begin
${beats.map(d => `    ${at('x', d)} = 0;\n    ${at('w', d)} = 0;`).join('\n')}
    addend = 0;
    y = 0;
  end
  always @(posedge clk)
    if (enable) begin
${beats.map(d => `      ${at('x', d)} <= ${at('x', d - 1)};\n      ${at('w', d)} <= ${at('w', d - 1)};`).join('\n')}
      addend <= valid ? ${sum(0, lanes, depth)}${initBits === 0 ? '' : ' + init'} : 0;
      y <= (first ? 0 : y) + addend;
    end
endmodule
`;
  return { text, inner: [...inner.map(({ name }) => name), 'addend'] };
}

/** A sum of neighbouring lanes that is in a register of the circuit. */
interface InnerSum {
  readonly name: string;
  readonly first: number;
  readonly count: number;
  /** Edges after its activations. */
  readonly delay: number;
  readonly width: number;
}

function innerSums({ lanes, activationBits, initBits, pipeline }: DotProductParameters): InnerSum[] {
  const levels = Math.ceil(Math.log2(lanes));
  const sums: InnerSum[] = [];
  let delay = 0;
  for (let level = 0; level <= levels; level++) {
    const isLast = level === levels;
    // Without an initial value the register of the whole sum is the addend.
    if (isLast ? initBits === 0 : level % pipeline !== 0) continue;
    delay++;
    for (let first = 0; first < lanes; first += 2 ** level) {
      const count = Math.min(2 ** level, lanes - first);
      const { width } = sumOf(Array<Interval>(count).fill(int(activationBits)));
      const place = first / 2 ** level;
      const name = isLast ? 'sum' : level === 0 ? `gated_${place}` : `level_${level}_${place}`;
      sums.push({ name, first, count, delay, width });
    }
  }
  return sums;
}

/** What a sum of values of these intervals can be. */
export function sumOf(terms: readonly Interval[]): Interval {
  return new Interval(
    terms.reduce((sum, { min }) => sum + min, 0n),
    terms.reduce((sum, { max }) => sum + max, 0n),
  );
}
