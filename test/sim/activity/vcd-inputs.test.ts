import { describe, expect, test } from 'vitest';
import { vcdInputs, type WantedInput } from '../../../sim/activity/index.ts';

/*
 * What the inputs of a design were in each cycle of a dump: before each rising edge of the clock.
 */

const text = `$timescale 1 ns $end $scope module bench $end
$var reg 1 c clk $end $var reg 1 o on $end
$scope module rtl $end $var wire 1 c clk $end $var wire 1 o on $end $var wire 3 s step [2:0] $end $upscope $end
$upscope $end $enddefinitions $end
#0
1c
xo
bx s
#5
0c
#10
1c
1o
b101 s
#15
0c
#20
b110 s
1c
bx s
#25
0c
0o
b1 s
#30
1c
`;
const both: readonly WantedInput[] = [
  { name: 'on', width: 1 },
  { name: 'step', width: 3 },
];

async function sampled(inputs: readonly WantedInput[], options: { clock: string; scope?: string }) {
  const lists = Object.fromEntries(inputs.map(({ name }) => [name, [] as bigint[]]));
  for await (const { cycles, drive } of vcdInputs([Buffer.from(text)], inputs, options)) {
    const records = { cycles, set: (name: string, _: number, value: bigint) => lists[name]!.push(value) };
    drive(records as never, 0);
  }
  return lists;
}

test('each value is the one before the edge, also where it changes with it; what is not known stays', async () => {
  expect(await sampled(both, { clock: 'clk' })).toEqual({ on: [0n, 1n, 0n], step: [0n, 5n, 1n] });
});

test('inputs are found in the outermost scope that has them all, or in the one that is named', async () => {
  const on = both.slice(0, 1);
  expect(await sampled(on, { clock: 'clk' })).toEqual({ on: [0n, 1n, 0n] });
  expect(await sampled(on, { clock: 'clk', scope: 'bench/rtl' })).toEqual({ on: [0n, 1n, 0n] });
});

describe('refused are', () => {
  test('inputs that are missing, or have another width', async () => {
    await expect(sampled([...both, { name: 'load', width: 1 }], { clock: 'clk' })).rejects.toThrow(
      "the VCD file does not have 1 of the 3 inputs with their widths: 'load'",
    );
    await expect(sampled([{ name: 'step', width: 4 }], { clock: 'clk' })).rejects.toThrow("'step'");
    await expect(sampled(both, { clock: 'clk', scope: 'bench' })).rejects.toThrow("'step'");
  });

  test('a scope or a clock that is not there', async () => {
    await expect(sampled(both, { clock: 'clk', scope: 'top' })).rejects.toThrow("no scope 'top'");
    await expect(sampled(both, { clock: 'clock' })).rejects.toThrow("no clock 'clock'");
  });
});
