import type { Interrupts } from './interrupts.ts';
import type { OptionTable } from './options.ts';
import type { Terminal } from './terminal.ts';

/** What a command is given beside the values of its options. */
export interface Context {
  readonly terminal: Terminal;
  readonly interrupts: Interrupts;
  /** The keys of the options that the user gave, on the command line or in the config file. */
  readonly given: ReadonlySet<string>;
  /** The version of Tercet. */
  readonly version: string;
}

/** How a command ended. What went wrong altogether is thrown as a Diagnostic instead. */
export interface Outcome {
  /** The document that `--json` prints. */
  readonly document: object;
  /** 0: done; 1: the work was done, but something about it is not as it should be; 3: the question is still open. */
  readonly exitStatus: 0 | 1 | 3;
}

/** What a command's file exports: `run` does the work. */
export interface CommandModule<V> {
  run(values: V, context: Context): Outcome | Promise<Outcome>;
}

/** A command as the user sees it. Its work is loaded when it is called, so that every start is a fast one. */
export interface Command {
  /** What is typed, with `hdl-gen`. */
  readonly name: string;
  readonly about: string;
  readonly options: OptionTable;
  readonly examples: readonly (readonly [call: string, what: string])[];
  readonly load: () => Promise<CommandModule<never>>;
}
