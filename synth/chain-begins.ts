import type { Netlist, NetlistBit, NetlistCell, NetlistModule } from './netlist.ts';

/*
 * The first cell of a carry chain. A logic cell has a carry and a LUT, which see the same two operands at I1 and I2;
 * nextpnr puts both into one cell where the netlist has them at these inputs. Yosys sees to that along a chain, by the carry
 * at I3, but not where a chain begins: the first LUT has no carry, so when Yosys merges it with what follows, such as
 * `keep ? a + b : a`, its inputs come in any order, and the chain gets a cell more. Here the inputs of such a LUT are
 * put in order. A LUT with its inputs and its table permuted computes the same. And a bit that comes into a chain as the
 * sum of two equal bits is given to its first carry once.
 */

/** A netlist of iCE40 cells in which each chain begins with a LUT that can share the cell of the first carry. */
export function withOrderedBegins(netlist: Netlist): Netlist {
  const modules = Object.entries(netlist.modules).map(([name, module]) => [name, ordered(module)] as const);
  return { ...netlist, modules: Object.fromEntries(modules) };
}

const inputs = ['I0', 'I1', 'I2', 'I3'] as const;

function ordered(module: NetlistModule): NetlistModule {
  const chains = new Chains(module);
  const changed: Record<string, NetlistCell> = {};
  for (const [name, cell] of chains.bringers()) changed[name] = bringingOnce(cell);
  for (const carry of chains.begins()) {
    const [a, b] = [bitOf(carry, 'I0'), bitOf(carry, 'I1')];
    const candidates = chains.readersOf(a).filter(name => !(name in changed) && chains.canBegin(name, carry));
    if (candidates.some(name => isOrdered(module.cells[name]!, a, b))) continue;
    const found = candidates[0];
    if (found !== undefined) changed[found] = permuted(module.cells[found]!, a, b);
  }
  return { ...module, cells: { ...module.cells, ...changed } };
}

/** Who drives and who reads what, as far as chains are concerned. */
class Chains {
  readonly #cells: NetlistModule['cells'];
  readonly #luts = new Map<NetlistBit, string[]>();
  readonly #carried = new Set<NetlistBit>();
  readonly #flipFlops = new Map<NetlistBit, NetlistCell>();

  constructor({ cells }: NetlistModule) {
    this.#cells = cells;
    for (const [name, cell] of Object.entries(cells)) {
      if (cell.type === 'SB_CARRY') this.#carried.add(bitOf(cell, 'CO'));
      else if (cell.type.startsWith('SB_DFF')) this.#flipFlops.set(bitOf(cell, 'D'), cell);
      else if (cell.type === 'SB_LUT4')
        for (const input of inputs) {
          const bit = bitOf(cell, input);
          const readers = this.#luts.get(bit);
          if (readers === undefined) this.#luts.set(bit, [name]);
          else readers.push(name);
        }
    }
  }

  /** The carries of a bit with itself and a constant: all that they do is to bring that bit into a chain. */
  bringers(): [string, NetlistCell][] {
    return Object.entries(this.#cells).filter(
      ([, cell]) =>
        cell.type === 'SB_CARRY' &&
        typeof bitOf(cell, 'CI') === 'string' &&
        typeof bitOf(cell, 'I0') === 'number' &&
        bitOf(cell, 'I0') === bitOf(cell, 'I1'),
    );
  }

  /** The carries that no other one goes into, of two different operands. */
  begins(): NetlistCell[] {
    return Object.values(this.#cells).filter(
      cell =>
        cell.type === 'SB_CARRY' &&
        typeof bitOf(cell, 'CI') === 'string' &&
        typeof bitOf(cell, 'I0') === 'number' &&
        typeof bitOf(cell, 'I1') === 'number' &&
        bitOf(cell, 'I0') !== bitOf(cell, 'I1'),
    );
  }

  /** The LUTs with this bit among their inputs. */
  readersOf(bit: NetlistBit): readonly string[] {
    return this.#luts.get(bit) ?? [];
  }

  /**
   * Whether a LUT can share the cell of a first carry: it sees the operands and has an input to spare, is in no chain, and
   * what is behind it has the clock, enable and reset of the chain, whose cells share a tile.
   */
  canBegin(name: string, carry: NetlistCell): boolean {
    const lut = this.#cells[name]!;
    const bits = inputs.map(input => bitOf(lut, input));
    const nets = bits.filter(bit => typeof bit === 'number');
    if (!bits.includes(bitOf(carry, 'I1')) || new Set(nets).size !== nets.length || nets.length > 3)
      return false;
    if (bits.some(bit => this.#carried.has(bit))) return false;
    const own = this.#controlsOf(lut);
    const next = this.readersOf(bitOf(carry, 'CO')).map(other => this.#controlsOf(this.#cells[other]!));
    return own === undefined || next.every(other => other === undefined || other === own);
  }

  /** What the flip-flop behind a LUT shares with those of its tile. */
  #controlsOf(lut: NetlistCell): string | undefined {
    const flipFlop = this.#flipFlops.get(bitOf(lut, 'O'));
    if (flipFlop === undefined) return undefined;
    const { C, E, R, S } = flipFlop.connections;
    return JSON.stringify([flipFlop.type, C, E, R, S]);
  }
}

function bitOf(cell: NetlistCell, port: string): NetlistBit {
  return cell.connections[port]?.[0] ?? '0';
}

function isOrdered(lut: NetlistCell, a: NetlistBit, b: NetlistBit): boolean {
  return bitOf(lut, 'I1') === a && bitOf(lut, 'I2') === b;
}

/**
 * The same with the bit at one operand, 0 at the other, and a carry of 1: the majority of these is the bit too. With one net
 * at two inputs of a cell nextpnr's router may go round in a circle, because it takes one way to both.
 */
function bringingOnce(carry: NetlistCell): NetlistCell {
  return { ...carry, connections: { ...carry.connections, I1: ['0'], CI: ['1'] } };
}

/** The LUT with `a` at I1 and `b` at I2, and a constant at I3, where the chain has its carry. */
function permuted(lut: NetlistCell, a: NetlistBit, b: NetlistBit): NetlistCell {
  const bits = inputs.map(input => bitOf(lut, input));
  const [placeOfA, placeOfB] = [bits.indexOf(a), bits.indexOf(b)];
  const others = [0, 1, 2, 3].filter(place => place !== placeOfA && place !== placeOfB);
  const [free, constant] = typeof bits[others[0]!] === 'number' ? others : others.toReversed();
  /** For each input of the new LUT, which one of the old LUT it is. */
  const order = [free!, placeOfA, placeOfB, constant!];
  const table = [...lut.parameters.LUT_INIT!].toReversed();
  const entries = table.map((_, index) => {
    const old = order.reduce((sum, place, input) => sum | (((index >> input) & 1) << place), 0);
    return table[old]!;
  });
  return {
    ...lut,
    parameters: { ...lut.parameters, LUT_INIT: entries.toReversed().join('') },
    connections: {
      ...lut.connections,
      ...Object.fromEntries(inputs.map((input, i) => [input, [bits[order[i]!]!]])),
    },
  };
}
