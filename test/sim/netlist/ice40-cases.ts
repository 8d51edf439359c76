import type { Draw } from '../../support/draw.ts';
import type { CellCase, CellPort } from './ice40-case.ts';

/* Cells of iCE40 with random parameters, and stimuli that show what they do. */

const clock = (name: string): CellPort => ({ name, width: 1, kind: 'clock' });
const output = (name: string, width = 1): CellPort => ({ name, width, kind: 'output' });
const input = (name: string, width = 1, draw?: CellPort['draw']): CellPort => ({
  name,
  width,
  kind: 'input',
  draw,
});

/** An input that is 1 now and then; `first` while the cell is brought into a known state. */
const rarely = (name: string, times: number, first: bigint): CellPort =>
  input(name, 1, (draw, record) => (record < settling ? first : BigInt(draw.oneIn(times))));
const mostly = (name: string, times: number): CellPort =>
  input(name, 1, (draw, record) => (record < settling || !draw.oneIn(times) ? 1n : 0n));

/** Records in which every cell comes into a known state: the models begin with unknown registers. */
const settling = 12;

/** So few words that a random address meets one that was written. */
const few = (width: number, words: readonly bigint[]) => (name: string) =>
  input(name, width, draw => draw.pick(words));

const digits = (draw: Draw, width: number): string => draw.times(width, () => String(draw.below(2))).join('');
const number = (value: number, width: number): string => value.toString(2).padStart(width, '0');

export function lookUpTables(draw: Draw, count: number): CellCase[] {
  return draw.times(count, () => ({
    type: 'SB_LUT4',
    parameters: { LUT_INIT: digits(draw, 16) },
    ports: [...['I0', 'I1', 'I2', 'I3'].map(name => input(name)), output('O')],
  }));
}

export function carry(): CellCase {
  return {
    type: 'SB_CARRY',
    parameters: {},
    ports: [...['I0', 'I1', 'CI'].map(name => input(name)), output('CO')],
  };
}

/** Every flip-flop that there is, by its name. */
export function flipFlops(): CellCase[] {
  return ['', 'N'].flatMap(edge =>
    ['', 'E'].flatMap(enable =>
      ['', 'SR', 'R', 'SS', 'S'].map(control => ({
        type: `SB_DFF${edge}${enable}${control}`,
        parameters: {},
        ports: [
          clock('C'),
          input('D'),
          ...(enable === '' ? [] : [input('E')]),
          ...(control === '' ? [] : [rarely(control.startsWith('S') && control !== 'SR' ? 'S' : 'R', 4, 0n)]),
          output('Q'),
        ],
      })),
    ),
  );
}

export function logicCells(draw: Draw, count: number): CellCase[] {
  return draw.times(count, i => ({
    type: 'ICESTORM_LC',
    parameters: {
      LUT_INIT: digits(draw, 16),
      NEG_CLK: digits(draw, 1),
      CARRY_ENABLE: '1',
      // Every combination of these comes.
      DFF_ENABLE: number(i & 1, 1),
      SET_NORESET: number((i >> 1) & 1, 1),
      ASYNC_SR: number((i >> 2) & 1, 1),
      CIN_CONST: digits(draw, 1),
      CIN_SET: digits(draw, 1),
    },
    ports: [
      clock('CLK'),
      ...['I0', 'I1', 'I2', 'I3', 'CIN'].map(name => input(name)),
      mostly('CEN', 3),
      rarely('SR', 4, 0n),
      ...['LO', 'O', 'COUT'].map(name => output(name)),
    ],
  }));
}

/** Every variant of the block RAM in every pair of modes. */
export function blockRams(draw: Draw): CellCase[] {
  const rows = draw.times(3, () => BigInt(draw.below(256)));
  return [0, 1, 2, 3].flatMap(readMode =>
    [0, 1, 2, 3].flatMap(writeMode =>
      ['', 'NR', 'NW', 'NRNW', 'placed'].map((variant): CellCase => {
        const isPlaced = variant === 'placed';
        const initial = draw.times(16, i => [
          `INIT_${i.toString(16).toUpperCase()}`,
          draw.oneIn(9) ? 'x'.repeat(256) : digits(draw, 256),
        ]);
        // Some bits of the mask are always written, or never; the same column is met often.
        const address = few(
          11,
          rows.flatMap(row => [0n, 1n, 3n, 7n].map(column => 256n * column + row)),
        );
        return {
          type: isPlaced ? 'ICESTORM_RAM' : `SB_RAM40_4K${variant}`,
          parameters: {
            READ_MODE: number(readMode, 2),
            WRITE_MODE: number(writeMode, 2),
            ...Object.fromEntries(initial),
            ...(isPlaced ? { NEG_CLK_R: digits(draw, 1), NEG_CLK_W: digits(draw, 1) } : {}),
          },
          isDivided: isPlaced,
          ports: [
            clock(variant.startsWith('NR') ? 'RCLKN' : 'RCLK'),
            mostly('RCLKE', 6),
            mostly('RE', 6),
            address('RADDR'),
            clock(variant.endsWith('NW') ? 'WCLKN' : 'WCLK'),
            mostly('WCLKE', 6),
            mostly('WE', 3),
            address('WADDR'),
            input('MASK', 16),
            input('WDATA', 16),
            output('RDATA', 16),
          ],
        };
      }),
    ),
  );
}

