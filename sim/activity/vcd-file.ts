import { notAVcd, truncatedVcd } from './diagnostics.ts';
import type { VcdBody } from './vcd-body.ts';
import { headerEnd, readVcdHeader, type VcdHeader } from './vcd-header.ts';

/** The bytes of a file, as `createReadStream(path)` gives them. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Reads a VCD file piece by piece.
 *
 * @param begin is given the declarations and makes what reads the changes.
 * @returns a step for each piece whose changes were read.
 * @throws Diagnostic TCT-3601 for what is no VCD, TCT-3602 for a file that is not complete, TCT-3603 without a time scale.
 */
export async function* readingVcd(
  chunks: Chunks,
  begin: (header: VcdHeader) => VcdBody,
): AsyncGenerator<void> {
  const header = new HeaderCollector();
  let body: VcdBody | undefined;
  for await (const chunk of chunks) {
    if (body !== undefined) body.feed(chunk);
    else {
      const rest = header.feed(chunk);
      if (rest !== undefined) {
        body = begin(readVcdHeader(header.text));
        body.feed(rest);
      }
    }
    yield;
  }
  if (body === undefined)
    throw header.isEmpty ? notAVcd('it is empty') : truncatedVcd('before its first change');
  body.end();
}

/** Collects the bytes of a file up to the end of its declarations. */
class HeaderCollector {
  /** The declarations, once they are complete. */
  text = '';
  readonly #chunks: Uint8Array[] = [];
  #tail = '';

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  /**
   * @returns what stands behind the declarations; undefined as long as these are not complete.
   * @throws Diagnostic TCT-3601 for a file that does not begin like a VCD.
   */
  feed(chunk: Uint8Array): Uint8Array | undefined {
    if (chunk.length === 0) return undefined;
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    if (this.#chunks.length === 0 && !/^\s*\$/.test(text))
      throw notAVcd(`it begins with '${printable(text)}'`);
    this.#chunks.push(chunk.slice());
    // The keyword may be cut by the end of a chunk, and its `$end` too.
    const around = this.#tail + text;
    this.#tail = around.slice(-256);
    if (!/\$enddefinitions\s+\$end\s/.test(around)) return undefined;
    const all = Buffer.concat(this.#chunks);
    const whole = all.toString('latin1');
    const end = whole.indexOf('$end', whole.indexOf(headerEnd) + headerEnd.length) + '$end'.length;
    this.text = whole.slice(0, end);
    return all.subarray(end);
  }
}

/** The first characters of a text, what cannot be shown as dots. */
function printable(text: string): string {
  return text.slice(0, 20).replaceAll(/[^ -~]/g, '.');
}
