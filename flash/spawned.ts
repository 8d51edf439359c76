import { spawn } from 'node:child_process';

/** How a program ended, and what it printed. */
export interface Ended {
  /** `exit status 2, 'its last line'`, or what kept it from running; undefined where it ended well. */
  readonly failure: string | undefined;
  /** True where it was stopped from outside. */
  readonly wasStopped: boolean;
  /** Standard output and error, as they came. */
  readonly output: string;
}

/** Runs a program to its end. */
export async function spawned(
  [program, ...args]: readonly string[],
  {
    onOutput,
    signal,
  }: { readonly onOutput?: ((text: string) => void) | undefined; readonly signal?: AbortSignal | undefined },
): Promise<Ended> {
  const child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'], ...(signal && { signal }) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput?.(text);
    });
  }
  return new Promise(resolve => {
    child.on('error', error =>
      resolve({ failure: error.message, wasStopped: error.name === 'AbortError', output }),
    );
    child.on('close', (status, killedBy) => {
      const wasStopped = killedBy !== null;
      if (wasStopped) resolve({ failure: `ended by ${killedBy}`, wasStopped, output });
      const failure = status === 0 ? undefined : `exit status ${status}${lastLine(output)}`;
      resolve({ failure, wasStopped, output });
    });
  });
}

function lastLine(output: string): string {
  const lines = output.split(/[\r\n]+/).map(line => line.trim());
  const line = lines.filter(each => each !== '' && each !== 'ABORT.').at(-1);
  return line === undefined ? '' : `, '${line}'`;
}
