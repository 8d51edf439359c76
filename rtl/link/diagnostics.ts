import { Diagnostic, ownLine } from '../../diagnostic/index.ts';

/*
 * Every refusal of the link. The codes begin with 74 and never change their meaning.
 */

/** Rates that serial adapters and terminals name, from the fastest on. */
const usualRates = [
  3_000_000, 2_000_000, 1_500_000, 1_000_000, 921_600, 500_000, 460_800, 230_400, 115_200, 57_600, 9600,
];

export function baudTooFast(clockHz: number, baud: number, most: number): Diagnostic {
  const usual = usualRates.includes(most) ? undefined : usualRates.find(rate => rate < most);
  return new Diagnostic({
    code: 'TCT-7401',
    seen: `a clock of ${clockHz / 1e6} MHz is too slow for ${baud} baud: a bit takes ${(clockHz / baud).toFixed(2)} cycles, and 4 or more are needed`,
    help: `ask for ${most} baud or less${usual === undefined ? '' : `, such as the usual ${usual}`}, or for a faster clock`,
    at: ownLine(import.meta.dirname),
    exitStatus: 2,
  });
}

export function badRate(what: string, seen: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-7403',
    seen: `${what} is ${seen}; a whole number from 1 is expected`,
    help: 'give it in hertz or in bits a second',
    at: ownLine(import.meta.dirname),
    exitStatus: 2,
  });
}
