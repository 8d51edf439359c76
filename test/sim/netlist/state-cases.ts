import type { Draw } from '../../support/draw.ts';
import { bits, type CellCase, type CellKind, type Values } from './cell-cases.ts';

/*
 * Flip-flops and latches. A model in Verilog wakes up at edges alone: it does not see that the value to load changes
 * while it is loaded, nor that a set goes on when a clear has ended. The circuit, like hardware, does; so neither is
 * asked for here.
 */

interface Ports {
  readonly set: string;
  readonly clear: string;
  readonly load: string;
  readonly isLow: (port: string) => boolean;
  /** Bits of set and clear. */
  readonly width: number;
}

function tidy({ set, clear, load, isLow, width }: Ports): NonNullable<CellCase['tidy']> {
  const active = (values: Values, port: string): bigint =>
    BigInt.asUintN(port === load ? 1 : width, isLow(port) ? ~values[port]! : values[port]!);
  return (now, before) => {
    const changed: Record<string, bigint> = {};
    if (now.AD !== undefined && before.AD !== undefined && active(before, load) === 1n)
      changed.AD = before.AD;
    if (now[set] !== undefined && before[set] !== undefined && now[clear] !== undefined) {
      const lasting = active(before, set) & active(before, clear);
      const kept = active(now, set) & ~lasting;
      changed[set] = isLow(set) ? now[set] | lasting : kept;
    }
    return changed;
  };
}

/** A word-level cell with a clock or without, and the controls that it has. */
function word(
  type: string,
  controls: readonly ('CLK' | 'EN' | 'SRST' | 'ARST' | 'ALOAD' | 'SET' | 'CLR')[],
): CellKind {
  const hasData = type !== '$sr';
  return [
    type,
    draw => {
      const width = draw.between(1, 9);
      const parameters: Record<string, number | string> = { WIDTH: width };
      const inputs: Record<string, number> = hasData ? { D: width } : {};
      const low = new Set<string>();
      for (const port of controls) {
        if (draw.oneIn(2)) low.add(port);
        parameters[`${port}_POLARITY`] = low.has(port) ? 0 : 1;
        if (port.endsWith('RST')) parameters[`${port}_VALUE`] = bits(draw, width);
        if (port === 'ALOAD') inputs.AD = width;
        if (port !== 'CLK') inputs[port] = port === 'SET' || port === 'CLR' ? width : 1;
      }
      return {
        parameters,
        inputs,
        outputs: { Q: width },
        ...(controls.includes('CLK') ? { clocks: { CLK: 1 } } : {}),
        initial: { Q: bits(draw, width) },
        tidy: tidy({ set: 'SET', clear: 'CLR', load: 'ALOAD', isLow: port => low.has(port), width }),
      };
    },
  ];
}

/** Every word-level cell with state, but memories. */
export const wordStates: readonly CellKind[] = [
  word('$dff', ['CLK']),
  word('$dffe', ['CLK', 'EN']),
  word('$sdff', ['CLK', 'SRST']),
  word('$sdffe', ['CLK', 'EN', 'SRST']),
  word('$sdffce', ['CLK', 'EN', 'SRST']),
  word('$adff', ['CLK', 'ARST']),
  word('$adffe', ['CLK', 'EN', 'ARST']),
  word('$aldff', ['CLK', 'ALOAD']),
  word('$aldffe', ['CLK', 'EN', 'ALOAD']),
  word('$dffsr', ['CLK', 'SET', 'CLR']),
  word('$dffsre', ['CLK', 'EN', 'SET', 'CLR']),
  word('$dlatch', ['EN']),
  word('$adlatch', ['EN', 'ARST']),
  word('$dlatchsr', ['EN', 'SET', 'CLR']),
  word('$sr', ['SET', 'CLR']),
];

const polarities = ['N', 'P'];
const values = ['0', '1'];

/** The types of a family: for each of its controls the letters or digits that its place in the name can have. */
function types(family: string, ...places: readonly (readonly string[])[]): string[] {
  const names = places.reduce<string[]>(
    (all, place) => all.flatMap(name => place.map(each => name + each)),
    [''],
  );
  return names.map(name => `$_${family}_${name}_`);
}

/** Every gate with state; `ports` are its controls in the order of its letters, `v` the value of a reset. */
function gates(family: string, ports: string): CellKind[] {
  return types(family, ...[...ports].map(port => (port === 'v' ? values : polarities))).map(type => {
    const letters = type.split('_').at(-2)!;
    const isLow = (port: string) => letters[ports.indexOf(port)] === 'N';
    const controls = [...ports].filter(port => port !== 'v' && port !== 'C');
    const inputs = [...(family === 'SR' ? [] : ['D']), ...(ports.includes('L') ? ['AD'] : []), ...controls];
    return [
      type,
      (draw: Draw) => ({
        parameters: {},
        inputs: Object.fromEntries(inputs.map(port => [port, 1])),
        outputs: { Q: 1 },
        ...(ports.includes('C') ? { clocks: { C: 1 } } : {}),
        initial: { Q: bits(draw, 1) },
        tidy: tidy({ set: 'S', clear: 'R', load: 'L', isLow, width: 1 }),
      }),
    ];
  });
}

export const gateStates: readonly CellKind[] = [
  ...gates('DFF', 'C'),
  ...gates('DFF', 'CRv'),
  ...gates('DFFE', 'CE'),
  ...gates('DFFE', 'CRvE'),
  ...gates('SDFF', 'CRv'),
  ...gates('SDFFE', 'CRvE'),
  ...gates('SDFFCE', 'CRvE'),
  ...gates('ALDFF', 'CL'),
  ...gates('ALDFFE', 'CLE'),
  ...gates('DFFSR', 'CSR'),
  ...gates('DFFSRE', 'CSRE'),
  ...gates('DLATCH', 'E'),
  ...gates('DLATCH', 'ERv'),
  ...gates('DLATCHSR', 'ESR'),
  ...gates('SR', 'SR'),
];

function logic(type: string, ports: string): CellKind {
  return [
    type,
    () => ({
      parameters: {},
      inputs: Object.fromEntries([...ports].map(port => [port, 1])),
      outputs: { Y: 1 },
    }),
  ];
}

export const gateLogic: readonly CellKind[] = [
  ...['$_BUF_', '$_NOT_'].map(type => logic(type, 'A')),
  ...['AND', 'NAND', 'OR', 'NOR', 'XOR', 'XNOR', 'ANDNOT', 'ORNOT'].map(name => logic(`$_${name}_`, 'AB')),
  ...['AOI3', 'OAI3'].map(name => logic(`$_${name}_`, 'ABC')),
  ...['AOI4', 'OAI4'].map(name => logic(`$_${name}_`, 'ABCD')),
  ...['MUX', 'NMUX'].map(name => logic(`$_${name}_`, 'ABS')),
  logic('$_MUX4_', 'ABCDST'),
  logic('$_MUX8_', 'ABCDEFGHSTU'),
  logic('$_MUX16_', 'ABCDEFGHIJKLMNOPSTUV'),
];
