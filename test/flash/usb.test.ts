import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findDrive, locate, usbDevices } from '../../flash/index.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tercet-usb-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A folder as Linux shows a device under /sys/bus/usb/devices, one value in each file. */
function plug(devices: string, name: string, values: Readonly<Record<string, string>>): void {
  mkdirSync(join(devices, name), { recursive: true });
  for (const [file, value] of Object.entries(values)) writeFileSync(join(devices, name, file), `${value}\n`);
}

describe('what is plugged in', () => {
  test('is read from the folders of Linux: id, name and place, and whether it may be opened', () => {
    const [devices, files] = [folder(), folder()];
    const place = { busnum: '1', devnum: '7' };
    plug(devices, '1-2', { idVendor: '0403', idProduct: '6010', product: 'iCEBreaker V1.0e', ...place });
    plug(devices, '1-2:1.0', { bInterfaceNumber: '00' });
    plug(devices, 'usb1', { idVendor: '1D6B', idProduct: '0002', busnum: '1', devnum: '1' });
    mkdirSync(join(files, '001'));
    writeFileSync(join(files, '001', '007'), '');

    expect(usbDevices({ devices, files })).toEqual([
      { id: '0403:6010', name: 'iCEBreaker V1.0e', serial: '', bus: 1, address: 7, isAllowed: true },
      // There is no file for it, so it cannot be opened.
      { id: '1d6b:0002', name: '', serial: '', bus: 1, address: 1, isAllowed: false },
    ]);
  });

  test('is unknown, and not nothing, where the system does not tell', () => {
    expect(usbDevices({ devices: join(folder(), 'none'), files: '' })).toBeUndefined();
  });
});

describe('a drive', () => {
  test('is found by its label, with spaces in its path', () => {
    const table = join(folder(), 'mounts');
    writeFileSync(table, '/dev/sda1 / ext4 rw 0 0\n/dev/sdb /media/a\\040user/iCELink vfat rw 0 0\n');
    expect(findDrive('iCELink', { table, volumes: '' })).toBe('/media/a user/iCELink');
    expect(findDrive('iCE', { table, volumes: '' })).toBeUndefined();
  });

  test('is found where macOS shows drives', () => {
    const volumes = folder();
    mkdirSync(join(volumes, 'iCELink'));
    expect(findDrive('iCELink', { table: join(volumes, 'none'), volumes })).toBe(join(volumes, 'iCELink'));
  });
});

test('a program is where a shell would find it', () => {
  const [first, second] = [folder(), folder()];
  writeFileSync(join(first, 'iceprog'), 'no program');
  writeFileSync(join(second, 'iceprog'), '#!/bin/sh\n');
  chmodSync(join(second, 'iceprog'), 0o755);
  expect(locate('iceprog', `${first}:${second}`)).toBe(join(second, 'iceprog'));
  expect(locate('openFPGALoader', `${first}:${second}`)).toBeUndefined();
});
