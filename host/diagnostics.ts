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
    help: 'the device stays open; if weights were being loaded, load them again',
    cause: reason,
  });

export const sessionLost = (device: string, what: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8005',
    seen: `the session with '${device}' has ended, and it was to ${what}`,
    help: 'begin a session again; what was loaded may be lost',
  });

export const notTercet = (device: string, magic: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8006',
    seen: `'${device}' answers, but is no Tercet core: its first register holds 0x${magic.toString(16)}`,
    help: 'flash a bitstream of hdl-gen, or name another port',
  });

export const wrongVersion = (device: string, seen: string, expected: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8007',
    seen: `'${device}' speaks version ${seen} of the protocol, and this host speaks ${expected}`,
    help: 'build and flash the bitstream with the version of Tercet that you use now',
  });

export const wrongShape = (what: string, rows: number, columns: number, elements: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8008',
    seen: `the ${what} have ${elements} elements, and the shape [${rows},${columns}]`,
    help: 'give as many elements as rows times columns, and one row and one column at least',
    exitStatus: 2,
  });

export const notTernary = (value: number, row: number, column: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8009',
    seen: `the weight at row ${row}, column ${column} is ${value}; only -1, 0 and 1 are ternary weights`,
    help: 'make the weights ternary first; rows and columns count from 0',
    exitStatus: 2,
  });

export const sizesDiffer = (weightColumns: number, activationColumns: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8010',
    seen: `the weights have ${weightColumns} columns and the activations ${activationColumns}; weights [M,K] and activations [N,K] have the same K`,
    help: 'transpose one of the two, or take those of one layer',
    exitStatus: 2,
  });

export const activationOutside = (value: number, row: number, column: number, bits: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8011',
    seen: `the activation at row ${row}, column ${column} is ${value}; ${bits} signed bits hold ${-(2 ** (bits - 1))} to ${2 ** (bits - 1) - 1}`,
    help: 'scale the activations, or build a core with more activation bits',
    exitStatus: 2,
  });

export const activationWrong = (value: number, row: number, column: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8012',
    seen: `the activation at row ${row}, column ${column} is ${value}; a whole number was expected`,
    help: 'quantise the activations first',
    exitStatus: 2,
  });

export const coreTooSmall = (columns: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8013',
    seen: `the memories of the core are too small for one tile of ${columns} columns`,
    help: 'build a core with larger memories, or with fewer rows',
  });

export const wrongConfiguration = (
  device: string,
  seen: number,
  expected: number,
  details: readonly string[],
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8014',
    seen: `'${device}' has the configuration 0x${seen.toString(16)}, and 0x${expected.toString(16)} was expected`,
    details,
    help: 'flash the bitstream of this configuration, or give the parameters with which the other one was built',
  });

export const noWeights = (): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8015',
    seen: 'the device is to multiply, but no weights are loaded',
    help: "call 'loadWeights' first; a load that failed or was cancelled leaves nothing",
    exitStatus: 2,
  });

export const jobNeverEnds = (device: string, polls: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8016',
    seen: `'${device}' still works on a job after it was asked ${polls} times, which is longer than the job can take`,
    help: 'reset the board; if it happens again, please report it with the configuration',
  });

export const coreComplains = (device: string, what: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8017',
    seen: `'${device}' reports an error of the job: ${what}`,
    help: 'let one program at a time use the device',
  });

export const deviceClosed = (device: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8018',
    seen: `'${device}' is closed`,
    help: 'open it again',
    exitStatus: 2,
  });

export const serialPackageMissing = (cause: unknown): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8019',
    seen: "the package 'serialport', which talks to serial ports, is not installed",
    help: 'npm install serialport@13.0.0',
    cause,
  });

export const portMissing = (port: string, there: readonly string[], cause: unknown): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8020',
    seen: `there is no serial port '${port}'`,
    details: [there.length === 0 ? 'no port is there' : `there are: ${there.join(', ')}`],
    help: 'plug the board in, with a cable that carries data; boards with two ports have the link on the second one',
    exitStatus: 2,
    cause,
  });

export const portBusy = (port: string, cause: unknown): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8021',
    seen: `another program uses the serial port '${port}'`,
    help: 'close the other program: a terminal, or another run of this one',
    cause,
  });

/** @param vendor the USB vendor of the port in hexadecimal, where the system tells it. */
export const portNotAllowed = (port: string, vendor: string | undefined, cause: unknown): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8022',
    seen: `you may not open the serial port '${port}'`,
    details:
      vendor === undefined
        ? []
        : [
            `let everybody who sits at this machine use the serial ports of this kind, whose USB vendor is ${vendor}:`,
            `  echo 'SUBSYSTEM=="tty", ATTRS{idVendor}=="${vendor}", TAG+="uaccess"' | sudo tee /etc/udev/rules.d/70-tercet-${vendor}.rules`,
            '  sudo udevadm control --reload-rules && sudo udevadm trigger',
          ],
    help: `${vendor === undefined ? '' : 'or '}join the group of serial ports (sudo usermod -aG dialout $USER) and log in again; then plug the board in again`,
    cause,
  });

export const portFailed = (port: string, cause: Error): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8023',
    // The package has the word in its messages.
    seen: `the serial port '${port}' failed: ${cause.message.replace(/^Error:\s*/, '')}`,
    help: 'plug the board in again; a rate that the port cannot make is another reason',
    cause,
  });

export const blocksWrong = (columnsPerBlock: number, columns: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8030',
    seen: `blocks of ${columnsPerBlock} columns are asked for, of a matrix of ${columns}`,
    help: "give a whole number from 1 to the number of columns as 'columnsPerBlock', or leave it out",
    exitStatus: 2,
  });

export function tooLargeToStay(loads: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-8032',
    seen: `the matrix is too large to stay in the core: it would be loaded in ${loads} parts`,
    help: 'take a smaller matrix, or a core with more memory; hdl-gen matmul loads the parts one after the other',
    exitStatus: 2,
  });
}

export const weightsDiffer = (device: string, row: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8033',
    seen: `'${device}' does not hold these weights: its sums of row ${row} are others`,
    help: "load them, or put them on the board first: 'hdl-gen flash --circuit matmul --weights' does so",
  });

export const shiftWrong = (shift: number, most: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8034',
    seen: `sums are to be shifted by ${shift} bits`,
    help: `give a whole number from 0 to ${most} as 'shift'`,
    exitStatus: 2,
  });

export const noOutputStage = (): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8035',
    seen: 'sums are to be shifted, saturated or cut at 0, and the core was built without an output stage',
    help: "build the core with 'outputStage', or do it on the host",
    exitStatus: 2,
  });

export const biasWrong = (what: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-8036',
    seen: `the bias ${what}`,
    help: 'give one whole number for each row of the weights',
    exitStatus: 2,
  });