export function singlePortRams(draw: Draw, count: number): CellCase[] {
  const words = draw.times(4, () => BigInt(draw.below(16384)));
  return draw.times(count, () => ({
    type: 'SB_SPRAM256KA',
    parameters: {},
    ports: [
      clock('CLOCK'),
      few(14, words)('ADDRESS'),
      input('DATAIN', 16),
      input('MASKWREN', 4, (draw, record) => (record < 60 ? 15n : BigInt(draw.below(16)))),
      rarely('WREN', 3, 1n),
      mostly('CHIPSELECT', 5),
      rarely('STANDBY', 9, 0n),
      rarely('SLEEP', 9, 0n),
      input('POWEROFF', 1, () => 1n),
      output('DATAOUT', 16),
    ],
  }));
}

/** Multipliers with any parameters at all. */
export function multipliers(draw: Draw, count: number): CellCase[] {
  const bits = (names: string) => names.split(' ').map(name => [name, digits(draw, 1)] as const);
  const pairs = (names: string) => names.split(' ').map(name => [name, digits(draw, 2)] as const);
  return draw.times(count, () => ({
    type: 'SB_MAC16',
    parameters: Object.fromEntries([
      ...bits('NEG_TRIGGER A_REG B_REG C_REG D_REG TOP_8x8_MULT_REG BOT_8x8_MULT_REG'),
      ...bits('PIPELINE_16x16_MULT_REG1 PIPELINE_16x16_MULT_REG2 MODE_8x8 A_SIGNED B_SIGNED'),
      ...bits('TOPADDSUB_UPPERINPUT BOTADDSUB_UPPERINPUT'),
      ...pairs('TOPOUTPUT_SELECT TOPADDSUB_LOWERINPUT TOPADDSUB_CARRYSELECT'),
      ...pairs('BOTOUTPUT_SELECT BOTADDSUB_LOWERINPUT BOTADDSUB_CARRYSELECT'),
    ]),
    ports: [
      clock('CLK'),
      mostly('CE', 6),
      ...['A', 'B', 'C', 'D'].map(name => input(name, 16)),
      ...['AHOLD', 'BHOLD', 'CHOLD', 'DHOLD', 'OHOLDTOP', 'OHOLDBOT'].map(name => rarely(name, 4, 0n)),
      ...['IRSTTOP', 'IRSTBOT', 'ORSTTOP', 'ORSTBOT'].map(name => rarely(name, 12, 1n)),
      ...['OLOADTOP', 'OLOADBOT', 'ADDSUBTOP', 'ADDSUBBOT'].map(name => rarely(name, 3, 0n)),
      ...['CI', 'ACCUMCI', 'SIGNEXTIN'].map(name => input(name)),
      output('O', 32),
      ...['CO', 'ACCUMCO', 'SIGNEXTOUT'].map(name => output(name)),
    ],
  }));
}

/** Every PIN_TYPE, on both edges. */
export function pins(type: 'SB_IO' | 'SB_GB_IO' | 'SB_IO_OD'): CellCase[] {
  const [dash, enable] = type === 'SB_IO_OD' ? ['', 'CLOCKENABLE'] : ['_', 'CLOCK_ENABLE'];
  const name = (text: string) => text.replaceAll('-', dash);
  const all = Array.from({ length: 128 }, (_, i) => i);
  return all.map(i => ({
    type,
    parameters: { PIN_TYPE: number(i & 63, 6), NEG_TRIGGER: number(i >> 6, 1) },
    ports: [
      { name: name('PACKAGE-PIN'), width: 1, kind: 'pin' },
      input(name('LATCH-INPUT-VALUE')),
      mostly(enable, 4),
      clock(name('INPUT-CLK')),
      clock(name('OUTPUT-CLK')),
      input(name('OUTPUT-ENABLE')),
      input(type === 'SB_IO_OD' ? 'DOUT0' : 'D_OUT_0'),
      input(type === 'SB_IO_OD' ? 'DOUT1' : 'D_OUT_1'),
      output(type === 'SB_IO_OD' ? 'DIN0' : 'D_IN_0'),
      output(type === 'SB_IO_OD' ? 'DIN1' : 'D_IN_1'),
      ...(type === 'SB_GB_IO' ? [output('GLOBAL_BUFFER_OUTPUT')] : []),
    ],
  }));
}
