import { expect, test } from 'vitest';
import { buildBitstream, type PathStep } from '../../synth/index.ts';

/**
 * A register, a carry chain, a sum with a name, one more LUT, and a memory: there is no other long path. The
 * attributes are those that an emitter writes for lines of another language.
 */
const design = `
module top(input clk, input si, output so);
  (* src = "sums.ts:1" *) reg [47:0] chain;
  (* src = "sums.ts:2", keep *) wire [15:0] half;
  (* src = "sums.ts:3", no_rw_check *) reg [15:0] words [0:255];
  (* src = "sums.ts:4" *) reg [15:0] word;
  assign half = chain[47:32] + chain[31:16];
  always @(posedge clk) begin
    chain <= {chain[46:0], si};
    words[chain[7:0]] <= half ^ {16{half[15]}};
    word <= words[chain[15:8]];
  end
  assign so = ^word;
endmodule
`;

test('each step of the critical path is told by what it computes, with the line of the author', async () => {
  const built = await buildBitstream({
    files: { 'top.v': design },
    top: 'top',
    device: 'hx1k',
    targetMHz: 50,
  });
  const path = built.report.timing.criticalPath;
  const told = (steps: readonly PathStep[]) => new Set(steps.map(({ signal, src }) => `${signal} ${src}`));

  const named = path.filter(step => step.named);
  for (const { net, signal } of named) expect(signal).toBe(net);
  expect([named[0]!.src, named.at(-1)!.src]).toEqual(['sums.ts:1', 'sums.ts:3']);
  expect(named.at(-1)!.signal).toBe('words');

  // The carries have no names of their own: they are a part of the sum, and what follows it is a part of the memory.
  const sum = path.findIndex(({ src }) => src === 'sums.ts:2');
  const memory = path.findIndex(({ src }) => src === 'sums.ts:3');
  expect(path.slice(sum, memory).filter(step => !step.named).length).toBeGreaterThan(20);
  expect(told(path.slice(sum, memory))).toEqual(new Set(['half[15] sums.ts:2']));
  expect(path.slice(memory).filter(step => !step.named).length).toBeGreaterThan(0);
  expect(told(path.slice(memory))).toEqual(new Set(['words sums.ts:3']));
});
