import { expect, test } from 'vitest';
import type { VerilogFile } from '../../hdl-gen/emit/index.ts';
import { hasIcarus, hasVerilator, missing, run, withFiles } from './tools.ts';

/** What the lint tools say of some files: nothing, where all is well. */
export const linters = {
  'iverilog -g2005 -Wall -tnull': {
    isThere: hasIcarus,
    program: 'iverilog',
    args: ['-g2005', '-Wall', '-tnull'],
  },
  'verilator --lint-only -Wall': {
    isThere: hasVerilator,
    program: 'verilator',
    args: ['--lint-only', '-Wall'],
  },
  'verilator --lint-only -Wall -DFORMAL --assert': {
    isThere: hasVerilator,
    program: 'verilator',
    args: ['--lint-only', '-Wall', '-DFORMAL', '--assert'],
  },
} as const;

/** Everything that one tool says of the files. */
export async function lint(
  tool: keyof typeof linters,
  files: readonly VerilogFile[],
  options: readonly string[] = [],
): Promise<string> {
  const { program, args } = linters[tool];
  return withFiles(files, async folder => {
    const names = files.map(({ name }) => name);
    const { status, text } = await run(program, [...args, ...options, ...names], folder);
    return status === 0 ? text : `${text}\nstatus ${status}`;
  });
}

/** Verilog that tests have emitted and that is to pass the lint tools. */
export class LintCases {
  readonly #cases = new Map<string, readonly VerilogFile[]>();

  /** Remembers the files under a name; gives them back. */
  add(name: string, files: readonly VerilogFile[]): readonly VerilogFile[] {
    this.#cases.set(name, files);
    return files;
  }

  /** Makes one test for each tool, which runs it on every case. To be called after the tests that add cases. */
  tests(): void {
    for (const tool of Object.keys(linters) as (keyof typeof linters)[]) {
      const { isThere, program } = linters[tool];
      test.skipIf(!isThere)(
        `${tool} has nothing to say${missing(isThere, program)}`,
        async () => {
          expect(this.#cases.size).toBeGreaterThan(0);
          const said: Record<string, string> = {};
          for (const [name, files] of this.#cases) {
            const text = await lint(tool, files);
            if (text !== '') said[name] = text;
          }
          expect(said).toEqual({});
        },
        300_000,
      );
    }
  }
}
