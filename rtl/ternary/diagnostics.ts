import { Diagnostic, ownLine } from '../../diagnostic/index.ts';

/*
 * Every refusal of the ternary arrays and of what packs their weights. The codes begin with 71 and never change their
 * meaning; rows and columns count from 0.
 */

export function notTernary(row: number, column: number, value: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-7501',
    seen: `the weight at row ${row}, column ${column} is ${value}; only -1, 0 and 1 are ternary weights`,
    help: 'make the weights ternary first; rows and columns count from 0',
  });
}

/** `column` is that of the second weight of the pair. */
export function twoInAPair(row: number, column: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-7502',
    seen: `the weights at row ${row}, columns ${column - 1} and ${column} are both not 0; at most one of each pair may be`,
    help: "train again with only the larger weight of each pair (1:2 sparsity), or take '--arch tree', which takes any ternary weights for about twice the logic",
  });
}

/** The adder of a DSP block has 32 bits. */
export function sumTooWide(bits: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-7504',
    seen: `an accumulator of ${bits} bits does not fit into a DSP block, which has 32`,
    help: 'take an accumulator in logic, fewer products in a sum or fewer bits of the initial value',
    at: ownLine(import.meta.dirname),
  });
}

/** A family whose codes are made when the weights are packed cannot count weights -1. */
export function cannotCount(arch: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-7505',
    seen: `an array of the family '${arch}' does not count its weights -1: each code depends on the weights of other lanes, and is made when they are packed`,
    help: "take the family 'tree', or 'sparse' for pairs of weights",
    at: ownLine(import.meta.dirname),
  });
}

export function oddLanes(lanes: number): Diagnostic {
  const nearest = lanes === 1 ? '2' : `${lanes - 1} or ${lanes + 1}`;
  return new Diagnostic({
    code: 'TCT-7503',
    seen: `an array of ${lanes} lanes is refused: the weights of its family come in pairs`,
    help: `take ${nearest} lanes`,
    at: ownLine(import.meta.dirname),
  });
}
