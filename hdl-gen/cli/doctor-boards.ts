import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { boards } from '../../constraints/index.ts';
import { isNamed, type UsbDevice, usbDevices } from '../../flash/index.ts';
import type { DoctorBoard, DoctorPort } from './documents.ts';

/** What is plugged in and has the USB id of a board; undefined where the system does not tell. */
export function pluggedBoards(
  devices: readonly UsbDevice[] | undefined = usbDevices(),
): DoctorBoard[] | undefined {
  return devices?.flatMap(device => {
    const { id, name, bus, address, isAllowed } = device;
    const alike = boards.filter(({ programmer }) => programmer.usb === id);
    if (alike.length === 0) return [];
    // Where the name tells the board, it is that one.
    const named = alike.filter(
      ({ programmer: { product } }) => product !== undefined && isNamed(device, product),
    );
    const mayBe = (named.length > 0 ? named : alike).map(board => board.name);
    return [{ name, usb: id, bus, address, isAllowed, mayBe }];
  });
}

/** Serial ports on the USB. */
export function serialPorts(folder = '/dev'): DoctorPort[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter(name => /^(ttyUSB|ttyACM|cu\.usb)/.test(name))
    .sort()
    .map(name => {
      const path = join(folder, name);
      try {
        accessSync(path, constants.R_OK | constants.W_OK);
        return { path, isAllowed: true };
      } catch {
        return { path, isAllowed: false };
      }
    });
}
