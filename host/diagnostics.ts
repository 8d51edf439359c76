import { Diagnostic } from '../diagnostic/index.ts';

/*
 * Every refusal and failure of the host. The codes begin with 8 and never change their meaning. `device` is what the user
 * calls it: a port such as `/dev/ttyUSB1`, or a simulated board.
 */

const wiring =
  'check the cable, that the bitstream is on the board, and that both ends have the same baud rate';

export const noAnswer = (device: string, attempts: number, heard: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8001',
    seen: `'${device}' has not answered after ${attempts} attempts: ${heard}`,
    help: wiring,
  });

export const deviceRefused = (device: string, what: string, status: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8002',
    seen: `'${device}' refused to ${what}: ${status}`,
    help: 'the host and the bitstream may be of different versions: build and flash it again',
  });

/** The link begins a session again; what was in the memories may be lost. */
export const deviceWasReset = (device: string, what: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8003',
    seen: `'${device}' was reset while it was to ${what}`,
    help: 'what was loaded is lost: load the weights again; if nobody has pressed reset, look at the supply',
  });

export const cancelled = (what: string, reason: unknown): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8004',
    seen: `it was cancelled while it was to ${what}`,
    help: 'the device stays open; what was loaded before is still there',
    cause: reason,
  });

export const sessionLost = (device: string, what: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8005',
    seen: `the session with '${device}' has ended, and it was to ${what}`,
    help: 'begin a session again; what was loaded may be lost',
  });
