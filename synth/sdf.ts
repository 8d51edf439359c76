/** The delays in nextpnr's SDF file, as far as nextpnr uses the format: IOPATH and INTERCONNECT, in ps. */

/** A delay through a cell. */
export interface CellDelay {
  readonly from: string;
  readonly to: string;
  /** Worst case, in ps. */
  readonly risePs: number;
  readonly fallPs: number;
}

export interface Sdf {
  /** Delays through cells, by cell name. */
  readonly cells: ReadonlyMap<string, readonly CellDelay[]>;
  /** Delay of the wire that ends at `cell/PORT`, in ps: the longer of rising and falling. */
  readonly wires: ReadonlyMap<string, number>;
}

const interconnect = /\(INTERCONNECT \S+ (\S+) \((\S+)\) \((\S+)\)\)/;
const ioPath = /\(IOPATH (?:\((?:posedge|negedge) (\S+)\)|(\S+)) (\S+) \((\S+)\) \((\S+)\)\)/;

/** Reads an SDF file line by line; what it does not know (setup and hold checks) it passes over. */
export function parseSdf(text: string): Sdf {
  const cells = new Map<string, CellDelay[]>();
  const wires = new Map<string, number>();
  let delays: CellDelay[] = [];
  for (const line of text.split('\n')) {
    const wire = interconnect.exec(line);
    if (wire !== null) {
      wires.set(plainName(wire[1]!), Math.max(worst(wire[2]!), worst(wire[3]!)));
      continue;
    }
    const path = ioPath.exec(line);
    if (path !== null) {
      const [, clock, input, to, rise, fall] = path;
      delays.push({ from: clock ?? input!, to: to!, risePs: worst(rise!), fallPs: worst(fall!) });
      continue;
    }
    const instance = /\(INSTANCE (\S+)\)/.exec(line);
    if (instance !== null) {
      delays = [];
      cells.set(plainName(instance[1]!), delays);
    }
  }
  return { cells, wires };
}

/** The last of `min:typ:max`. */
function worst(triple: string): number {
  return Number(triple.slice(triple.lastIndexOf(':') + 1));
}

/** A name without the backslashes that SDF puts before everything but letters, digits and `_`. */
function plainName(name: string): string {
  return name.replaceAll('\\', '');
}
