/** Pin constraints (a PCF file) for the ports of a top level on a board. */
import { nearestName } from '../synth/index.ts';
import type { Board } from './board.ts';
import { pinUsedTwice, unknownSignal } from './diagnostics.ts';

/**
 * What each port of the top level is wired to, by the board's signals: `clock`, `rx`, `tx`, `led0`, `led1` …,
 * `button0` …, `keep_high`, `flash_sck`, `flash_cs_n`, `flash_mosi`, `flash_miso`; a port of several bits takes a list, bit 0 first.
 */
export type PortWiring = Readonly<Record<string, string | readonly string[]>>;

/** The pins of a board by signal. */
export function boardSignals(board: Board): ReadonlyMap<string, string> {
  const signals = new Map([['clock', board.clock.pin]]);
  if (board.uart !== undefined) signals.set('rx', board.uart.rx).set('tx', board.uart.tx);
  if (board.uart?.keepHigh !== undefined) signals.set('keep_high', board.uart.keepHigh);
  if (board.flash !== undefined) {
    const { sck, cs, mosi, miso } = board.flash;
    for (const [name, pin] of Object.entries({ sck, cs_n: cs, mosi, miso }))
      signals.set(`flash_${name}`, pin);
  }
  for (const [index, { pin }] of board.leds.entries()) signals.set(`led${index}`, pin);
  for (const [index, { pin }] of board.buttons.entries()) signals.set(`button${index}`, pin);
  return signals;
}

/**
 * The text of a PCF file.
 * @throws Diagnostic TCT-4052 for a signal that the board lacks, TCT-4053 for two ports on one pin.
 */
export function writePcf(board: Board, wiring: PortWiring): string {
  const signals = boardSignals(board);
  const portOfPin = new Map<string, string>();
  const lines = [`# ${board.title}: ${board.device} in ${board.package}`];
  const constrain = (port: string, signal: string): void => {
    const pin = signals.get(signal);
    if (pin === undefined) {
      const known = [...signals.keys()];
      throw unknownSignal(board.name, port, signal, known, nearestName(signal, known));
    }
    const other = portOfPin.get(pin);
    if (other !== undefined) throw pinUsedTwice(board.name, pin, [other, port]);
    portOfPin.set(pin, port);
    lines.push(`set_io ${port} ${pin}`);
  };
  for (const [port, signal] of Object.entries(wiring)) {
    // A vector of one bit is a plain port.
    if (typeof signal === 'string' || signal.length === 1) constrain(port, [signal].flat()[0]!);
    else for (const [bit, each] of signal.entries()) constrain(`${port}[${bit}]`, each);
  }
  return `${lines.join('\n')}\n`;
}
