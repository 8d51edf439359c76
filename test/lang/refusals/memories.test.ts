import { describe, expect, test } from 'vitest';
import {
  array,
  bit,
  clockDomain,
  type Interval,
  inDomain,
  memory,
  range,
  uint,
} from '../../../hdl-gen/lang/index.ts';
import { build, refusalsOf } from './refusals.ts';

const { refusal } = refusalsOf(import.meta.url);

describe('memories', () => {
  test('TCT-1016: no words', () => {
    const program = () => build(() => memory(uint(8), { depth: 0, name: 'store' })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: its depth is 0; a memory has 1 word or more
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: too few contents', () => {
    const program = () => build(() => memory(uint(8), { depth: 3, initial: [1, 2] })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: the memory is refused: it has 3 words, but initial contents for 2
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: open contents of an interval that is not all bits', () => {
    const program = () => build(() => memory(range(0, 9), { depth: 3 })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: the memory is refused: without initial contents its words can hold anything that fits in their bits, but [0, 9] is less than that
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: words that are arrays', () => {
    const program = () => build(() => memory({ list: array(2, bit) }, { depth: 3 })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: the memory is refused: its words hold an array; words are integers or records of integers
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: a word without a field', () => {
    const program = () =>
      build(({ a }) => {
        const words = memory({ low: uint(8), high: uint(8) }, { depth: 2, name: 'store' });
        words.write(0, { low: a } as never); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: a word is given without its field 'high'
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: a word with a field too many', () => {
    const program = () =>
      build(({ a }) => {
        const words = memory({ low: uint(8) }, { depth: 2, name: 'store' });
        words.write(0, { low: a, high: a } as never); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: its words have no field 'high'
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: a mask for what is not there', () => {
    const program = () =>
      build(({ a, c }) => {
        const words = memory({ low: uint(8) }, { depth: 2, name: 'store' });
        words.write(0, { low: a }, { mask: { high: c } as never }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: its words have no field 'high' to mask
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: written from two clocks', () => {
    const program = () =>
      build(({ a }) => {
        const words = memory(uint(8), { depth: 2, name: 'store' });
        words.write(0, a);
        inDomain(clockDomain('fast'), () => words.write(1, 0)); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: it is written from two clock domains
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: used in another component', () => {
    const program = () => {
      let stolen: ReturnType<typeof memory<Interval>> | undefined;
      build(() => {
        stolen = memory(uint(8), { depth: 2, name: 'store' });
      });
      build(() => stolen!.read(0)); // here
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: it belongs to another component
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });
});
