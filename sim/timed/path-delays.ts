import type { NetlistModule } from '../netlist/index.ts';
import type { Delays } from './delays.ts';

/** A delay for each direction of change, in whole ps. */
export interface PathTime {
  readonly risePs: number;
  readonly fallPs: number;
}

/** Looks delays up, rounds them to whole ps, and notes which are missing. */
export class PathDelays {
  /** What the SDF file would call the places without a delay. */
  readonly missing: string[] = [];
  /** Cells that the SDF file has, and the netlist has not. */
  readonly strangers: readonly string[];
  readonly #delays: Delays;
  /** The slowest look-up table without a flip-flop, by input; '' for any input. */
  readonly #lookUp = new Map<string, PathTime>();
  #asked = 0;

  constructor({ cells }: NetlistModule, delays: Delays) {
    this.#delays = delays;
    this.strangers = [...delays.cells.keys()].filter(name => cells[name] === undefined);
    for (const [name, paths] of delays.cells) {
      if (cells[name]?.type !== 'ICESTORM_LC') continue;
      for (const path of paths)
        if (path.to === 'O' && path.from !== 'CLK')
          for (const key of [path.from, ''])
            this.#lookUp.set(key, slower(this.#lookUp.get(key), rounded(path)));
    }
  }

  /** How many delays were asked for. */
  get asked(): number {
    return this.#asked;
  }

  ofWire(cell: string, port: string): number {
    this.#asked++;
    const delay = this.#delays.wires.get(`${cell}/${port}`);
    if (delay === undefined) this.missing.push(`${cell}/${port}`);
    return Math.round(delay ?? 0);
  }

  ofPath(cell: string, from: string, to: string): PathTime {
    this.#asked++;
    const path = this.#delays.cells.get(cell)?.find(each => each.from === from && each.to === to);
    if (path === undefined) this.missing.push(`${cell} from ${from} to ${to}`);
    return path === undefined ? none : rounded(path);
  }

  /** From an input of a cell to its own flip-flop. */
  inside(cell: string, from: string): PathTime {
    return this.#lookUp.get(from) ?? this.#lookUp.get('') ?? this.ofSource(cell, 'O');
  }

  /** From the edge of a clock to an output, or 0 where nothing is stated, as for pins. */
  ofSource(cell: string, to: string): PathTime {
    const paths = this.#delays.cells.get(cell)?.filter(each => each.to === to) ?? [];
    return paths.map(rounded).reduce(slower, none);
  }
}

const none: PathTime = { risePs: 0, fallPs: 0 };

function rounded({ risePs, fallPs }: PathTime): PathTime {
  return { risePs: Math.round(risePs), fallPs: Math.round(fallPs) };
}

function slower(a: PathTime | undefined, b: PathTime): PathTime {
  if (a === undefined) return b;
  return { risePs: Math.max(a.risePs, b.risePs), fallPs: Math.max(a.fallPs, b.fallPs) };
}
