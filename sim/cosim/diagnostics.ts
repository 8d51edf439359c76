import { Diagnostic } from '../../diagnostic/index.ts';

/*
 * Everything that co-simulation tells a user, one function each. The codes begin with 34.
 */

export function icarusMissing(): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3401',
    seen: 'Icarus Verilog is not on this machine: there is no program iverilog on the PATH',
    help: 'install it (Debian: apt install iverilog), or leave icarus out of --with',
  });
}

/** Icarus does not take the Verilog; `errors` are its own words. */
export function icarusRefused(errors: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3402',
    seen: `Icarus Verilog refused the Verilog: ${errors[0] ?? 'it stopped without naming an error'}`,
    details: errors.slice(1, 6),
    help: 'look at the Verilog at that place; if Tercet wrote it, this is a bug of Tercet: please report it',
  });
}

export function programSilent(program: string, seconds: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3403',
    seen: `${program} was stopped: it had said nothing for ${seconds} s`,
    help: 'a loop without delay in a foreign module does that; otherwise please report it with the circuit',
  });
}

export function programStopped(program: string, cause: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3404',
    seen: `${program} was stopped before it had finished`,
    help: 'run it again when you like',
    cause,
  });
}

/** Icarus ended, but not with one line for each cycle. */
export function icarusIncomplete(
  cycles: number,
  expected: number,
  complaints: readonly string[],
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3405',
    seen: `Icarus Verilog ended after ${cycles} of ${expected} cycles`,
    details: complaints.slice(0, 5),
    help: 'a $finish in a foreign module ends it; otherwise please report it with the circuit',
  });
}
