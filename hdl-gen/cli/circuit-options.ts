import { geometryKeys } from './board-geometry.ts';
import { conflict, needsOption } from './diagnostics.ts';
import { flagOf } from './option-kinds.ts';
import { arrayOptions, type BuildValues } from './options.ts';

/** What `--circuit` calls the core that `hdl-gen matmul` talks to. */
export const boardCoreReference = 'matmul';

/** The options of an array that the core of a board takes too. */
const taken: readonly string[] = [...geometryKeys, 'weights'];

/**
 * Options that are about the core of a board alone, and those that it does not have.
 * @throws Diagnostic TCT-6037 for an option of that core without it, TCT-6006 for one of the array with it.
 */
export function requireCircuitOptions(
  {
    circuit,
    interface: kind = 'stream',
    outputStage,
  }: Pick<BuildValues, 'circuit' | 'outputStage'> & {
    readonly interface?: string;
  },
  given: ReadonlySet<string>,
): void {
  const asked = `--circuit ${boardCoreReference}`;
  if (circuit !== boardCoreReference) {
    if (outputStage) throw needsOption('--output-stage', asked);
    if (given.has('baud') && kind !== 'uart') throw needsOption('--baud', asked);
    return;
  }
  for (const key of Object.keys(arrayOptions))
    if (given.has(key) && !taken.includes(key))
      throw conflict(
        `--${flagOf(key)}`,
        asked,
        `it takes ${taken.map(each => `--${flagOf(each)}`).join(', ')}: leave the other out`,
      );
}
