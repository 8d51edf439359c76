import type { NetlistBit, NetlistModule, NetlistName } from './json.ts';
import { lineOf } from './sources.ts';

/** A name of a vector of nets. */
interface Named {
  readonly name: string;
  readonly data: NetlistName;
}

/** What the nets are called, for messages, traces and `get`. */
export class NetNames {
  /** The names that are inputs. */
  readonly #inputs = new Set<string>();
  readonly #all: readonly Named[];
  /** For each net the name that says most, and its place in that vector. */
  readonly #best: (Named | undefined)[] = [];
  readonly #place: number[] = [];

  constructor({ netnames, ports }: NetlistModule) {
    const named = Object.entries(netnames).map(([name, data]) => ({ name, data }));
    this.#all = named;
    for (const [name, { direction }] of Object.entries(ports))
      if (direction === 'input') this.#inputs.add(name);
    // Of two names that say as much the first one stays, and those of ports come first.
    const isPort = ({ name }: Named) => Object.hasOwn(ports, name);
    for (const each of [...named.filter(isPort), ...named.filter(each => !isPort(each))]) this.#enter(each);
  }

  #enter(named: Named): void {
    named.data.bits.forEach((bit, i) => {
      if (typeof bit !== 'number') return;
      const other = this.#best[bit];
      if (other !== undefined && !saysMore(named, other)) return;
      this.#best[bit] = named;
      this.#place[bit] = i;
    });
  }

  /** The name of one net, with its index where it is one of a vector: `count[3]`. */
  of(bit: number): string {
    const named = this.#best[bit];
    return named === undefined ? `net ${bit}` : told(named, this.#place[bit]!);
  }

  /** The same for a net that is driven: rather no input, as several inputs may have become one net. */
  ofDriven(bit: number): string {
    const isInput = ({ name }: Named) => this.#inputs.has(name);
    const best = this.#best[bit];
    if (best === undefined || !isInput(best)) return this.of(bit);
    const [other] = this.#all
      .filter(named => named.data.hide_name !== 1 && !isInput(named) && named.data.bits.includes(bit))
      .sort((a, b) => depth(a.name) - depth(b.name));
    return other === undefined ? this.of(bit) : told(other, other.data.bits.indexOf(bit));
  }

  /** The name of a vector of nets, where they have one together. */
  ofVector(bits: readonly NetlistBit[]): string | undefined {
    const [first] = bits;
    if (typeof first !== 'number') return undefined;
    if (bits.length === 1) return this.#best[first] === undefined ? undefined : this.of(first);
    const named = this.#best[first];
    if (named === undefined || named.data.bits.length !== bits.length) return undefined;
    return named.data.bits.every((bit, i) => bit === bits[i]) ? named.name : undefined;
  }

  /** Where in the source the net was declared, `file.v:12`; '' where that is not known. */
  sourceOf(bit: NetlistBit | undefined): string {
    if (typeof bit !== 'number') return '';
    return lineOf(String(this.#best[bit]?.data.attributes?.src ?? ''));
  }
}

/** The name of the bit at a place of a vector. */
function told({ name, data }: Named, place: number): string {
  return data.bits.length === 1 && !data.offset ? name : `${name}[${indexOf(data, place)}]`;
}

/** The index of a bit as its author writes it. */
function indexOf({ bits, offset = 0, upto }: NetlistName, place: number): number {
  return offset + (upto ? bits.length - 1 - place : place);
}

/** A name of the author says more than one that a tool made, and one near the top more than one deep inside. */
function saysMore(a: Named, b: Named): boolean {
  const [hiddenA, hiddenB] = [a.data.hide_name === 1, b.data.hide_name === 1];
  if (hiddenA !== hiddenB) return hiddenB;
  return depth(a.name) < depth(b.name);
}

function depth(name: string): number {
  let count = 0;
  for (let i = name.indexOf('.'); i >= 0; i = name.indexOf('.', i + 1)) count++;
  return count;
}
