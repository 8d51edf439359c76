import { describe, expect, it } from 'vitest';
import { bit, component, uint } from '../../../hdl-gen/lang/index.ts';
import { type CoreParameters, ternaryCore } from '../../../rtl/core/index.ts';
import { spramStore } from '../../../rtl/memory/index.ts';
import { Draw } from '../../support/draw.ts';
import { LintCases } from '../../support/lint.ts';
import { caseOf, type RandomCase, verdicts } from '../../support/random-case.ts';
import { hasIcarus, missing } from '../../support/tools.ts';
import { coreHost, expected, type HostInputs, smallCore } from './core-host.ts';

/*
 * What the host asked of the core in each cycle, asked again of its Verilog in Icarus and of its netlist: they give the same
 * words.
 */

const cores: readonly Partial<CoreParameters>[] = [
  { lanes: 5, outputStage: true },
  { lanes: 5, rows: 2, batch: 3, encoding: '2bit', activationDepth: 128 },
  {
    ...{ lanes: 4, rows: 3, batch: 2, encoding: '2bit', drain: 'chain', rowGroups: 2 },
    ...{ activationRegister: true, hostRegisters: true },
  },
];

describe('the Verilog of the core', () => {
  const cases = cores.map(change => recorded({ ...smallCore, weightWords: 64, maxK: 64, ...change }));

  it.skipIf(!hasIcarus)(`gives the same words in Icarus${missing(hasIcarus, 'Icarus Verilog')}`, async () => {
    for (const one of cases) {
      const [found] = await verdicts([one], { icarus: true });
      expect(found!.difference?.text).toBeUndefined();
    }
  });

  it.each([1, 2])('gives the same words as a netlist: core %i', async number => {
    const [found] = await verdicts([cases[number]!], { netlist: true });
    expect(found!.difference?.text).toBeUndefined();
    // What nobody wrote yet may be anything.
    expect(found!.leftOut / found!.values).toBeLessThan(0.5);
  });

  const linted = new LintCases();
  for (const [i, { forIcarus }] of cases.entries()) linted.add(`core ${i}`, forIcarus);
  linted.tests();
});

describe('the store of SPRAM', () => {
  const store = component('spram_store', {
    inputs: { read: uint(3), fetch: bit, enable: bit, part: bit, address: uint(3), data: uint(32) },
    build: ({ read, fetch, ...write }) => ({
      word: spramStore(read, { ...write, selected: fetch.or(write.enable), reading: write.enable.not() }),
    }),
  });

  it('is what the cells of the device are', async () => {
    const one = caseOf(store, 3, 400);
    const [found] = await verdicts([one], { netlist: true });
    expect(found!.difference?.text).toBeUndefined();
  });
});

/** A whole session with a core: load, two jobs, results. */
function recorded(parameters: CoreParameters): RandomCase {
  const draw = new Draw(11);
  const host = coreHost(parameters, () => draw.oneIn(5));
  const weights = draw.times(6, () => draw.times(20, () => draw.between(-1, 1)));
  const shape = host.load({ weights });
  host.shape(shape);
  for (const half of [0, 1] as const) {
    const vectors = draw.times(parameters.batch, () => draw.times(20, () => draw.between(-128, 127)));
    host.activations(vectors, half, shape);
    host.start({ half, resultHalf: half });
    host.finish();
    expect(host.results(shape, half)).toEqual(expected({ weights }, vectors));
  }
  const one = caseOf(ternaryCore(parameters), 5, 1);
  const { inputs, domains } = one.design.circuit;
  const stimulus = host.requests.map(request => ({
    inputs: inputs.map(({ name }) => BigInt(request[name.replace('request_', '') as keyof HostInputs] ?? 0)),
    domains: domains.map(({ name }) => name),
  }));
  return { ...one, stimulus };
}
