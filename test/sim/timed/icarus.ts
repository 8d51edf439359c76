import { type TimedNetlist, timedVerilog } from '../../../sim/timed/index.ts';
import { run, withFiles } from '../../support/tools.ts';

/** The changes of each net in all cycles behind the first one, as Icarus Verilog counts them. */
export async function countByIcarus(
  netlist: TimedNetlist,
  rows: readonly (readonly number[])[],
  { periodPs }: { readonly periodPs: number },
): Promise<{ readonly functional: number[]; readonly all: number[] }> {
  const valuesFile = 'values.txt';
  const text = timedVerilog(netlist, { periodPs, cycles: rows.length, valuesFile });
  const files = [
    { name: 'timed.v', text },
    { name: valuesFile, text: rows.map(row => [...row].reverse().join('')).join('\n') },
  ];
  const said = await withFiles(files, async folder => {
    const compiled = await run('iverilog', ['-g2005', '-Wall', '-o', 'timed.vvp', 'timed.v'], folder);
    if (compiled.text !== '') throw new Error(compiled.text);
    return (await run('vvp', ['-n', 'timed.vvp'], folder)).text;
  });
  const counts = said.match(/^\d+ \d+$/gm)?.map(line => line.split(' ').map(Number)) ?? [];
  return { functional: counts.map(([each]) => each!), all: counts.map(([, each]) => each!) };
}
