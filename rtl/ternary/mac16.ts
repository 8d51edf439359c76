import {
  bit,
  concat,
  enabledBy,
  foreign,
  mux,
  register,
  registered,
  type Signal,
  uint,
} from '../../hdl-gen/lang/index.ts';

/*
 * The DSP block of an UltraPlus as an adder of 32 bits with a register: its multipliers are not used. The upper half has
 * the operands A and C and the register Q, the lower half B and D and S; the carry goes from the lower half to the upper one
 * within the block, never through its port CO, which is dead in one of the blocks of a UP5K (nextpnr issue 1027).
 *
 *     {Q, S} := load ? {C, D} : {Q, S} + {A, B}     with A, B, C and D behind the block's own registers
 */

/** Ports that are 0 here; the model takes them as 0. */
const unused = [
  ...['AHOLD', 'BHOLD', 'CHOLD', 'DHOLD', 'IRSTTOP', 'IRSTBOT', 'ORSTTOP', 'ORSTBOT'],
  ...['OHOLDTOP', 'OHOLDBOT', 'ADDSUBTOP', 'ADDSUBBOT', 'CI', 'ACCUMCI', 'SIGNEXTIN'],
] as const;

const half = uint(16);

const block = foreign(
  {
    name: 'SB_MAC16',
    clock: 'CLK',
    parameters: {
      ...{ A_REG: 1, B_REG: 1, C_REG: 1, D_REG: 1 },
      // The outputs are the registers behind the adders; the upper adder takes the carry of the lower one.
      ...{ TOPOUTPUT_SELECT: 1, BOTOUTPUT_SELECT: 1, TOPADDSUB_CARRYSELECT: 2 },
    },
  },
  {
    inputs: {
      ...{ CE: bit, A: half, B: half, C: half, D: half, OLOADTOP: bit, OLOADBOT: bit },
      ...(Object.fromEntries(unused.map(port => [port, bit])) as Record<(typeof unused)[number], typeof bit>),
    },
    build: ({ CE, A, B, C, D, OLOADTOP, OLOADBOT }) =>
      enabledBy(CE, () => {
        const [upper, lower] = [register(half), register(half)];
        const low = lower.add(registered(B));
        const high = upper.add(registered(A)).add(low.shiftRight(16));
        lower.next(mux(OLOADBOT, registered(D), low.wrap(half)));
        upper.next(mux(OLOADTOP, registered(C), high.wrap(half)));
        return { O: concat(lower, upper) };
      }),
  },
);

/** What the adder takes; all but the operand at the same time, which comes one edge earlier. */
export interface Mac16Inputs {
  readonly enable: Signal;
  /** At most 32 bits. */
  readonly operand: Signal;
  readonly load: Signal;
}

/** (load ? 0 : itself) + operand, modulo 2^32, one edge after `load`. */
export function mac16Sum({ enable, operand, load }: Mac16Inputs): Signal {
  const [low, high] = [operand.wrap(half), operand.shiftRight(16).wrap(half)];
  const zeros = Object.fromEntries(unused.map(port => [port, 0])) as Record<(typeof unused)[number], 0>;
  const operands = { A: high, B: low, C: high, D: low };
  return block({ CE: enable, ...operands, OLOADTOP: load, OLOADBOT: load, ...zeros }, { name: 'mac16' }).O;
}
