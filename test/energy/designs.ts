import { findDevice, type PlacedCell, type PlacedDesign, type PlacedNet } from '../../synth/index.ts';

/*
 * Placed designs of a few cells, so that what they take can be worked out with pencil and paper.
 */

/** A cell as the tests write it: its ports by the names of their nets. */
interface CellSketch {
  readonly type?: string;
  readonly bel: string;
  readonly module?: string;
  readonly flipFlop?: boolean;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly ports: Readonly<Record<string, string>>;
}

const outputs = ['O', 'COUT', 'GLOBAL_BUFFER_OUTPUT', 'D_IN_0', 'RDATA_0', 'DATAOUT_0', 'O_0'];

/** @param wires of nets by name; of others none. */
export function sketch(
  cells: Readonly<Record<string, CellSketch>>,
  wires: Readonly<Record<string, Partial<PlacedNet['wires']>>> = {},
  device = 'up5k',
): PlacedDesign {
  const names = [...new Set(Object.values(cells).flatMap(({ ports }) => Object.values(ports)))];
  const index = new Map(names.map((name, i) => [name, i]));
  const nets = names.map(name => ({
    ...{ netName: name, name, named: true, src: undefined, driver: undefined as PlacedNet['driver'] },
    sinks: [] as { cell: number; port: string; delayPs: number }[],
    wires: { local: 0, span4: 0, span12: 0, global: 0, ...wires[name] },
  }));
  const placed = Object.entries(cells).map(([name, cell], at): PlacedCell => {
    const { type = 'ICESTORM_LC', bel, module = 'top', flipFlop = false, ports } = cell;
    const own: Record<string, number> = {};
    for (const [port, net] of Object.entries(ports)) {
      own[port] = index.get(net)!;
      if (outputs.includes(port)) nets[own[port]]!.driver = { cell: at, port };
      else nets[own[port]]!.sinks.push({ cell: at, port, delayPs: 0 });
    }
    const parameters = { DFF_ENABLE: flipFlop ? '1' : '0', ...cell.parameters };
    return { ...{ name, type, bel, module, parameters, delays: [] }, ports: own };
  });
  return { device: findDevice(device), package: 'sg48', top: 'top', cells: placed, nets, netOfName: index };
}

/** A flip-flop that feeds a table, which feeds it; the clock comes over a global network. */
export function toggler(): PlacedDesign {
  return sketch(
    {
      buffer: { type: 'SB_GB', bel: 'X6/Y0/gb', ports: { GLOBAL_BUFFER_OUTPUT: 'clk' } },
      flipFlop: { bel: 'X1/Y1/lc0', flipFlop: true, ports: { CLK: 'clk', I0: 'next', O: 'q' } },
      table: { bel: 'X1/Y1/lc1', module: 'top.inner', ports: { I0: 'q', O: 'next' } },
    },
    { clk: { global: 1 }, q: { local: 1 }, next: { local: 1, span4: 2 } },
  );
}
