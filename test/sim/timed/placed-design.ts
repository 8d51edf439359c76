import type { Delays } from '../../../sim/timed/index.ts';

/** A logic cell written by hand: its inputs are names of nets, or constants. */
export interface HandCell {
  /** Nets at I0 to I3. */
  readonly inputs: readonly (string | undefined)[];
  /** The net at O. */
  readonly output?: string;
  /** 16 digits, the highest first. */
  readonly table: string;
  readonly hasFlipFlop?: boolean;
  /** The flip-flop takes the falling edge. */
  readonly isFalling?: boolean;
  /** The net at COUT, and at CIN or the constant there. */
  readonly carry?: { readonly out: string; readonly in: string | 0 | 1 };
}

/** Delays of look-up tables by input, of carries by input, of flip-flops and of wires, in ps. */
export const handDelays = {
  lookUp: { I0: 1284, I1: 1231, I2: 1205, I3: 874 },
  carry: { I1: 675, I2: 609, CIN: 278 },
  flipFlop: 1390,
  wire: 1761,
  /** The slowest multiplexer on a wire. */
  multiplexer: 1099,
} as const;

/** A placed netlist, in nextpnr's JSON, with inputs of one bit and a clock; and its delays. */
export function placedDesign(
  inputs: readonly string[],
  cells: Readonly<Record<string, HandCell>>,
): { readonly placedJson: string; readonly delays: Delays } {
  const numbers = new Map<string, number>();
  const net = (name: string): number => {
    if (!numbers.has(name)) numbers.set(name, numbers.size + 2);
    return numbers.get(name)!;
  };
  const lut = handDelays.lookUp;
  const paths: [string, { from: string; to: string; risePs: number; fallPs: number }[]][] = [];
  const wires = new Map<string, number>();
  const path = (from: string, to: string, ps: number) => ({ from, to, risePs: ps, fallPs: ps });
  const written = Object.entries(cells).map(
    ([name, { inputs, output, table, hasFlipFlop, isFalling, carry }]) => {
      const connections: Record<string, number[]> = {};
      const own: ReturnType<typeof path>[] = [];
      paths.push([name, own]);
      inputs.forEach((input, i) => {
        if (input === undefined) return;
        const port = `I${i}` as keyof typeof lut;
        connections[port] = [net(input)];
        wires.set(`${name}/${port}`, handDelays.wire);
        if (output !== undefined && !hasFlipFlop) own.push(path(port, 'O', lut[port]));
        if (carry !== undefined && (port === 'I1' || port === 'I2'))
          own.push(path(port, 'COUT', handDelays.carry[port]));
      });
      if (hasFlipFlop) {
        connections.CLK = [net('clk')];
        own.push(path('CLK', 'O', handDelays.flipFlop));
      }
      if (output !== undefined) connections.O = [net(output)];
      if (carry !== undefined) {
        connections.COUT = [net(carry.out)];
        if (typeof carry.in === 'string') {
          connections.CIN = [net(carry.in)];
          wires.set(`${name}/CIN`, 0);
          own.push(path('CIN', 'COUT', handDelays.carry.CIN));
        }
      }
      const parameters = {
        LUT_INIT: table,
        DFF_ENABLE: hasFlipFlop ? '1' : '0',
        CARRY_ENABLE: carry === undefined ? '0' : '1',
        CIN_CONST: typeof carry?.in === 'number' ? '1' : '0',
        CIN_SET: carry?.in === 1 ? '1' : '0',
        NEG_CLK: isFalling ? '1' : '0',
        ASYNC_SR: '0',
        SET_NORESET: '0',
      };
      const port_directions = Object.fromEntries(
        Object.keys(connections).map(port => [port, port === 'O' || port === 'COUT' ? 'output' : 'input']),
      );
      return [
        name,
        { type: 'ICESTORM_LC', parameters, attributes: {}, port_directions, connections },
      ] as const;
    },
  );
  const pads = ['clk', ...inputs].map(
    name =>
      [
        `${name}$sb_io`,
        {
          type: 'SB_IO',
          parameters: { PIN_TYPE: '000001' },
          attributes: {},
          port_directions: { PACKAGE_PIN: 'inout', D_IN_0: 'output' },
          connections: { PACKAGE_PIN: [net(`${name} pad`)], D_IN_0: [net(name)] },
        },
      ] as const,
  );
  const names = [...numbers].filter(([name]) => !name.endsWith(' pad'));
  const module = {
    settings: { 'arch.type': 'up5k' },
    attributes: { top: '1' },
    ports: Object.fromEntries(
      ['clk', ...inputs].map(name => [name, { direction: 'input', bits: [net(`${name} pad`)] }]),
    ),
    cells: Object.fromEntries([...written, ...pads]),
    netnames: Object.fromEntries(
      names.map(([name, bit]) => [name, { hide_name: 0, bits: [bit], attributes: {} }]),
    ),
  };
  const creator = 'Next Generation Place and Route (Version nextpnr-0.8)';
  return {
    placedJson: JSON.stringify({ creator, modules: { top: module } }),
    delays: { cells: new Map(paths), wires },
  };
}
