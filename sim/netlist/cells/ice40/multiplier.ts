import { int, type NetId, uint } from '../../../../ir/index.ts';
import type { CellReader, NetlistCell } from '../../cell.ts';

/*
 * The multiplier with two adders of 16 bits, in the letters of Lattice's figure. The upper half has the operands A and
 * C, the products F and J, an adder of W and X, its result P and the register Q; the lower half has B and D, K and G,
 * Y and Z, R and S. L is the sum of the four products of 8 bits, shifted to their places, and H is what the adders see
 * of it. A letter stands for what lies behind the register, where the cell uses that.
 *
 * Only what the outputs depend on is made.
 */

const choice = { least: 0, largest: 3 } as const;

const multiplier: CellReader = {
  form: {
    connected: ['O'],
    widths: { A: 16, B: 16, C: 16, D: 16, O: 32 },
    numbers: {
      TOPOUTPUT_SELECT: choice,
      BOTOUTPUT_SELECT: choice,
      TOPADDSUB_LOWERINPUT: choice,
      BOTADDSUB_LOWERINPUT: choice,
      TOPADDSUB_CARRYSELECT: choice,
      BOTADDSUB_CARRYSELECT: choice,
    },
  },
  outputs: cell => [
    { port: 'O', bits: 16 },
    ...['CO', 'ACCUMCO', 'SIGNEXTOUT'].filter(port => cell.isConnected(port)),
  ],
  read: cell => {
    const b = cell.builder;
    const inside = new Inside(cell);
    const carry = () => b.part(inside.of('upper'), 16, 1);
    b.copy(cell.output('O', 1), inside.upperOutput());
    b.copy(cell.output('O', 0), inside.lowerOutput());
    if (cell.isConnected('ACCUMCO')) b.copy(cell.output('ACCUMCO'), carry());
    if (cell.isConnected('CO')) b.copy(cell.output('CO'), inside.invertedBy('ADDSUBTOP', carry()));
    if (cell.isConnected('SIGNEXTOUT')) b.copy(cell.output('SIGNEXTOUT'), b.part(inside.of('X'), 15, 1));
  },
};

export const multipliers: Readonly<Record<string, CellReader>> = {
  SB_MAC16: multiplier,
  ICESTORM_DSP: multiplier,
};

type Letter =
  | (
      | 'A'
      | 'B'
      | 'C'
      | 'D'
      | 'F'
      | 'G'
      | 'H'
      | 'J'
      | 'K'
      | 'L'
      | 'P'
      | 'Q'
      | 'R'
      | 'S'
      | 'W'
      | 'X'
      | 'Y'
      | 'Z'
    )
  /** The sums with their carries, 17 bits each. */
  | ('upper' | 'lower');

/** The nets inside one cell, made when they are asked for. */
class Inside {
  readonly #cell: NetlistCell;
  readonly #is8x8: boolean;
  readonly #made = new Map<Letter, NetId>();

  constructor(cell: NetlistCell) {
    this.#cell = cell;
    this.#is8x8 = cell.flag('MODE_8x8');
  }

