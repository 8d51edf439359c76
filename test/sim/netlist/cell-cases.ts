import type { Draw } from '../../support/draw.ts';

/** One cell of a type of Yosys' library, drawn at random. */
export interface CellCase {
  readonly type: string;
  /** Numbers, or constants of RTLIL such as `4'0101`. */
  readonly parameters: Readonly<Record<string, number | string>>;
  /** The widths of its ports. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, number>>;
  /** The ports of its clocks, and their widths. */
  readonly clocks?: Readonly<Record<string, number>>;
  /** Bits of inputs that are constants, the highest first, and `-` for those that are not. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** An input of which at most one bit may be 1. */
  readonly oneHot?: string;
  /** What an output has at power-up. */
  readonly initial?: Readonly<Record<string, string>>;
  /** Changes what was drawn, where a model in Verilog does not follow every change. `before` is the last cycle. */
  tidy?(now: Values, before: Values): Values;
}

/** Values by port. */
export type Values = Readonly<Record<string, bigint>>;

/** A type of cell, and how its cells are drawn. */
export type CellKind = readonly [type: string, draw: (draw: Draw) => Omit<CellCase, 'type'>];

const widest = 70;
const width = (draw: Draw): number => draw.width(widest);

/** A constant of RTLIL with random bits. */
export function bits(draw: Draw, count: number): string {
  return `${count}'${draw.times(count, () => draw.below(2)).join('')}`;
}

/** A and B of any widths, both with a sign or none. */
function binary(draw: Draw, { y = width(draw), b = width(draw), sign = true } = {}): Omit<CellCase, 'type'> {
  const [a, isSigned] = [width(draw), draw.below(2)];
  return {
    parameters: {
      A_SIGNED: isSigned,
      B_SIGNED: sign ? isSigned : 0,
      A_WIDTH: a,
      B_WIDTH: b,
      Y_WIDTH: y,
    },
    inputs: { A: a, B: b },
    outputs: { Y: y },
  };
}

function unary(draw: Draw, y = width(draw)): Omit<CellCase, 'type'> {
  const a = width(draw);
  return {
    parameters: { A_SIGNED: draw.below(2), A_WIDTH: a, Y_WIDTH: y },
    inputs: { A: a },
    outputs: { Y: y },
  };
}

const named = (types: readonly string[], of: (draw: Draw) => Omit<CellCase, 'type'>): CellKind[] =>
  types.map(type => [type, of]);

/** The amount of a shift: mostly within the operand, sometimes far beyond it. */
const amount = (draw: Draw): number => draw.pick([draw.between(1, 7), draw.between(1, 7), 33, 70]);

const shift = (draw: Draw, sign = false): Omit<CellCase, 'type'> => {
  const drawn = binary(draw, { b: amount(draw), sign: false });
  return sign ? { ...drawn, parameters: { ...drawn.parameters, B_SIGNED: draw.below(2) } } : drawn;
};

// Icarus 11 says that a number of more than 64 bits divided by 1 is 0: such divisions have a test of their own.
const division = (draw: Draw): Omit<CellCase, 'type'> => {
  let drawn = binary(draw);
  while (Math.max(drawn.inputs.A!, drawn.inputs.B!, drawn.outputs.Y!) > 63) drawn = binary(draw);
  return drawn;
};

// Icarus takes no index of more than 32 bits.
const shiftx = (draw: Draw): Omit<CellCase, 'type'> => {
  let drawn = shift(draw, true);
  while (drawn.inputs.B! > 32) drawn = shift(draw, true);
  return { ...drawn, parameters: { ...drawn.parameters, A_SIGNED: 0 } };
};

function mux(draw: Draw, selectors: number, { ways = 1, each = 1 } = {}): Omit<CellCase, 'type'> {
  const w = width(draw);
  return {
    parameters: { WIDTH: w, ...(ways * each * selectors > 1 ? { S_WIDTH: selectors } : {}) },
    inputs: { A: w * ways, ...(each > 0 ? { B: w * each } : {}), S: selectors },
    outputs: { Y: w },
  };
}

function macc(draw: Draw): Omit<CellCase, 'type'> {
  const [products, addends, y] = [draw.between(0, 3), draw.between(1, 3), width(draw)];
  const widths = (count: number) => draw.times(count, () => draw.between(1, 9));
  const [a, b, c] = [widths(products), widths(products), widths(addends)];
  const field = (list: readonly number[]) =>
    list.length === 0
      ? "1'0"
      : `${16 * list.length}'${list
          .map(each => each.toString(2).padStart(16, '0'))
          .toReversed()
          .join('')}`;
  const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
  const signs = products === 0 ? "1'0" : bits(draw, products);
  return {
    parameters: {
      NPRODUCTS: products,
      NADDENDS: addends,
      A_WIDTHS: field(a),
      B_WIDTHS: field(b),
      C_WIDTHS: field(c),
      Y_WIDTH: y,
      PRODUCT_NEGATED: products === 0 ? "1'0" : bits(draw, products),
      ADDEND_NEGATED: bits(draw, addends),
      A_SIGNED: signs,
      B_SIGNED: signs,
      C_SIGNED: bits(draw, addends),
    },
    inputs: { A: sum(a), B: sum(b), C: sum(c) },
    outputs: { Y: y },
  };
}

