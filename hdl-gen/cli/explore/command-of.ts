import { defaultOf, flagOf } from '../option-kinds.ts';
import { decidingOptions } from './configurations.ts';
import { type ExploreValues, exploreOptions } from './options.ts';
import { shellWord } from './shell.ts';

/** The call that does the same again, without the options that have their defaults. */
export function commandOf(values: ExploreValues): string {
  const options = ([...decidingOptions, 'cost', 'out'] as const)
    .filter(key => JSON.stringify(values[key]) !== JSON.stringify(defaultOf(exploreOptions[key])))
    .map(key => ` --${flagOf(key)} ${shellWord(String(values[key]))}`);
  return `hdl-gen explore${options.join('')}`;
}