  upperOutput(): NetId {
    const letter = (['P', 'Q', 'F', 'H'] as const)[this.#cell.number('TOPOUTPUT_SELECT')]!;
    return letter === 'H' ? this.#cell.builder.part(this.of('H'), 16, 16) : this.of(letter);
  }

  lowerOutput(): NetId {
    const letter = (['R', 'S', 'G', 'H'] as const)[this.#cell.number('BOTOUTPUT_SELECT')]!;
    return letter === 'H' ? this.#cell.builder.part(this.of('H'), 0, 16) : this.of(letter);
  }

  of(letter: Letter): NetId {
    let net = this.#made.get(letter);
    if (net === undefined) {
      net = this.#make(letter);
      this.#made.set(letter, net);
    }
    return net;
  }

  #make(letter: Letter): NetId {
    const cell = this.#cell;
    const b = cell.builder;
    switch (letter) {
      case 'A':
      case 'C':
        return this.#behind(`${letter}_REG`, letter, 'IRSTTOP', `${letter}HOLD`, () => cell.input(letter));
      case 'B':
      case 'D':
        return this.#behind(`${letter}_REG`, letter, 'IRSTBOT', `${letter}HOLD`, () => cell.input(letter));
      case 'F':
        return this.#behind('TOP_8x8_MULT_REG', 'F', 'IRSTTOP', undefined, () =>
          this.#product(this.#half('A', 'high'), this.#half('B', 'high')),
        );
      case 'G':
        return this.#behind('BOT_8x8_MULT_REG', 'G', 'IRSTBOT', undefined, () =>
          this.#product(this.#half('A', 'low'), this.#half('B', 'low')),
        );
      case 'J':
        return this.#behindUnless8x8('PIPELINE_16x16_MULT_REG1', 'J', 'IRSTTOP', 16, () =>
          this.#product(b.part(this.of('A'), 0, 8), this.#half('B', 'high')),
        );
      case 'K':
        return this.#behindUnless8x8('PIPELINE_16x16_MULT_REG1', 'K', 'IRSTBOT', 16, () =>
          this.#product(this.#half('A', 'high'), b.part(this.of('B'), 0, 8)),
        );
      case 'L':
        return this.#sumOfProducts();
      case 'H':
        return this.#behindUnless8x8('PIPELINE_16x16_MULT_REG2', 'H', 'IRSTBOT', 32, () => this.of('L'));
      case 'W':
        return this.of(cell.flag('TOPADDSUB_UPPERINPUT') ? 'C' : 'Q');
      case 'Y':
        return this.of(cell.flag('BOTADDSUB_UPPERINPUT') ? 'D' : 'S');
      case 'X':
        return this.#lowerInput('TOPADDSUB_LOWERINPUT', 'A', 'F', 16, () => b.part(this.of('Z'), 15, 1));
      case 'Z':
        return this.#lowerInput('BOTADDSUB_LOWERINPUT', 'B', 'G', 0, () => cell.input('SIGNEXTIN'));
      case 'upper':
        return this.#sum('X', 'W', 'ADDSUBTOP', this.#upperCarry());
      case 'lower':
        return this.#sum('Z', 'Y', 'ADDSUBBOT', this.#lowerCarry());
      case 'P':
        return this.#loaded('OLOADTOP', 'C', () =>
          this.invertedBy('ADDSUBTOP', b.part(this.of('upper'), 0, 16)),
        );
      case 'R':
        return this.#loaded('OLOADBOT', 'D', () =>
          this.invertedBy('ADDSUBBOT', b.part(this.of('lower'), 0, 16)),
        );
      case 'Q':
        return this.#register('Q', 16, 'ORSTTOP', 'OHOLDTOP', () => this.of('P'));
      case 'S':
        return this.#register('S', 16, 'ORSTBOT', 'OHOLDBOT', () => this.of('R'));
    }
  }

  /** All bits of a net inverted where a port is 1. */
  invertedBy(port: string, net: NetId): NetId {
    const cell = this.#cell;
    const b = cell.builder;
    const bit = cell.resolved(port);
    if (bit === '1') return b.not(net);
    if (typeof bit !== 'number') return net;
    return b.cell('mux', [cell.input(port), b.not(net), net], undefined);
  }

  #product(a: NetId, b: NetId): NetId {
    return this.#cell.builder.cell('multiply', [a, b], { width: 16 });
  }

  /** Half of an operand. The upper half has its sign; the lower half has one only where there are two products. */
  #half(operand: 'A' | 'B', half: 'low' | 'high'): NetId {
    const net = this.#cell.builder.part(this.of(operand), half === 'low' ? 0 : 8, 8);
    return half === 'high' || this.#is8x8 ? this.#signed(operand, net) : net;
  }

  #signed(operand: 'A' | 'B', net: NetId): NetId {
    const b = this.#cell.builder;
    return this.#cell.flag(`${operand}_SIGNED`) ? b.wrapped(net, int(b.interval(net).width)) : net;
  }

  /** G + 2^8 K + 2^8 J + 2^16 F, modulo 2^32. Without registers between that is the product of A and B. */
  #sumOfProducts(): NetId {
    const cell = this.#cell;
    const b = cell.builder;
    const between = ['TOP_8x8_MULT_REG', 'BOT_8x8_MULT_REG', 'PIPELINE_16x16_MULT_REG1'];
    if (!this.#is8x8 && !between.some(register => cell.flag(register))) {
      const operands = [this.#signed('A', this.of('A')), this.#signed('B', this.of('B'))];
      return b.cell('multiply', operands, { width: 32 });
    }
    const shifted = (net: NetId, count: number) => b.cell('shiftLeft', [net], { count });
    const middle = b.cell(
      'add',
      [this.#signed('A', this.of('K')), this.#signed('B', this.of('J'))],
      undefined,
    );
    const outer = b.cell('add', [this.of('G'), shifted(this.of('F'), 16)], undefined);
    return b.wrapped(b.cell('add', [outer, shifted(middle, 8)], undefined), uint(32));
  }

  #lowerInput(select: string, operand: Letter, product: Letter, half: number, sign: () => NetId): NetId {
    const b = this.#cell.builder;
    const choice = this.#cell.number(select);
    if (choice === 0) return this.of(operand);
    if (choice === 1) return this.of(product);
    if (choice === 2) return b.part(this.of('H'), half, 16);
    return b.wrapped(b.cell('mask', [sign()], undefined), uint(16));
  }

  #upperCarry(): NetId | undefined {
    const b = this.#cell.builder;
    const select = this.#cell.number('TOPADDSUB_CARRYSELECT');
    if (select === 0) return undefined;
    if (select === 1) return b.constant(1n);
    const carry = b.part(this.of('lower'), 16, 1);
    return select === 2 ? carry : this.invertedBy('ADDSUBBOT', carry);
  }

  #lowerCarry(): NetId | undefined {
    const select = this.#cell.number('BOTADDSUB_CARRYSELECT');
    if (select === 0) return undefined;
    if (select === 1) return this.#cell.builder.constant(1n);
    return this.#cell.input(select === 2 ? 'ACCUMCI' : 'CI');
  }

  #sum(plain: Letter, inverted: Letter, invert: string, carry: NetId | undefined): NetId {
    const b = this.#cell.builder;
    const sum = b.cell('add', [this.of(plain), this.invertedBy(invert, this.of(inverted))], undefined);
    const whole = carry === undefined ? sum : b.cell('add', [sum, carry], undefined);
    return b.wrapped(whole, uint(17));
  }

  #loaded(port: string, operand: 'C' | 'D', result: () => NetId): NetId {
    const bit = this.#cell.resolved(port);
    if (bit === '1') return this.of(operand);
    if (typeof bit !== 'number') return result();
    return this.#cell.builder.cell('mux', [this.#cell.input(port), this.of(operand), result()], undefined);
  }

  /** What is behind a register, where the parameter `use` says that there is one. */
  #behind(use: string, letter: Letter, reset: string, hold: string | undefined, next: () => NetId): NetId {
    return this.#cell.flag(use) ? this.#register(letter, 16, reset, hold, next) : next();
  }

  /** The same for a register that takes nothing where there are two products. */
  #behindUnless8x8(use: string, letter: Letter, reset: string, width: number, next: () => NetId): NetId {
    if (!this.#cell.flag(use)) return next();
    if (this.#is8x8) return this.#cell.builder.constant(0n, width);
    return this.#register(letter, width, reset, undefined, next);
  }

  /** A register under the enable of the cell, which comes before what it takes, as that may depend on it. */
  #register(
    letter: Letter,
    width: number,
    reset: string,
    hold: string | undefined,
    next: () => NetId,
  ): NetId {
    const cell = this.#cell;
    const b = cell.builder;
    const output = b.unsigned(width, `${cell.name}.${letter}`);
    this.#made.set(letter, output);
    const when = cell.allOf({ port: reset });
    b.register(output, {
      next: next(),
      domain: cell.domain('CLK', cell.flag('NEG_TRIGGER')),
      enable: cell.allOf(
        { port: 'CE', whenOpen: '1' },
        ...(hold === undefined ? [] : [{ port: hold, isInverted: true }]),
      ),
      asynchronous: when === undefined ? undefined : { when, value: b.constant(0n, width) },
      initial: 0n,
    });
    return output;
  }
}
