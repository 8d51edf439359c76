import type { DomainId } from '../../ir/index.ts';
import {
  type NetBit,
  type NetlistBit,
  type NetlistCellData,
  type NetlistCircuit,
  type NetlistModule,
  netlistCircuit,
  readModule,
} from '../netlist/index.ts';
import type { Delays } from './delays.ts';
import { delaysMissing, delaysOfOthers, notPlaced } from './diagnostics.ts';
import { slowestMultiplexer } from './multiplexers.ts';
import { inOrder } from './order.ts';
import { PathDelays } from './path-delays.ts';
import { dependsOn, plainTable, type TablePin } from './table.ts';
import type { TimedNet, TimedNetlist, TimedSource, TimedTable } from './timed-netlist.ts';

/** A placed netlist with its delays, and as a circuit that tells what its sources do. */
export interface PlacedCircuit {
  readonly netlist: TimedNetlist;
  readonly placed: NetlistCircuit;
  /** Where in the circuit the source is that drives `netlist.sources[i].net`. */
  readonly places: readonly NetBit[];
}

/**
 * Reads a placed netlist with its delays.
 *
 * Sources are what flip-flops, memories, multipliers and pins drive; tables are look-up tables, carries and global
 * buffers. What a look-up table gives to the flip-flop of its own cell is no net of the chip, but changes like one: it is
 * there as a net without a number. nextpnr states no delay for it, so it has that of look-up tables without a flip-flop
 * elsewhere in the design, or where there is none, that of the flip-flop.
 *
 * Clocks are no nets here. Asynchronous resets, and multipliers without registers, are taken to act at the edge.
 *
 * @param placedJson what nextpnr's `--write` wrote.
 * @param delays what its `--sdf` wrote.
 * @throws Diagnostic TCT-3201 to TCT-3212 for a netlist that cannot be simulated, TCT-3501 for one that is not placed,
 * TCT-3502 for delays of another one, TCT-3503 for a combinational loop, TCT-3507 for an unknown device.
 */
export function readPlaced(placedJson: string, delays: Delays): PlacedCircuit {
  const module = readModule(placedJson);
  if (!module.isPlaced) throw notPlaced();
  const placed = netlistCircuit(placedJson);
  const reader = new Reader(module, placed, new PathDelays(module, delays));
  for (const [name, cell] of Object.entries(module.cells)) reader.cell(name, cell);
  return reader.finish();
}

class Reader {
  readonly #placed: NetlistCircuit;
  readonly #delays: PathDelays;
  /** Of the multiplexers on a wire with some delay, what the slowest one takes. */
  readonly #slowestOf: (wirePs: number) => number;
  readonly #nets: TimedNet[] = [];
  readonly #netOfBit = new Map<number, number>();
  readonly #sources: TimedSource[] = [];
  readonly #places: NetBit[] = [];
  readonly #tables: TimedTable[] = [];
  readonly #falling: ReadonlySet<number>;
  readonly #inputs: ReadonlySet<number>;

