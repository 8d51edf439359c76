import { callerLine, Diagnostic } from '../diagnostic/index.ts';

/*
 * What the flat circuit refuses. It belongs to the language, so its codes are among those of the language.
 */

export function badInterval(seen: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1026',
    seen,
    help: "write 'int(bits)' or 'uint(bits)' with 1 bit or more, or 'range(smallest, largest)'",
    at: callerLine(),
  });
}
