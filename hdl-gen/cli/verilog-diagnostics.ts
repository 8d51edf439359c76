import { Diagnostic } from '../../diagnostic/index.ts';
import { counted, listed } from './table.ts';

/* What is said of a user's own Verilog. What Yosys says of it comes from `synth`. */

const wrongCall = { exitStatus: 2 } as const;

/** A part of an option that has no such form. @param form what it should be, `NAME=VALUE`. */
export function notOfForm(option: string, seen: string, form: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6038',
    seen: `'${option}' takes ${form}, not '${seen}'`,
    help: `write ${option} ${form}, once for each`,
    ...wrongCall,
  });
}

/** A name of a clock or an input that the design does not have. */
export function noSuchPort(
  option: string,
  name: string,
  what: 'input' | 'clock',
  known: readonly string[],
  nearest: string | undefined,
): Diagnostic {
  const has = known.length === 0 ? 'none' : listed(known.map(each => `'${each}'`));
  return new Diagnostic({
    code: 'TCT-6039',
    seen: `'${option}' names '${name}', but the design has no such ${what}; it has ${has}`,
    help: nearest === undefined ? `name one of its ${what}s` : `did you mean '${nearest}'?`,
    ...wrongCall,
  });
}

/** What `$error` and `$fatal` of the design have said. */
export function errorsReported(count: number, first: string, cycle: number, at: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6040',
    seen: `the design has reported ${counted(count, 'error')}; the first in cycle ${cycle}${first === '' ? '' : `: ${first}`}`,
    at,
    help: 'correct the design, or what drives its inputs',
  });
}
