import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a device is on the USB. */
export interface UsbPlace {
  readonly bus: number;
  /** Its number on the bus, until it is plugged in anew. */
  readonly address: number;
}

/** A device on the USB, as the system sees it. */
export interface UsbDevice extends UsbPlace {
  /** `vendor:product`, in small hexadecimal digits: `0403:6010`. */
  readonly id: string;
  /** What it calls itself: `iCEBreaker V1.0e`; empty where it does not say. */
  readonly name: string;
  readonly serial: string;
  /** Whether this user may open it. */
  readonly isAllowed: boolean;
}

/** Where Linux tells what is plugged in. Tests bring folders of their own. */
export interface UsbFolders {
  /** `/sys/bus/usb/devices`: a folder for each device. */
  readonly devices: string;
  /** `/dev/bus/usb`: a file for each device, in a folder for each bus. */
  readonly files: string;
}

const ofLinux: UsbFolders = { devices: '/sys/bus/usb/devices', files: '/dev/bus/usb' };

/**
 * All devices on the USB. The programs that write bitstreams say "not found" both where nothing is plugged in and where
 * the user may not open it; the system knows which.
 * @returns undefined where the system does not tell (it is no Linux, or a container without USB).
 */
export function usbDevices(folders: UsbFolders = ofLinux): UsbDevice[] | undefined {
  let names: string[];
  try {
    names = readdirSync(folders.devices);
  } catch {
    return undefined;
  }
  return names.sort().flatMap(name => {
    const read = (file: string): string => {
      try {
        return readFileSync(join(folders.devices, name, file), 'utf8').trim();
      } catch {
        return '';
      }
    };
    // Interfaces of a device have folders too, without an id.
    const [vendor, product] = [read('idVendor'), read('idProduct')];
    if (vendor === '' || product === '') return [];
    const [bus, address] = [Number(read('busnum')), Number(read('devnum'))];
    return [
      {
        id: `${vendor}:${product}`.toLowerCase(),
        name: [read('manufacturer'), read('product')].filter(text => text !== '').join(' '),
        serial: read('serial'),
        bus,
        address,
        isAllowed: mayOpen(join(folders.files, threeDigits(bus), threeDigits(address))),
      },
    ];
  });
}

/** A bus or an address as Linux writes it. */
export function threeDigits(value: number): string {
  return String(value).padStart(3, '0');
}

/** Whether a device calls itself so; upper and lower case make no difference. */
export function isNamed({ name }: UsbDevice, part: string): boolean {
  return name.toLowerCase().includes(part.toLowerCase());
}

function mayOpen(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
