import { type Beats, portName } from './beats.ts';
import type { Core } from './core.ts';
import type { PortDocument } from './documents.ts';

/** Ports with what each is for, in a few words. */
export type ToldPort = PortDocument & { readonly meaning: string };

/** What the ports of clock and reset are for. */
export const controlMeanings: Readonly<Record<string, string>> = {
  clk: 'clock; the rising edge counts',
  rst: 'reset: 1 at an edge resets',
};

const flagMeanings: Readonly<Record<string, string>> = {
  first: '1 in the first beat of a sum',
  last: '1 in the last beat of a sum',
};

/** The ports of a core between streams. */
export function toldPorts(ports: readonly PortDocument[], { output, sum }: Core, beats: Beats): ToldPort[] {
  const meanings: Record<string, string> = { ...controlMeanings };
  for (const stream of beats.streams) {
    meanings[portName(stream, 'valid')] = '1: a beat is offered';
    meanings[portName(stream, 'ready')] = '1: the beat is taken at the next edge';
    for (const { name } of stream.flags) meanings[portName(stream, name)] = flagMeanings[name] ?? name;
    for (const { name, what } of stream.ports) meanings[portName(stream, name)] = what;
  }
  const { prefix, field, unused } = output;
  meanings[`${prefix}valid`] = '1: sums are offered';
  meanings[`${prefix}ready`] = '1: the sums are taken at the next edge';
  meanings[`${prefix}${field}`] = `a sum for each row, of ${sum.width} bits and signed, row 0 lowest`;
  for (const name of unused) meanings[`${prefix}${name}`] = 'always 1: each transfer is a packet';
  return withMeanings(ports, meanings);
}

/** Ports with their meanings, which are there for all of them. */
export function withMeanings(
  ports: readonly PortDocument[],
  meanings: Readonly<Record<string, string>>,
): ToldPort[] {
  return ports.map(port => {
    const meaning = meanings[port.name];
    if (meaning === undefined) throw new Error(`nothing is told of the port '${port.name}'`);
    return { ...port, meaning };
  });
}
