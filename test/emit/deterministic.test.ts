import { describe, expect, test } from 'vitest';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { component, elaborate, named, uint } from '../../hdl-gen/lang/index.ts';
import { ternaryStream } from '../../rtl/ternary/index.ts';
import { randomCircuit } from '../support/random-circuit.ts';

const parameters = { lanes: 5, rows: 2, activationBits: 8, maxK: 100, initBits: 16, pipeline: 1 };

describe('the same input gives the same bytes', () => {
  test('emitted twice', () => {
    const design = elaborate(ternaryStream(parameters));
    expect(emitVerilog(design)).toEqual(emitVerilog(design));
  });

  test('elaborated twice, with parameters in another order', () => {
    const reversed = Object.fromEntries(Object.entries(parameters).toReversed()) as typeof parameters;
    expect(emitVerilog(elaborate(ternaryStream(reversed)))).toEqual(
      emitVerilog(elaborate(ternaryStream(parameters))),
    );
  });

  test('built anew from nothing', () => {
    for (let seed = 2000; seed < 2020; seed++) {
      const [first, second] = [1, 2].map(() => emitVerilog(elaborate(randomCircuit(seed))));
      expect(first).toEqual(second);
    }
  });
});

describe('names survive', () => {
  test('each name that a used signal was given stands in the Verilog', () => {
    for (let seed = 2000; seed < 2020; seed++) {
      const design = elaborate(randomCircuit(seed));
      const files = emitVerilog(design);
      design.modules.forEach((module, i) => {
        const text = files[i]!.text;
        const results = module.outputs.flatMap(({ elements }) => elements).filter(({ name }) => name);
        const missing = results.flatMap(({ name }) => (new RegExp(`\\b${name}\\b`).test(text) ? [] : [name]));
        // Elements of an input have no name of their own in the Verilog: they are parts of the port.
        const inputs = module.inputs.flatMap(({ elements }) => elements.map(({ name }) => name));
        expect(missing.filter(name => !inputs.includes(name))).toEqual([]);
      });
    }
  });

  test('of sums, of parts of an instance, of the fields of a word', () => {
    const pair = component('pair', {
      inputs: { x: uint(4) },
      build: ({ x }) => ({ both: [x.add(1), x.add(2)] }),
    });
    const top = component('names', {
      inputs: { x: uint(4) },
      build({ x }) {
        const { total, part } = named({ total: x.add(3), part: pair({ x }).both });
        return { y: total.add(part[0]!).sub(part[1]!) };
      },
    });
    const text = emitVerilog(elaborate(top)).at(-1)!.text;
    for (const name of ['total', 'part_0', 'part_1']) expect(text).toMatch(new RegExp(`\\b${name} =`));
  });
});
