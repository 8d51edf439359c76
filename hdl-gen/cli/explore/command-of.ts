import { defaultOf, flagOf } from '../option-kinds.ts';
import { type ExploreValues, exploreOptions } from '../options.ts';
import { shellWord } from './shell.ts';

/** What decides the result; where it goes and how it is worked out does not. */
const deciding = [
  ...['lanes', 'rows', 'activationBits', 'arch', 'encoding', 'pipeline', 'maxK', 'initBits'],
  ...['device', 'seeds', 'seed', 'cost', 'out'],
] as const satisfies readonly (keyof ExploreValues)[];

/** The call that does the same again, without the options that have their defaults. */
export function commandOf(values: ExploreValues): string {
  const options = deciding
    .filter(key => JSON.stringify(values[key]) !== JSON.stringify(defaultOf(exploreOptions[key])))
    .map(key => ` --${flagOf(key)} ${shellWord(String(values[key]))}`);
  return `hdl-gen explore${options.join('')}`;
}
