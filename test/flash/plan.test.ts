import { describe, expect, test } from 'vitest';
import { boards, findBoard } from '../../constraints/index.ts';
import { type FlashRequest, planFlash, type Surroundings, type UsbDevice } from '../../flash/index.ts';

const ftdi = (name: string, address = 7): UsbDevice => ({
  ...{ id: '0403:6010', name, serial: '', bus: 1, address, isAllowed: true },
});

/** A computer on which some programs are installed, and some things plugged in. */
function computer(
  installed: readonly string[],
  usb: readonly UsbDevice[] | undefined,
  drive?: string,
): Surroundings {
  return {
    locate: name => (installed.includes(name) ? `/usr/bin/${name}` : undefined),
    usb,
    findDrive: () => drive,
  };
}

const icebreaker: FlashRequest = { board: findBoard('icebreaker'), file: 'top.bin' };

describe('the command', () => {
  test('is that of the first program of the board that is installed', () => {
    const plugged = [ftdi('iCEBreaker V1.0e')];
    expect(planFlash(icebreaker, computer(['openFPGALoader', 'iceprog'], plugged)).command).toEqual([
      'iceprog',
      'top.bin',
    ]);
    expect(planFlash(icebreaker, computer(['openFPGALoader'], plugged)).command).toEqual(
      'openFPGALoader -b ice40_generic -f top.bin'.split(' '),
    );
  });

  test('is that of the program that is asked for', () => {
    const asked = { ...icebreaker, tool: 'openFPGALoader' };
    expect(planFlash(asked, computer(['openFPGALoader', 'iceprog'], undefined)).command[0]).toBe(
      'openFPGALoader',
    );
  });

  test('says which device is meant where there are several alike', () => {
    const two = [ftdi('iCEBreaker V1.0e', 7), ftdi('Lattice FTUSB Interface Cable', 12)];
    expect(planFlash(icebreaker, computer(['iceprog'], two)).command).toEqual(
      'iceprog -d d:001/007 top.bin'.split(' '),
    );
    const icestick = { ...icebreaker, board: findBoard('icestick'), usb: '1:12' };
    expect(planFlash(icestick, computer(['openFPGALoader'], two)).command).toEqual(
      'openFPGALoader --busdev-num 1:12 -b ice40_generic -f top.bin'.split(' '),
    );
  });

  test('says which device is named where the system does not tell what is there', () => {
    const named = { ...icebreaker, usb: '9:99' };
    const unknown = computer(['iceprog'], undefined);
    const plan = planFlash(named, unknown);
    expect(plan.command).toEqual('iceprog -d d:009/099 top.bin'.split(' '));
    expect(plan).toMatchObject({ question: ['iceprog', '-d', 'd:009/099', '-t'], device: undefined });
    expect(planFlash(named, computer(['openFPGALoader'], undefined)).command).toEqual(
      'openFPGALoader --busdev-num 9:99 -b ice40_generic -f top.bin'.split(' '),
    );
    expect(planFlash(icebreaker, unknown).command).toEqual(['iceprog', 'top.bin']);
  });

  test('copies to the drive of a board that shows itself as one, if it is mounted', () => {
    const request = { board: findBoard('icesugar'), file: 'top.bin' };
    expect(planFlash(request, computer([], [], '/media/iCELink'))).toEqual({
      kind: 'copy',
      command: ['cp', 'top.bin', '/media/iCELink'],
      drive: '/media/iCELink',
    });
  });

  test.each(boards.map(board => [board.name, board] as const))(
    'of board %s has the bitstream in each of its ways',
    (_, board) => {
      for (const [tool] of board.programmer.commands) {
        const { command } = planFlash({ board, file: 'top.bin', tool: tool! }, computer([tool!], undefined));
        expect(command).toContain('top.bin');
        expect(command.join(' ')).not.toContain('{');
      }
    },
  );
});

describe('what cannot work is told before anything is built or written', () => {
  const refused = (request: FlashRequest, on: Surroundings, code: string, seen: string, help: string): void =>
    expect(() => planFlash(request, on)).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringContaining(seen),
        help: expect.stringContaining(help),
      }),
    );

  test('no program is installed: which there are, and how to get them', () => {
    refused(icebreaker, computer([], []), 'TCT-9001', "board 'icebreaker'", 'apt install fpga-icestorm');
  });

  test('a program that does not suit the board', () => {
    const asked = { ...icebreaker, tool: 'dfu-util' };
    refused(asked, computer(['dfu-util'], []), 'TCT-9002', "'dfu-util'", 'iceprog or openFPGALoader');
  });

  test('nothing is plugged in', () => {
    refused(icebreaker, computer(['iceprog'], []), 'TCT-9003', '0403:6010', 'cable');
  });

  test('the board is there, but may not be opened: the rule that allows it', () => {
    const plugged = [{ ...ftdi('iCEBreaker V1.0e'), isAllowed: false }];
    refused(
      icebreaker,
      computer(['iceprog'], plugged),
      'TCT-9004',
      'you may not open it',
      'ATTRS{idVendor}=="0403", ATTRS{idProduct}=="6010"',
    );
  });

  test('another board with the same USB chip', () => {
    const plugged = [ftdi('Lattice FTUSB Interface Cable')];
    refused(icebreaker, computer(['iceprog'], plugged), 'TCT-9005', 'FTUSB', '--board');
  });

  test('several of them', () => {
    const two = [ftdi('iCEBreaker V1.0e', 7), ftdi('iCEBreaker V1.0e', 9)];
    refused(icebreaker, computer(['iceprog'], two), 'TCT-9006', 'at 1:9', '--usb 1:7');
  });

  test('nothing is where --usb says', () => {
    const asked = { ...icebreaker, usb: '3:4' };
    refused(asked, computer(['iceprog'], [ftdi('iCEBreaker')]), 'TCT-9007', "'3:4'", 'at 1:7');
  });

  test('a program that cannot be told which device is meant, and a drive', () => {
    const bx = { board: findBoard('tinyfpga-bx'), file: 'top.bin', usb: '1:7' };
    refused(bx, computer(['tinyprog'], undefined), 'TCT-9015', "'tinyprog'", '--usb');
    const icesugar = { ...bx, board: findBoard('icesugar') };
    refused(icesugar, computer([], undefined, '/media/iCELink'), 'TCT-9015', 'drive', '--usb');
  });

  test('a chip without a name of its own may be the board', () => {
    const plan = planFlash(icebreaker, computer(['iceprog'], [ftdi('FTDI Dual RS232-HS')]));
    expect(plan).toMatchObject({ device: { address: 7 } });
  });

  test('in a dry run a board that is not there is no error', () => {
    expect(planFlash({ ...icebreaker, isDry: true }, computer(['iceprog'], [])).command[0]).toBe('iceprog');
  });

  test('nor is a program that is not installed', () => {
    expect(planFlash({ ...icebreaker, isDry: true }, computer([], [])).command).toEqual([
      'iceprog',
      'top.bin',
    ]);
  });
});
