import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Board, findBoard } from '../../constraints/index.ts';
import { askBoard, requireBitstream, requireRoom, runFlash } from '../../flash/index.ts';
import { bitstream } from '../support/bitstream.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tercet-flash-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A program that prints what the real one prints, and ends as it does. */
function program(prints: string, status: number, name = 'iceprog'): string {
  const path = join(folder(), name);
  writeFileSync(path, `#!/bin/sh\ncat <<'end' >&2\n${prints}\nend\nexit ${status}\n`);
  chmodSync(path, 0o755);
  return path;
}

const planOf = (command: readonly string[], question?: readonly string[]) =>
  ({ kind: 'program', command, question, device: undefined }) as const;

const write = (command: string): Promise<void> =>
  runFlash(planOf([command, 'top.bin']), { usb: '0403:6010' });

// The words of iceprog, openFPGALoader and dfu-util, as they were seen without a board; those of a flash that
// cannot be opened are from reports of their users.
const begun = 'init..\ncdone: high\nreset..\ncdone: low\nflash ID: 0xEF 0x40 0x16 0x00\n';

describe('a program that fails', () => {
  test.each([
    [
      "init..\nCan't find iCE FTDI USB device (vendor_id 0x0403, device_id 0x6010 or 0x6014).\nABORT.",
      2,
      /exit status 2, 'Can't find iCE FTDI/,
      /cable.*idVendor/,
    ],
    [
      'unable to open ftdi device: -3 (device not found)\nError: Failed to claim cable',
      1,
      /claim cable/,
      /no board with the USB id 0403:6010/,
    ],
    ['unable to open ftdi device: -4 (usb_open() failed)', 1, /-4/, /^you may not open the board/],
    ['dfu-util: Cannot open DFU device: LIBUSB_ERROR_ACCESS', 74, /status 74/, /^you may not open/],
    ['No DFU capable USB device available', 74, /No DFU/, /found no board/],
    ['Error: LIBUSB_ERROR_BUSY', 1, /BUSY/, /another program/],
    ['init..\ncdone: low\nreset..\nVERIFY OK\ncdone: low\nBye.', 0, /stays low/, /jumpers/],
    ['Verifying write Done\nReset and Wait for CDONE:\nFail', 0, /stays low/, /jumpers/],
    // CDONE is told before anything is written too: then it says nothing of the end.
    [`${begun}programming..\nFound difference between flash and file!\nABORT.`, 3, /difference/, /read back/],
    ['Verification failed at 256', 1, /Verification/, /read back/],
    [`${begun.replace('EF 0x40 0x16', 'FF 0xFF 0xFF')}ABORT.`, 2, /status 2/, /^no flash answers/],
    [`${begun}Write error (chunk, rc=-1, expected 3).\nABORT.`, 2, /Write error/, /above/],
    ['a word that nobody knows', 3, /status 3/, /above/],
  ])('%j is told with its reason', async (prints, status, seen, help) => {
    await expect(write(program(prints, status))).rejects.toThrow(
      expect.objectContaining({
        code: 'TCT-9009',
        message: expect.stringMatching(seen),
        help: expect.stringMatching(help),
      }),
    );
  });

  test('one that is ended from outside: it may have been writing', async () => {
    const path = program(begun, 0);
    writeFileSync(path, '#!/bin/sh\necho "cdone: low"\nkill -9 $$\n');
    await expect(write(path)).rejects.toMatchObject({
      code: 'TCT-9009',
      message: expect.stringContaining('SIGKILL'),
      help: expect.stringContaining('half written'),
    });
  });

  test('and one that is not there', async () => {
    await expect(write(join(folder(), 'none'))).rejects.toMatchObject({ code: 'TCT-9009' });
  });
});

test('a flash that is written well: CDONE is low before, and high at the end', async () => {
  const shown: string[] = [];
  const path = program('init..\ncdone: high\nreset..\ncdone: low\nVERIFY OK\ncdone: high\nBye.', 0);
  await runFlash(planOf([path, 'top.bin']), { usb: '0403:6010', onOutput: text => shown.push(text) });
  expect(shown.join('')).toContain('VERIFY OK');
});

test('a board with a drive gets a copy of the file', async () => {
  const [from, drive] = [folder(), folder()];
  const file = join(from, 'top.bin');
  writeFileSync(file, 'bits');
  await runFlash({ kind: 'copy', command: ['cp', file, drive], drive }, { usb: '' });
  expect(readFileSync(join(drive, 'top.bin'), 'utf8')).toBe('bits');

  mkdirSync(join(drive, 'sub'));
  const gone = {
    kind: 'copy',
    command: ['cp', file, join(drive, 'none')],
    drive: join(drive, 'none'),
  } as const;
  await expect(runFlash(gone, { usb: '' })).rejects.toMatchObject({ code: 'TCT-9010' });
});

