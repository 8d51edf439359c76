import { Diagnostic, ownLine } from '../../diagnostic/index.ts';

/*
 * Every refusal of the memories and buffers. The codes begin with 7 and never change their meaning.
 */

export function badFifo(why: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-7001',
    seen: `the asynchronous FIFO is refused: ${why}`,
    help: "see docs/language.md, 'Asynchronous FIFOs'",
    at: ownLine(import.meta.dirname),
  });
}
