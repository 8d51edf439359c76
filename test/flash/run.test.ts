import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { requireBitstream, runFlash } from '../../flash/index.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tercet-flash-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A program that prints what the real one prints, and ends as it does. */
function program(prints: string, status: number): string {
  const path = join(folder(), 'iceprog');
  writeFileSync(path, `#!/bin/sh\ncat <<'end' >&2\n${prints}\nend\nexit ${status}\n`);
  chmodSync(path, 0o755);
  return path;
}

const write = (command: string): Promise<void> =>
  runFlash({ kind: 'program', command: [command, 'top.bin'], device: undefined }, { usb: '0403:6010' });

// The words of iceprog, openFPGALoader and dfu-util, as they were seen without a board; those of a flash that
// cannot be opened are from reports of their users.
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
    ['init..\ncdone: low\nreset..\nVERIFY OK\ncdone: low\nBye.', 0, /cdone: low/, /jumpers/],
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

  test('and one that is not there', async () => {
    await expect(write(join(folder(), 'none'))).rejects.toMatchObject({ code: 'TCT-9009' });
  });
});

test('a flash that is written well: CDONE is low before, and high at the end', async () => {
  const shown: string[] = [];
  const path = program('init..\ncdone: high\nreset..\ncdone: low\nVERIFY OK\ncdone: high\nBye.', 0);
  const plan = { kind: 'program', command: [path, 'top.bin'], device: undefined } as const;
  await runFlash(plan, { usb: '0403:6010', onOutput: text => shown.push(text) });
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

describe('what is no bitstream for the chip is refused', () => {
  const board = { name: 'icebreaker', device: 'up5k' };
  const bitstream = (size: number): Uint8Array => {
    const bytes = new Uint8Array(size);
    bytes.set([0xff, 0, 0, 0xff, 0x7e, 0xaa, 0x99, 0x7e]);
    return bytes;
  };
  const refused = (bytes: Uint8Array, seen: RegExp): void =>
    expect(() => requireBitstream(bytes, 'top.bin', board)).toThrow(
      expect.objectContaining({ code: 'TCT-9008', message: expect.stringMatching(seen) }),
    );

  test('that of another chip', () => refused(bitstream(135_100), /135,100 bytes.* as for an hx8k/));
  test('one that is cut off', () => refused(bitstream(60_000), /60,000 bytes where 104,090/));
  test('any other file', () => refused(new Uint8Array(104_090), /synchronisation word/));
  test('an empty one', () => refused(new Uint8Array(0), /synchronisation word/));
  test('and that of the chip is not', () => requireBitstream(bitstream(104_090), 'top.bin', board));
});
