/*
 * Nets that two constants drive, such as by `assign t = 1; assign t = 0`. Yosys takes one of them and says nothing, so
 * they are looked for in the connections of its flat design: `connect \t 1'1`.
 */

/** A wire of a design. */
export interface Wire {
  readonly name: string;
  /** Where it is declared: `top.v:12`. */
  readonly at: string | undefined;
  /** The number of its lowest bit. */
  readonly first: number;
  readonly width: number;
}

/** A bit of a wire by its number, a constant, or an unknown bit, which drives nothing. */
type Bit = number | '0' | '1' | undefined;

/**
 * Wires that are driven to 0 and to 1.
 * @param connections what `dump w:*` writes of a flat design: its wires and their connections.
 */
export function constantConflicts(connections: string, wires: ReadonlyMap<string, Wire>): Wire[] {
  const bits = [...wires.values()].reduce((sum, { width }) => sum + width, 0);
  const nets = new Nets(bits);
  const conflicts = new Set<Wire>();
  for (const [, left, right] of connections.matchAll(/^ *connect (\{ .*? \}|\S+(?: \[[\d:]+\])?) (.+)$/gm)) {
    const [to, from] = [bitsOf(left!, wires), bitsOf(right!, wires)];
    to.forEach((bit, i) => {
      if (typeof bit !== 'number' || nets.join(bit, from[i])) return;
      conflicts.add([...wires.values()].find(({ first, width }) => first <= bit && bit < first + width)!);
    });
  }
  return [...conflicts];
}

/** The wires by the names that Yosys has for them, such as `\q`. @param dump as above. */
export function wiresIn(dump: string): Map<string, Wire> {
  const wires = new Map<string, Wire>();
  let at: string | undefined;
  let first = 0;
  for (const [, place, width = '1', name] of dump.matchAll(
    /^ *(?:attribute \\src "([^"]*?:\d+)[^"]*"|wire (?:width (\d+) )?(?:.* )?([\\$]\S+))$/gm,
  )) {
    if (name === undefined) at = place;
    else {
      wires.set(name, { name: name.replace(/^\\/, ''), at, first, width: Number(width) });
      first += Number(width);
      at = undefined;
    }
  }
  return wires;
}

/** The bits of a signal, the lowest first. */
function bitsOf(signal: string, wires: ReadonlyMap<string, Wire>): Bit[] {
  const parts = [...signal.matchAll(/([\\$]\S+)(?: \[(\d+)(?::(\d+))?\])?|(\d+)'([01xz-]+)|(\d+)/g)];
  return parts.reverse().flatMap(([, name, high, low = high, , digits, whole]): Bit[] => {
    if (name !== undefined) {
      const wire = wires.get(name);
      if (wire === undefined) return [];
      const begin = Number(low ?? 0);
      const end = high === undefined ? wire.width - 1 : Number(high);
      return Array.from({ length: end - begin + 1 }, (_, i) => wire.first + begin + i);
    }
    const binary = digits ?? Number(whole).toString(2).padStart(32, '0');
    return [...binary].reverse().map(digit => (digit === '0' || digit === '1' ? digit : undefined));
  });
}

/** Which bits are one net, and which constant drives it. */
class Nets {
  readonly #parents: Int32Array;
  readonly #constants = new Map<number, '0' | '1'>();

  constructor(bits: number) {
    this.#parents = Int32Array.from({ length: bits }, (_, i) => i);
  }

  /** @returns false where the net then has two constants. */
  join(bit: number, other: Bit): boolean {
    if (other === undefined) return true;
    const net = this.#net(bit);
    const own = this.#constants.get(net);
    if (typeof other === 'string') {
      this.#constants.set(net, other);
      return own === undefined || own === other;
    }
    const joined = this.#net(other);
    const constant = this.#constants.get(joined);
    this.#parents[joined] = net;
    if (constant !== undefined && own === undefined) this.#constants.set(net, constant);
    return own === undefined || constant === undefined || own === constant;
  }

  #net(bit: number): number {
    let at = bit;
    while (this.#parents[at] !== at) {
      this.#parents[at] = this.#parents[this.#parents[at]!]!;
      at = this.#parents[at]!;
    }
    return at;
  }
}
