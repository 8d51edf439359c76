import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Records } from '../records.ts';
import { type Bench, outputLayout, wrapperOf } from './bench.ts';
import { icarusIncomplete, icarusMissing, icarusRefused } from './diagnostics.ts';
import { benchName, depositFiles, icarusBench, mark, stimulusLines } from './icarus-bench.ts';
import { type Claim, type Opinion, type Stimulus, Testimony } from './opinion.ts';
import { runProgram } from './program.ts';

/** The version of Icarus Verilog on this machine; undefined where it is missing. */
export async function icarusVersion(): Promise<string | undefined> {
  let said = '';
  const onLine = (line: string): void => {
    said += `${line}\n`;
  };
  const { status } = await runProgram('iverilog', ['-V'], { folder: tmpdir(), onLine });
  return status === undefined ? undefined : (/version (\S+)/.exec(said)?.[1] ?? 'unknown');
}

/**
 * The opinion of Icarus Verilog on the Verilog of a bench. It runs in a folder of its own, which is gone afterwards.
 *
 * @param signal kills it when it fires.
 * @throws (when it runs) Diagnostic TCT-3401 where Icarus is missing, TCT-3402 if it refuses the Verilog, TCT-3403 to
 * TCT-3405 where it does not come to its end.
 */
export function icarusOpinion(bench: Bench, signal?: AbortSignal): Opinion {
  return {
    name: 'icarus',
    async run(stimulus) {
      const folder = mkdtempSync(join(tmpdir(), 'tercet-icarus-'));
      const remove = (): void => rmSync(folder, { recursive: true, force: true });
      signal?.addEventListener('abort', remove, { once: true });
      try {
        return await runIn(folder, bench, stimulus, signal);
      } finally {
        signal?.removeEventListener('abort', remove);
        remove();
      }
    },
  };
}

async function runIn(
  folder: string,
  bench: Bench,
  { inputs, edges }: Stimulus,
  signal: AbortSignal | undefined,
): Promise<Testimony> {
  const sources: Record<string, string> = {
    ...bench.models,
    ...bench.files,
    'tercet-wrapper.v': wrapperOf(bench),
    'tercet-bench.v': icarusBench(bench),
  };
  // A file of the user may have any path; here each has a plain name.
  const names = Object.keys(sources).map((path, i) =>
    path.endsWith('.sv') ? `source-${i}.sv` : `source-${i}.v`,
  );
  Object.values(sources).forEach((text, i) => {
    writeFileSync(join(folder, names[i]!), text);
  });
  for (const [name, text] of Object.entries(depositFiles(bench))) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'stimulus.hex'), `${stimulusLines(bench, inputs, edges).join('\n')}\n`);

  const language = names.some(name => name.endsWith('.sv')) ? '-g2012' : '-g2005';
  const args = [language, '-o', 'bench.vvp', '-s', benchName, ...names];
  const compiled = await runProgram('iverilog', args, { folder, signal });
  if (compiled.status === undefined) throw icarusMissing();
  const inNames = (text: string): string =>
    text.replaceAll(/\bsource-(\d+)\.s?v\b/g, (_, i: string) => Object.keys(sources)[Number(i)]!);
  if (compiled.status !== 0) throw icarusRefused(linesOf(inNames(compiled.complaints)));

  const said = new Testimony(new Records(outputLayout(bench), inputs.cycles));
  const { fields } = said.values.layout;
  let cycle = 0;
  const onLine = (line: string): void => {
    const [begin, ...words] = line.split(' ');
    if (begin !== mark) return;
    words.forEach((word, i) => {
      said.set(i, cycle, claimOf(word, fields[i]!.interval));
    });
    cycle++;
  };
  const ran = await runProgram('vvp', ['-n', 'bench.vvp'], { folder, signal, onLine });
  if (cycle < inputs.cycles) throw icarusIncomplete(cycle, inputs.cycles, linesOf(inNames(ran.complaints)));
  return said;
}

/** The integer that hexadecimal digits stand for, or `x` where a bit of them is unknown. */
function claimOf(
  digits: string,
  { signed, width }: { readonly signed: boolean; readonly width: number },
): Claim {
  if (!/^[\da-f]+$/.test(digits)) return 'x';
  const bits = BigInt(`0x${digits}`);
  return signed ? BigInt.asIntN(width, bits) : bits;
}

function linesOf(text: string): string[] {
  return text.split('\n').filter(line => line.trim() !== '');
}