describe('before a board is written it is asked', () => {
  const icebreaker = findBoard('icebreaker');
  const asked = (board: Board, prints: string, status = 0, name = 'iceprog') =>
    askBoard(planOf([], [program(prints, status, name)]), board, {});

  test('which flash it has', async () => {
    expect(await asked(icebreaker, `${begun}cdone: high\nBye.`)).toEqual({
      told: 'flash ef 40 16',
      flashBytes: 4 * 2 ** 20,
    });
    expect(await asked(icebreaker, 'Read Flash JEDEC ID: 0xc22018')).toEqual({
      told: 'flash c2 20 18',
      flashBytes: 16 * 2 ** 20,
    });
    // A version that cannot read it.
    expect(await asked(icebreaker, 'write to flash')).toBeUndefined();
  });

  test('which chip it is on, where a bootloader tells', async () => {
    const bx =
      'Boards with active bootloaders:\n  /dev/ttyACM0: TinyFPGA BX 1.0.0\n    FPGA: ice40lp8k-cm81\n';
    expect(await asked(findBoard('tinyfpga-bx'), bx)).toEqual({
      told: 'its bootloader is on an ice40lp8k-cm81',
    });
    await expect(asked(icebreaker, bx)).rejects.toMatchObject({ code: 'TCT-9012' });
  });

  test('and whether it takes a file', async () => {
    const fomu = findBoard('fomu');
    const found =
      'Found DFU: [1209:5bf0] ver=0101, devnum=9, cfg=1, intf=0, path="1-2", alt=0, name="Fomu PVT"';
    expect(await asked(fomu, found, 0, 'dfu-util')).toEqual({ told: 'takes a file by DFU' });
    await expect(asked(fomu, 'dfu-util 0.11\n', 0, 'dfu-util')).rejects.toMatchObject({ code: 'TCT-9003' });
    const closed = 'dfu-util: Cannot open DFU device 1209:5bf0 found on devnum 9 (LIBUSB_ERROR_ACCESS)';
    await expect(asked(fomu, closed, 0, 'dfu-util')).rejects.toMatchObject({
      code: 'TCT-9014',
      help: expect.stringContaining('idVendor}=="1209"'),
    });
  });

  test.each([
    ['no flash answers', begun.replace('EF 0x40 0x16', 'FF 0xFF 0xFF'), 0, 'TCT-9011'],
    ['its line is held low', begun.replace('EF 0x40 0x16', '00 0x00 0x00'), 0, 'TCT-9011'],
    ['openFPGALoader reads no id', 'Fail\nRead ID failed', 1, 'TCT-9011'],
    ['it is not there', "Can't find iCE FTDI USB device", 2, 'TCT-9014'],
  ] as const)('and where %s it is not written', async (_, prints, status, code) => {
    await expect(asked(icebreaker, prints, status)).rejects.toMatchObject({ code });
  });

  test.each([
    ['0x10', 104_090],
    ['0x0E', 32_220],
  ])('and where its flash with the id %s is too small', async (size, bytes) => {
    const answer = await asked(icebreaker, begun.replace('0x16', size));
    expect(() => requireRoom(icebreaker, answer!, bytes)).toThrow(
      expect.objectContaining({ code: 'TCT-9013' }),
    );
    expect(() => requireRoom(icebreaker, answer!, answer!.flashBytes!)).not.toThrow();
  });

  test('an id that tells no size is taken', async () => {
    const answer = await asked(icebreaker, begun.replace('EF 0x40 0x16', '1F 0x84 0x01'));
    expect(answer).toEqual({ told: 'flash 1f 84 01' });
    expect(() => requireRoom(icebreaker, answer!, 104_090)).not.toThrow();
  });
});

describe('what is no whole bitstream for the chip is refused', () => {
  const board = { name: 'icebreaker', device: 'up5k' };
  const whole = bitstream(692, 336);
  const refused = (bytes: Uint8Array, seen: RegExp): void =>
    expect(() => requireBitstream(bytes, 'top.bin', board)).toThrow(
      expect.objectContaining({ code: 'TCT-9008', message: expect.stringMatching(seen) }),
    );

  test('that of another chip', () => {
    refused(bitstream(872, 272), /one for an hx8k/);
    refused(bitstream(100, 80), /100 x 80 bits, as those of no iCE40/);
  });
  test('one that is cut off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: whole.length - 3 }), length => {
        refused(whole.subarray(0, length), /cut off/);
      }),
      { numRuns: 20 },
    );
  });
  test('one with a wrong bit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: whole.length - 10 }),
        fc.integer({ min: 0, max: 7 }),
        (at, bit) => {
          const damaged = Uint8Array.from(whole);
          damaged[at]! ^= 1 << bit;
          refused(damaged, /./);
        },
      ),
      { numRuns: 20 },
    );
  });
  test('any other file', () => refused(new Uint8Array(104_090), /synchronisation word/));
  test('an empty one', () => refused(new Uint8Array(0), /synchronisation word/));

  test('and that of the chip is not, with a comment before it and weights behind it', () => {
    requireBitstream(whole, 'top.bin', board);
    const more = new Uint8Array(300_000).fill(0xff);
    more.set(new TextEncoder().encode('a comment'));
    more.set(whole, 9);
    requireBitstream(more, 'top.bin', board);
  });

  test('nor an image of several, which begins with where the first one is', () => {
    const image = new Uint8Array(32_768 + whole.length);
    const header = [0x7e, 0xaa, 0x99, 0x7e, 0x92, 0, 0, 0x44, 3, 0, 0x80, 0, 0x82, 0, 0, 1, 8];
    image.set(header);
    image.set(whole, 32_768);
    requireBitstream(image, 'multi.bin', board);
    refused(image.subarray(0, 32_768), /where it goes on, there is none/);
  });
});
