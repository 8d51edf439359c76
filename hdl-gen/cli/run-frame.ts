import { type TraceSink, vcd } from '../../sim/index.ts';
import type { Context } from './command.ts';
import { growingFile } from './single-file.ts';
import { withProgress } from './with-progress.ts';

/** What a simulation is given: where its trace goes, and whom it tells how far it is, 0 to 1. */
export interface RunFrame {
  readonly trace: TraceSink | undefined;
  readonly onProgress: (phase: string, done: number) => void;
  /** Says what the design has to say. */
  readonly print: (text: string) => Promise<void>;
}

/**
 * Runs a simulation with a line of progress and, where a file is named, a trace. The trace is there whole when the
 * simulation has come to its end, and not at all when it has not.
 * @throws Diagnostic TCT-6010 to TCT-6014 and TCT-6030 for the trace.
 */
export function framed<T>(
  vcdFile: string | undefined,
  context: Context,
  simulate: (frame: RunFrame) => Promise<T>,
): Promise<T> {
  return withProgress(context, async progress => {
    const file = vcdFile === undefined ? undefined : growingFile(vcdFile, context.interrupts);
    try {
      const result = await simulate({
        trace: file === undefined ? undefined : vcd(file.write),
        onProgress(phase, done) {
          progress.update(phase, '', done);
          progress.tick();
        },
        print(text) {
          progress.end();
          return context.terminal.print(text);
        },
      });
      file?.finish();
      return result;
    } catch (error) {
      file?.discard();
      throw error;
    }
  });
}
