/** Other contents for memories of a finished design, with icebram: nothing is synthesised, placed or routed again. */
import { contentsNotFound } from './diagnostics.ts';
import { runTool } from './tool.ts';

/** The contents of a memory: its words by address, each as `width` bits. */
export interface MemoryContents {
  /** Bits of a word; a multiple of 4. */
  readonly width: number;
  /** A multiple of 256. */
  readonly words: readonly bigint[];
}

/**
 * Replaces what a memory holds from the start in nextpnr's `.asc` text. `from` is what it was built with: each slice of 256 words and a bit has to be
 * there, and no two may be alike.
 * @throws Diagnostic TCT-4021 where `from` is not in the design.
 */
export async function replaceContents(
  asc: string,
  from: MemoryContents,
  to: MemoryContents,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<string> {
  const run = await runTool('icebram', {
    args: ['-v', 'from.hex', 'to.hex'],
    files: { 'from.hex': hex(from), 'to.hex': hex(to) },
    outputs: [],
    stdin: new TextEncoder().encode(asc),
    stdoutFile: 'new.asc',
    dataFile: 'none',
    signal,
  });
  const text = run.files['new.asc'];
  const replaced = Number(/Found and replaced (\d+) instances of the memory/.exec(run.log)?.[1] ?? 0);
  if (run.exitCode !== 0 || text === undefined || replaced !== 1)
    throw contentsNotFound(run.log.trimEnd().split('\n').slice(-3));
  return new TextDecoder().decode(text);
}

function hex({ width, words }: MemoryContents): string {
  return words.map(word => `${word.toString(16).padStart(width / 4, '0')}\n`).join('');
}
