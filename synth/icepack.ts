/** A routed design to the bytes that the chip is configured with, with icepack. */
import { packingFailed } from './diagnostics.ts';
import { errorsOf, runTool, type ToolTime } from './tool.ts';
import { prepareTool } from './tool-thread.ts';

/** A bitstream, and how long it took. */
export interface Packed {
  readonly bitstream: Uint8Array;
  readonly log: string;
  readonly time: ToolTime;
}

/** It needs no chip database; naming a file that is not there keeps all of them from being loaded. */
const dataFile = 'none';

/** Begins to load icepack; see `prepareTool`. */
export function preparePacking(): () => void {
  return prepareTool('icepack', dataFile);
}

/**
 * Makes a bitstream of nextpnr's `.asc` text.
 * @throws Diagnostic TCT-4007 if the text is not what icepack expects.
 */
export async function pack(
  asc: string | Uint8Array,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Packed> {
  const run = await runTool('icepack', {
    args: ['design.asc', 'design.bin'],
    files: { 'design.asc': asc },
    outputs: ['design.bin'],
    dataFile,
    signal: options.signal,
  });
  const bitstream = run.files['design.bin'];
  if (run.exitCode !== 0 || bitstream === undefined || bitstream.length === 0) {
    const errors = errorsOf(run);
    throw packingFailed(errors.length > 0 ? errors : run.log.trimEnd().split('\n').slice(-3));
  }
  return { bitstream, log: run.log, time: run.time };
}
