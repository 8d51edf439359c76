import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the host says in a cycle, by the names of the ports. */
export interface HostCycle {
  readonly active: number;
  readonly din_valid: number;
  readonly din_start: number;
  readonly din_data: number;
}

/** Cycles of a session. */
export interface Session {
  readonly cycles: readonly HostCycle[];
  /** From which cycle on it idles, with the program loaded. */
  readonly idle: number;
  /** From which cycle on it computes one convolution after the other. */
  readonly working: number;
}

const [writeBuffer, writeMemory, run] = [0x21, 0x23, 0x25];
/** Bytes of the buffer. */
const bufferBytes = 1024;

/**
 * Loads the program that was measured (`power-test/demo.hex`), idles, and starts it. The commands are those of `docs/qpi.md`: bytes go
 * to a buffer, from there as words of 4 bytes to the memory, and `run` begins at an address.
 */
export function session(checkout: string, { idle, working }: { idle: number; working: number }): Session {
  const cycles: HostCycle[] = [];
  const rest = (count: number, active = 0): void => {
    const quiet = { active, din_valid: 0, din_start: 0, din_data: cycles.at(-1)?.din_data ?? 0 };
    for (let i = 0; i < count; i++) cycles.push(quiet);
  };
  const send = (bytes: readonly number[], wait: number): void => {
    for (const [i, din_data] of bytes.entries()) {
      cycles.push({ active: 1, din_valid: 1, din_start: i === 0 ? 1 : 0, din_data });
      rest(3, 1);
    }
    rest(wait, 1);
    rest(4);
  };
  rest(100);
  const bytes = readBytes(readFileSync(join(checkout, 'power-test', 'demo.hex'), 'utf8'));
  for (let at = 0; at < bytes.length; at += bufferBytes) {
    const part = bytes.slice(at, at + bufferBytes);
    const words = Math.ceil(part.length / 4);
    send([writeBuffer, ...part, ...Array<number>(4 * words - part.length).fill(0)], 4);
    const address = at / 2;
    send([writeMemory, address & 255, address >> 8, words & 255], 3000);
  }
  rest(1000);
  const idleFrom = cycles.length;
  rest(idle);
  send([run, 0, 0], 4);
  // One convolution comes before the many.
  rest(90_000);
  const workingFrom = cycles.length;
  rest(working);
  return { cycles, idle: idleFrom, working: workingFrom };
}

/** The bytes of a file for `$readmemh`; what it leaves out is 0. */
function readBytes(text: string): number[] {
  const bytes: number[] = [];
  for (const word of text.split(/\s+/).filter(each => each !== ''))
    if (word.startsWith('@')) {
      const place = Number.parseInt(word.slice(1), 16);
      while (bytes.length < place) bytes.push(0);
    } else bytes.push(Number.parseInt(word, 16));
  return bytes;
}
