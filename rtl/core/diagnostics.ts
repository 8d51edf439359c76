import { Diagnostic, ownLine } from '../../diagnostic/index.ts';

/*
 * Every refusal of the core. The codes begin with 72 and never change their meaning.
 */

export function refuseCore(why: string, help: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-7201',
    seen: `the core is refused: ${why}`,
    help,
    at: ownLine(import.meta.dirname),
    exitStatus: 2,
  });
}