  constructor(module: NetlistModule, placed: NetlistCircuit, delays: PathDelays) {
    this.#placed = placed;
    this.#delays = delays;
    this.#slowestOf = slowestMultiplexer(module.device);
    const { circuit } = placed;
    const isFalling = (domain: DomainId) => circuit.domains[domain]!.isFalling === true;
    this.#falling = new Set([
      ...circuit.registers.filter(({ domain }) => isFalling(domain)).map(({ output }) => output),
      ...circuit.memories.flatMap(({ reads }) =>
        reads.filter(({ domain }) => isFalling(domain)).map(({ data }) => data),
      ),
    ]);
    this.#inputs = new Set(circuit.inputs.map(({ net }) => net));
    // What lies between a pad and the world outside is no net of the chip.
    const pads = new Set(Object.values(module.ports).flatMap(port => port.bits));
    for (const [name, { bits }] of Object.entries(module.netnames))
      bits.forEach((bit, i) => {
        if (typeof bit !== 'number' || pads.has(bit) || this.#netOfBit.has(bit)) return;
        const place = placed.placeOf(bit);
        if (place === undefined || 'constant' in place) return;
        this.#netOfBit.set(bit, this.#nets.length);
        this.#nets.push({ name: bits.length === 1 ? name : `${name}[${i}]`, bit });
      });
  }

  cell(name: string, cell: NetlistCellData): void {
    if (cell.type === 'ICESTORM_LC') this.#logicCell(name, cell);
    else if (cell.type === 'SB_GB') this.#buffer(name, cell);
    else
      for (const [port, [bit]] of Object.entries(cell.connections))
        if (cell.port_directions?.[port] === 'output') this.#source(name, port, bit);
  }

  finish(): PlacedCircuit {
    const { missing, asked, strangers } = this.#delays;
    if (missing.length > 0) throw delaysMissing(missing, asked);
    if (strangers.length > 0) throw delaysOfOthers(strangers);
    const [nets, sources] = [this.#nets, this.#sources];
    return {
      netlist: { nets, sources, tables: inOrder(this.#tables, nets) },
      placed: this.#placed,
      places: this.#places,
    };
  }

  #logicCell(name: string, cell: NetlistCellData): void {
    const isSet = (parameter: string) => /[1-9]/.test(String(cell.parameters?.[parameter] ?? '0'));
    const results = Number.parseInt(String(cell.parameters?.LUT_INIT ?? '0'), 2);
    const hasFlipFlop = isSet('DFF_ENABLE');
    const [output, direct, carry] = ['O', 'LO', 'COUT'].map(port => this.#net(cell, port));
    const inputs = ['I0', 'I1', 'I2', 'I3'];
    if (hasFlipFlop) this.#source(name, 'O', cell.connections.O?.[0]);
    if (output !== undefined || direct !== undefined) {
      // Of pins that the table does not look at, as those of the carry, nextpnr states no delay.
      const pins = inputs.map(
        (port, place): TablePin =>
          dependsOn(results, place)
            ? this.#pin(name, cell, port, hasFlipFlop ? undefined : 'O')
            : { constant: 0 },
      );
      if (!hasFlipFlop && output !== undefined) this.#table(output, pins, results);
      if (hasFlipFlop || direct !== undefined) {
        const inner = direct ?? this.#nets.push({ name: `${name}.LO`, bit: undefined }) - 1;
        this.#table(inner, pins, results);
      }
    }
    if (carry === undefined) return;
    const carryIn: TablePin = isSet('CIN_CONST')
      ? { constant: isSet('CIN_SET') ? 1 : 0 }
      : this.#pin(name, cell, 'CIN', 'COUT');
    const [a, b] = ['I1', 'I2'].map(port => this.#pin(name, cell, port, 'COUT'));
    this.#table(carry, [a!, b!, carryIn], majority);
  }

  #buffer(name: string, cell: NetlistCellData): void {
    const output = this.#net(cell, 'GLOBAL_BUFFER_OUTPUT');
    if (output === undefined) return;
    const pin = this.#pin(name, cell, 'USER_SIGNAL_TO_GLOBAL_BUFFER', 'GLOBAL_BUFFER_OUTPUT');
    this.#table(output, [pin], same);
  }

  #source(cell: string, port: string, bit: NetlistBit | undefined): void {
    const net = typeof bit === 'number' ? this.#netOfBit.get(bit) : undefined;
    if (net === undefined) return;
    // Constants are no nets of ours.
    const place = this.#placed.placeOf(bit!) as NetBit;
    const isFalling = this.#falling.has(place.net);
    const event = this.#inputs.has(place.net) ? 'outside' : isFalling ? 'falling' : 'rising';
    this.#sources.push({ net, event, ...this.#delays.ofSource(cell, port) });
    this.#places.push(place);
  }

  #table(output: number, pins: readonly TablePin[], results: number): void {
    this.#tables.push({ output, ...plainTable(pins, results) });
  }

  #net(cell: NetlistCellData, port: string): number | undefined {
    const [bit] = cell.connections[port] ?? [];
    return typeof bit === 'number' ? this.#netOfBit.get(bit) : undefined;
  }

  /** @param to the port at the other end of the path; undefined for the flip-flop of the cell. */
  #pin(name: string, cell: NetlistCellData, port: string, to: string | undefined): TablePin {
    const [bit] = cell.connections[port] ?? [];
    const place = bit === undefined ? undefined : this.#placed.placeOf(bit);
    if (place === undefined) return { constant: 0 };
    if ('constant' in place) return { constant: place.constant };
    const path = to === undefined ? this.#delays.inside(name, port) : this.#delays.ofPath(name, port, to);
    const wirePs = this.#delays.ofWire(name, port);
    const inertiaPs = this.#slowestOf(wirePs);
    return { net: this.#netOfBit.get(bit as number)!, wirePs, inertiaPs, ...path };
  }
}

/** Two or three of three. */
const majority = 0b11101000;
/** What goes in. */
const same = 0b10;
