/** What the constraints room tells a user: one function a diagnostic. */
import { Diagnostic } from '../diagnostic/index.ts';

export function unknownBoard(
  seen: string,
  known: readonly string[],
  nearest: string | undefined,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4051',
    seen: `there is no board '${seen}'; known are ${known.join(', ')}`,
    help:
      nearest === undefined
        ? 'a board that is not listed is a JSON file: docs/board.md#a-board-of-your-own has an example'
        : `did you mean '${nearest}'?`,
    exitStatus: 2,
  });
}

export function unknownSignal(
  board: string,
  port: string,
  seen: string,
  known: readonly string[],
  nearest: string | undefined,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4052',
    seen: `port '${port}' asks for '${seen}', which board '${board}' does not have; it has ${known.join(', ')}`,
    help: nearest === undefined ? 'use one of these, or another board' : `did you mean '${nearest}'?`,
    exitStatus: 2,
  });
}

export function pinUsedTwice(board: string, pin: string, ports: readonly [string, string]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4053',
    seen: `ports '${ports[0]}' and '${ports[1]}' are both on pin ${pin} of board '${board}'`,
    help: 'give each port a pin of its own',
    exitStatus: 2,
  });
}

export function badBoardFile(path: string, field: string, problem: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4054',
    seen: `'${path}' describes no board: ${field}: ${problem}`,
    help: 'docs/board.md#a-board-of-your-own has an example',
    exitStatus: 2,
  });
}

export function noPll(device: string, askedMHz: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4055',
    seen: `a clock of ${askedMHz} MHz needs a PLL, and device '${device}' has none`,
    help: 'leave --mhz out: the design then runs at the clock of the board',
    exitStatus: 2,
  });
}

export function pinClockOutOfReach(pinMHz: number, [low, high]: readonly [number, number]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4056',
    seen: `a PLL takes clocks of ${low} to ${high} MHz, and that of the board has ${pinMHz} MHz`,
    help: 'leave --mhz out: the design then runs at the clock of the board',
    exitStatus: 2,
  });
}

export function clockOutOfReach(askedMHz: number, [low, high]: readonly [number, number]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4057',
    seen: `a PLL makes clocks of ${low} to ${high} MHz, and ${askedMHz} MHz are asked for`,
    help: 'ask for another --mhz; without it the design runs at the clock of the board',
    exitStatus: 2,
  });
}
