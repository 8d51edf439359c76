#!/usr/bin/env node
import { Diagnostic } from '../../diagnostic/index.ts';
import { loadAhead } from './ahead.ts';
import type { Outcome } from './command.ts';
import { unexpected } from './diagnostics.ts';
import { Interrupts } from './interrupts.ts';
import { printOnStandardOutput } from './print.ts';
import { Terminal } from './terminal.ts';
import { packageVersion } from './version.ts';

/** The whole life of a call. It gives the exit status: 0 done, 1 the work failed, 2 a wrong call, 3 not decided. */
async function main(line: readonly string[]): Promise<number> {
  let terminal = new Terminal(line.some(arg => arg === '--json' || arg === '--json=true'));
  const interrupts = new Interrupts(text => terminal.say(text));
  let configured: Readonly<Record<string, unknown>> = {};
  try {
    const { parse } = await import('./parse.ts');
    const version = packageVersion();
    const call = await parse(line, version);
    if (call.kind === 'text') {
      await printOnStandardOutput(call.text);
      return 0;
    }
    configured = call.configured;
    const isJson = call.values.json === true;
    if (isJson !== terminal.isJson) terminal = new Terminal(isJson);
    const { run } = await call.command.load();
    const outcome: Outcome = await run(call.values as never, {
      ...{ terminal, interrupts, version },
      given: call.given,
    });
    if (isJson) await printOnStandardOutput(`${JSON.stringify(outcome.document, undefined, 2)}\n`);
    return outcome.exitStatus;
  } catch (error) {
    const diagnostic = error instanceof Diagnostic ? error : unexpected(error);
    terminal.fail(diagnostic);
    if (diagnostic.exitStatus === 2)
      for (const [key, value] of Object.entries(configured)) terminal.say(fromConfig(key, value));
    if (terminal.isJson) {
      const { exitStatus } = diagnostic;
      const document = { schema: 'tercet.error/1', exitStatus, ...diagnostic.toJSON() };
      // Where standard output itself is what failed, the line on standard error has to do.
      await printOnStandardOutput(`${JSON.stringify(document, undefined, 2)}\n`).catch(() => {});
    }
    return diagnostic.exitStatus;
  }
}

/** Who looks for the mistake in the line that was typed does not find it there. */
function fromConfig(key: string, value: unknown): string {
  return `  the config file of this folder says '${key}': ${JSON.stringify(value)}`;
}

const line = process.argv.slice(2);
// What cannot be loaded is told by the command that needs it.
loadAhead(line).catch(() => {});
process.exit(await main(line));
