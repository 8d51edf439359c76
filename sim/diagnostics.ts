import { Diagnostic } from '../diagnostic/index.ts';
import type { Circuit, Interval, NetId, Property } from '../ir/index.ts';

/*
 * Everything that the simulation tells a user, one function each.
 */

export function valueOutside(port: string, value: bigint | number, interval: Interval): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3001',
    seen: `the value ${value} for input '${port}' is not a whole number in its interval ${interval}`,
    help: 'give a value of the interval, or declare the port with a wider one',
    exitStatus: 2,
  });
}

export function unknownName(
  what: 'input' | 'signal' | 'domain',
  name: string,
  known: readonly string[],
): Diagnostic {
  const shown = known.slice(0, 12).map(other => `'${other}'`);
  if (known.length > shown.length) shown.push(`and ${known.length - shown.length} more`);
  return new Diagnostic({
    code: 'TCT-3002',
    seen: `there is no ${what} '${name}'`,
    help: known.length === 0 ? `this circuit has no ${what}s` : `known here: ${shown.join(', ')}`,
    exitStatus: 2,
  });
}

/** A property that did not hold before an edge. */
export class PropertyBroken extends Diagnostic {
  readonly property: Property;

  /** @param cycle counts the edges since the simulation began. */
  constructor(
    { nets }: Circuit,
    property: Property,
    read: (net: NetId) => bigint,
    cycle: number,
    stream?: number,
  ) {
    const { kind, subject, why, source } = property;
    const assumed = kind === 'assume';
    const seen = subject === undefined ? '' : `'${nets[subject]!.name}' is ${read(subject)}, but: `;
    super({
      code: assumed ? 'TCT-3003' : 'TCT-3004',
      seen: `${assumed ? 'assumption' : 'assertion'} broken in cycle ${cycle}${stream === undefined ? '' : ` of stream ${stream}`}: ${seen}${why}`,
      at: source,
      help: assumed
        ? 'keep the promise in what drives it, or make the interval wider'
        : 'correct the circuit, or what drives it',
    });
    this.property = property;
  }
}

export function combinationalLoop(circuit: Circuit, loop: readonly NetId[]): Diagnostic {
  const nameOf = (net: NetId) => circuit.nets[net]!.name;
  // Of a netlist the names that tools have made, which begin with $, say little beside those of its author.
  const own = loop.filter(net => !nameOf(net).startsWith('$'));
  const path = (own.length > 0 ? own : loop).filter(
    (net, i, all) => i === 0 || nameOf(net) !== nameOf(all[i - 1]!),
  );
  const shown = (net: NetId) => `'${nameOf(net)}'`;
  return new Diagnostic({
    code: 'TCT-3005',
    seen: `${shown(path[0]!)} depends on itself without a register between`,
    at: path.map(net => circuit.nets[net]!.source).find(source => source !== ''),
    details: path.map((net, i) => `${shown(net)} depends on ${shown(path[(i + 1) % path.length]!)}`),
    help: 'put a register into the loop',
  });
}

export function badCount(what: string, count: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3006',
    seen: `${what} is a whole number from 0, not ${count}`,
    exitStatus: 2,
  });
}

export function unevenStimulus(port: string, length: number, expected: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3007',
    seen: `the input '${port}' has values for ${length} cycles, the others for ${expected}`,
    help: 'give each input one value for each cycle; an input that is left out keeps the value it has',
    exitStatus: 2,
  });
}

export function badStream(stream: number, count: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3008',
    seen: `there is no stream ${stream}`,
    help: `a batch has the streams 0 to ${count - 1}`,
    exitStatus: 2,
  });
}
