/** What a tool's log says went wrong: its own words, never a stack. */

/** The error messages in a log, without their marks; a message that goes on in indented lines is kept whole. */
export function errorLines(log: string): string[] {
  const errors: string[] = [];
  for (const line of log.split('\n')) {
    const found = /^(?:([^\s:][^:]*:\d+): )?(?:ERROR|FATAL|terminate called)\b:? ?(.*)$/.exec(line);
    if (found !== null) errors.push(found[1] === undefined ? found[2]! : `${found[1]}: ${found[2]}`);
  }
  return errors;
}

/** The warnings in a log, each once, with the place that they name. */
export function warningLines(log: string): string[] {
  const lines = log.split('\n').filter(line => /^(?:\S+:\d+: )?Warning: /.test(line));
  return [...new Set(lines)];
}

/** The place that an error message names: `top.v:12`. */
export function placeOf(error: string | undefined): string | undefined {
  return /^([^:\n]+:\d+): /.exec(error ?? '')?.[1];
}