/** The older multiply-accumulate cell, whose CONFIG tells how A is divided. */
function maccByConfig(draw: Draw): Omit<CellCase, 'type'> {
  const lengthBits = 4;
  const ports = draw.times(draw.between(1, 3), () => ({
    isSigned: draw.below(2),
    isNegated: draw.below(2),
    lengths: [draw.between(1, 9), draw.oneIn(2) ? 0 : draw.between(1, 9)],
  }));
  // From the lowest bit up; RTLIL writes the highest first.
  const config = [
    ...digits(lengthBits, 4),
    ...ports.flatMap(({ isSigned, isNegated, lengths }) => [
      isSigned,
      isNegated,
      ...lengths.flatMap(length => digits(length, lengthBits)),
    ]),
  ];
  const a = ports.reduce((sum, { lengths }) => sum + lengths[0]! + lengths[1]!, 0);
  const [b, y] = [draw.between(1, 4), draw.between(1, 30)];
  return {
    parameters: {
      CONFIG: `${config.length}'${config.toReversed().join('')}`,
      CONFIG_WIDTH: config.length,
      A_WIDTH: a,
      B_WIDTH: b,
      Y_WIDTH: y,
    },
    inputs: { A: a, B: b },
    outputs: { Y: y },
  };
}

function digits(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (value >> i) & 1);
}

/** Every cell type without state. */
export const combinational: readonly CellKind[] = [
  ...named(['$add', '$sub', '$mul', '$and', '$or', '$xor', '$xnor'], binary),
  ...named(['$lt', '$le', '$gt', '$ge', '$eq', '$ne', '$eqx', '$nex'], draw =>
    binary(draw, { y: draw.between(1, 3) }),
  ),
  ...named(['$div', '$mod', '$divfloor', '$modfloor'], division),
  ...named(['$logic_and', '$logic_or'], draw => binary(draw, { y: draw.between(1, 3) })),
  ...named(['$not', '$neg', '$pos'], unary),
  ...named(['$reduce_and', '$reduce_or', '$reduce_xor', '$reduce_xnor', '$reduce_bool', '$logic_not'], draw =>
    unary(draw, draw.between(1, 3)),
  ),
  ['$buf', draw => wide(draw, ['A'])],
  // Powers with a negative exponent have a test of their own, as Icarus takes 1 to the power of -1 for 0.
  ['$pow', draw => binary(draw, { b: draw.between(1, 5), sign: false })],
  ...named(['$shl', '$shr', '$sshl', '$sshr'], shift),
  ['$shift', draw => shift(draw, true)],
  ['$shiftx', shiftx],
  ['$mux', draw => mux(draw, 1)],
  [
    '$pmux',
    draw => {
      const ways = draw.between(1, 5);
      const drawn = mux(draw, ways, { each: ways });
      return { ...drawn, parameters: { ...drawn.parameters, S_WIDTH: ways }, oneHot: 'S' };
    },
  ],
  [
    '$bmux',
    draw => {
      const selectors = draw.between(1, 4);
      const drawn = mux(draw, selectors, { ways: 2 ** selectors, each: 0 });
      return { ...drawn, parameters: { ...drawn.parameters, S_WIDTH: selectors } };
    },
  ],
  [
    '$demux',
    draw => {
      const [w, selectors] = [width(draw), draw.between(1, 4)];
      return {
        parameters: { WIDTH: w, S_WIDTH: selectors },
        inputs: { A: w, S: selectors },
        outputs: { Y: w * 2 ** selectors },
      };
    },
  ],
  ['$bwmux', draw => wide(draw, ['A', 'B', 'S'])],
  ['$bweqx', draw => wide(draw, ['A', 'B'])],
  [
    '$concat',
    draw => {
      const [a, b] = [width(draw), width(draw)];
      return { parameters: { A_WIDTH: a, B_WIDTH: b }, inputs: { A: a, B: b }, outputs: { Y: a + b } };
    },
  ],
  [
    '$slice',
    draw => {
      const [y, low, above] = [width(draw), draw.below(9), draw.below(9)];
      const a = low + y + above;
      return { parameters: { A_WIDTH: a, Y_WIDTH: y, OFFSET: low }, inputs: { A: a }, outputs: { Y: y } };
    },
  ],
  [
    '$lut',
    draw => {
      const a = draw.between(1, 7);
      return { parameters: { WIDTH: a, LUT: bits(draw, 2 ** a) }, inputs: { A: a }, outputs: { Y: 1 } };
    },
  ],
  [
    '$sop',
    draw => {
      const [a, depth] = [draw.between(1, 6), draw.between(1, 4)];
      const table = draw.times(a * depth, () => draw.pick(['00', '01', '10', '00'])).join('');
      return {
        parameters: { WIDTH: a, DEPTH: depth, TABLE: `${2 * a * depth}'${table}` },
        inputs: { A: a },
        outputs: { Y: 1 },
      };
    },
  ],
  [
    '$fa',
    draw => {
      const w = width(draw);
      return { parameters: { WIDTH: w }, inputs: { A: w, B: w, C: w }, outputs: { X: w, Y: w } };
    },
  ],
  [
    '$alu',
    draw => {
      const { parameters, inputs, outputs } = binary(draw);
      const y = outputs.Y!;
      return { parameters, inputs: { ...inputs, CI: 1, BI: 1 }, outputs: { X: y, Y: y, CO: y } };
    },
  ],
  [
    '$lcu',
    draw => {
      const w = width(draw);
      return { parameters: { WIDTH: w }, inputs: { P: w, G: w, CI: 1 }, outputs: { CO: w } };
    },
  ],
  ['$macc', maccByConfig],
  ['$macc_v2', macc],
];

/** Ports of one width, and the parameter WIDTH. */
function wide(draw: Draw, ports: readonly string[]): Omit<CellCase, 'type'> {
  const w = width(draw);
  return {
    parameters: { WIDTH: w },
    inputs: Object.fromEntries(ports.map(port => [port, w])),
    outputs: { Y: w },
  };
}
