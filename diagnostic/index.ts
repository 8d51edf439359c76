/**
 * The one shape of every error that Tercet tells a user.
 *
 * A room keeps its diagnostics as functions in one file, `diagnostics.ts`; each returns a `Diagnostic` with a
 * stable code, so that a code can be searched for, documented and tested. The first digit names the room:
 * 1 language, 2 emitter, 3 simulation, 4 synthesis and boards, 5 models and data files, 6 the command, 7 hardware,
 * 8 the host and its devices.
 */

import { userFrames } from './stack.ts';

export { callerLine, ownLine } from './source.ts';

/** A code that never changes its meaning, for example `TCT-1003`. */
export type DiagnosticCode = `TCT-${number}`;

/** What a diagnostic is made of; `seen` is one clear sentence that names the user's own things in quotes. */
export interface DiagnosticParts {
  readonly code: DiagnosticCode;
  /** One sentence: what was seen, and what was expected. */
  readonly seen: string;
  /** What the user can do about it. */
  readonly help?: string;
  /** Where it happened: the user's file and line, `file.ts:12:3`. */
  readonly at?: string | undefined;
  /** More lines of detail, such as the path of a combinational loop. */
  readonly details?: readonly string[];
  /** 1: the work failed (the default); 2: the call was wrong. It becomes the exit status of the command. */
  readonly exitStatus?: 1 | 2;
  readonly cause?: unknown;
}

/**
 * An error meant for the user: where nobody catches it, Node prints what `format` gives and the user's own lines. With
 * TERCET_DEBUG in the environment it has its whole stack.
 */
export class Diagnostic extends Error {
  readonly code: DiagnosticCode;
  readonly help: string | undefined;
  readonly at: string | undefined;
  readonly details: readonly string[];
  readonly exitStatus: 1 | 2;

  constructor(parts: DiagnosticParts) {
    super(parts.seen, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'Diagnostic';
    this.code = parts.code;
    this.help = parts.help;
    this.at = parts.at;
    this.details = parts.details ?? [];
    this.exitStatus = parts.exitStatus ?? 1;
    if (process.env.TERCET_DEBUG !== undefined) return;
    this.stack = [this.format(), ...userFrames(this.stack ?? '')].join('\n');
    // Node lists the properties of an error below it; the text has them already.
    for (const key of ['code', 'help', 'at', 'details', 'exitStatus', 'name'])
      Object.defineProperty(this, key, { enumerable: false });
  }

  /** The text that a terminal shows: code and sentence, place, details, help. */
  format(): string {
    const lines = [`${this.code}: ${this.message}`];
    if (this.at !== undefined) lines.push(`  at ${this.at}`);
    for (const detail of this.details) lines.push(`  ${detail}`);
    if (this.help !== undefined) lines.push(`  help: ${this.help}`);
    return lines.join('\n');
  }

  /** The same as data, for `--json`. */
  toJSON(): Record<string, unknown> {
    const { code, message, at, details, help } = this;
    return { code, message, at, details, help };
  }
}
