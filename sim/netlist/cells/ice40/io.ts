import type { NetId } from '../../../../ir/index.ts';
import type { CellReader, NetlistCell } from '../../cell.ts';

/*
 * A pin. PIN_TYPE says what it does:
 *
 *     bits 1:0   D_IN_0 is 0: a register, 1: the pin, 2 and 3: the same behind a latch, which holds while
 *                LATCH_INPUT_VALUE is 1
 *     bits 3:2   what is driven is 0: a register at each edge of the clock, in turn, 1: the register, 2: D_OUT_0,
 *                3: the register, inverted
 *     bits 5:4   it is driven 0: never, 1: always, 2: while OUTPUT_ENABLE is 1, 3: the same, registered
 *
 * D_IN_1 is a register at the other edge. NEG_TRIGGER changes the edges. PULLUP is for pins that nothing outside
 * drives: those of ports that are outputs of the netlist.
 */

/** The names that the ports have. */
interface Names {
  readonly pin: string;
  readonly latch: string;
  readonly clockEnable: string;
  readonly inputClock: string;
  readonly outputClock: string;
  readonly outputEnable: string;
  readonly in0: string;
  readonly in1: string;
  readonly out0: string;
  readonly out1: string;
}

const usual: Names = {
  pin: 'PACKAGE_PIN',
  latch: 'LATCH_INPUT_VALUE',
  clockEnable: 'CLOCK_ENABLE',
  inputClock: 'INPUT_CLK',
  outputClock: 'OUTPUT_CLK',
  outputEnable: 'OUTPUT_ENABLE',
  in0: 'D_IN_0',
  in1: 'D_IN_1',
  out0: 'D_OUT_0',
  out1: 'D_OUT_1',
};

const openDrainNames: Names = {
  pin: 'PACKAGEPIN',
  latch: 'LATCHINPUTVALUE',
  clockEnable: 'CLOCKENABLE',
  inputClock: 'INPUTCLK',
  outputClock: 'OUTPUTCLK',
  outputEnable: 'OUTPUTENABLE',
  in0: 'DIN0',
  in1: 'DIN1',
  out0: 'DOUT0',
  out1: 'DOUT1',
};

/** @param isOpenDrain whether a 1 is not driven, and the pin is left to what is outside. */
function pin(names: Names, isOpenDrain: boolean, alsoPin: readonly string[] = []): CellReader {
  const isDriven = (cell: NetlistCell) => pinType(cell) >> 4 !== 0;
  const isJoined = (cell: NetlistCell) => (pinType(cell) & 3) === 1;
  return {
    outputs: cell => [
      ...(isDriven(cell) ? [names.pin] : []),
      ...[...(isJoined(cell) ? [] : [names.in0]), names.in1].filter(port => cell.isConnected(port)),
    ],
    join: cell => {
      for (const port of alsoPin) cell.join(port, names.pin);
      if (isJoined(cell)) cell.join(names.in0, names.pin);
    },
    read: cell => {
      const flipFlops = new PinRegisters(cell, names, isOpenDrain);
      readInputs(cell, names, flipFlops);
      if (isDriven(cell)) readOutput(cell, names, flipFlops, isOpenDrain);
    },
  };
}

function pinType(cell: NetlistCell): number {
  return cell.number('PIN_TYPE');
}

/** The registers of a pin. All share an enable; those at the other edge of the clock look at it half a cycle before. */
class PinRegisters {
  readonly #cell: NetlistCell;
  readonly #isFalling: boolean;
  readonly #enable: NetId | undefined;
  readonly #enableIsLate: boolean;

  /** @param isSimple whether the enable counts at either edge as it is. */
  constructor(cell: NetlistCell, { clockEnable }: Names, isSimple: boolean) {
    this.#cell = cell;
    this.#isFalling = cell.flag('NEG_TRIGGER');
    this.#enable = cell.allOf({ port: clockEnable, whenOpen: '1' });
    this.#enableIsLate = !isSimple;
  }

  register(clock: string, next: NetId): NetId {
    return this.#registered(clock, this.#isFalling, next, this.#enable);
  }

  atOtherEdge(clock: string, next: NetId): NetId {
    const enable =
      this.#enable === undefined || !this.#enableIsLate
        ? this.#enable
        : this.#registered(clock, this.#isFalling, this.#enable, undefined);
    return this.#registered(clock, !this.#isFalling, next, enable);
  }

  #registered(clock: string, isFalling: boolean, next: NetId, enable: NetId | undefined): NetId {
    const b = this.#cell.builder;
    const output = b.unsigned(1);
    b.register(output, { next, enable, domain: this.#cell.domain(clock, isFalling), initial: 0n });
    return output;
  }
}

function readInputs(cell: NetlistCell, names: Names, registers: PinRegisters): void {
  const b = cell.builder;
  const type = pinType(cell) & 3;
  if (type !== 1 && cell.isConnected(names.in0)) {
    const value =
      type === 3 ? cell.input(names.pin) : registers.register(names.inputClock, cell.input(names.pin));
    const output = cell.output(names.in0);
    if (type === 0) b.copy(output, value);
    else b.latch(output, b.not(cell.input(names.latch)), value, 0n);
  }
  if (cell.isConnected(names.in1))
    b.copy(cell.output(names.in1), registers.atOtherEdge(names.inputClock, cell.input(names.pin)));
}

function readOutput(cell: NetlistCell, names: Names, registers: PinRegisters, isOpenDrain: boolean): void {
  const b = cell.builder;
  const type = pinType(cell);
  const value = drivenValue(cell, names, registers, (type >> 2) & 3);
  const enable =
    type >> 4 === 1
      ? b.constant(1n)
      : type >> 4 === 2
        ? cell.input(names.outputEnable)
        : registers.register(names.outputClock, cell.input(names.outputEnable));
  if (isOpenDrain) cell.drivePad(names.pin, b.constant(0n), b.and(enable, b.not(value)), 1n);
  else cell.drivePad(names.pin, value, enable, cell.value('PULLUP'));
}

function drivenValue(cell: NetlistCell, names: Names, registers: PinRegisters, type: number): NetId {
  const b = cell.builder;
  const first = cell.input(names.out0);
  if (type === 2) return first;
  const registered = registers.register(names.outputClock, first);
  if (type === 1) return registered;
  if (type === 3) return b.not(registered);
  const second = registers.atOtherEdge(names.outputClock, cell.input(names.out1));
  const isHigh = cell.clockLevel(names.outputClock);
  const [high, low] = cell.flag('NEG_TRIGGER') ? [second, registered] : [registered, second];
  return b.cell('mux', [isHigh, high, low], undefined);
}

export const pins: Readonly<Record<string, CellReader>> = {
  SB_IO: pin(usual, false),
  SB_GB_IO: pin(usual, false, ['GLOBAL_BUFFER_OUTPUT']),
  SB_IO_OD: pin(openDrainNames, true),
};
