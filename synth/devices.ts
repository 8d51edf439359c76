/**
 * The iCE40 devices that we build for: what they hold, and how Yosys and nextpnr call them.
 *
 * The counts are those of the die, which is what nextpnr places on. Where a datasheet promises less of the same
 * die (the 4K and UP3K parts), `datasheet` says so.
 */
import { unknownDevice, unknownPackage } from './diagnostics.ts';
import { nearestName } from './nearest.ts';

/** One device. All counts are whole blocks. */
export interface Device {
  /** The name a user types, which is also nextpnr's flag: `up5k`. */
  readonly name: string;
  /** Logic cells: a LUT4, a carry and a flip-flop each. */
  readonly lc: number;
  /** Block RAMs of 4096 bits. */
  readonly bram: number;
  /** Single-port RAMs of 16384 x 16 bits. */
  readonly spram: number;
  /** 16 x 16 multiply-accumulate blocks. */
  readonly dsp: number;
  readonly pll: number;
  /** What the datasheet promises, where the die holds more. */
  readonly datasheet?: { readonly lc: number; readonly bram: number };
  /** nextpnr's option for the device: `--up5k`. */
  readonly nextpnrFlag: string;
  /** Yosys' `-device`: which delays ABC9 optimises for. */
  readonly yosysDevice: 'hx' | 'lp' | 'u';
  /** The chip database that nextpnr reads for it, a file of 5 to 93 MB. */
  readonly chipDatabase: string;
  readonly defaultPackage: string;
  readonly packages: readonly string[];
  /** How many pins a design can use, by package (measured with nextpnr). */
  readonly pins: Readonly<Record<string, number>>;
}

interface Die {
  readonly lc: number;
  readonly bram: number;
  readonly spram: number;
  readonly dsp: number;
  readonly pll: number;
  readonly chipDatabase: string;
}

const die384: Die = { lc: 384, bram: 0, spram: 0, dsp: 0, pll: 0, chipDatabase: 'chipdb-384.bin' };
const die1k: Die = { lc: 1280, bram: 16, spram: 0, dsp: 0, pll: 1, chipDatabase: 'chipdb-1k.bin' };
const die8k: Die = { lc: 7680, bram: 32, spram: 0, dsp: 0, pll: 2, chipDatabase: 'chipdb-8k.bin' };
const dieU4k: Die = { lc: 3520, bram: 20, spram: 0, dsp: 4, pll: 1, chipDatabase: 'chipdb-u4k.bin' };
const die5k: Die = { lc: 5280, bram: 30, spram: 4, dsp: 8, pll: 1, chipDatabase: 'chipdb-5k.bin' };

/** `packages` holds `name:pins`; the first is the default. */
function device(name: string, die: Die, packages: string, datasheet?: { lc: number; bram: number }): Device {
  const pairs = packages.split(' ').map(each => each.split(':') as [string, string]);
  const list = pairs.map(([each]) => each);
  return {
    name,
    ...die,
    ...(datasheet === undefined ? {} : { datasheet }),
    nextpnrFlag: `--${name}`,
    yosysDevice: name.startsWith('hx') ? 'hx' : name.startsWith('lp') ? 'lp' : 'u',
    defaultPackage: list[0]!,
    packages: list,
    pins: Object.fromEntries(pairs.map(([each, count]) => [each, Number(count)])),
  };
}

/** Every device, smallest die first. */
export const devices: readonly Device[] = [
  device('lp384', die384, 'qn32:21 cm36:25 cm49:37'),
  device('lp1k', die1k, 'qn84:67 swg16tr:10 cm36:25 cm49:35 cm81:63 cb81:62 cm121:95 cb121:92'),
  device('hx1k', die1k, 'tq144:96 vq100:72 cb132:95'),
  device('u4k', dieU4k, 'sg48:39'),
  device('up3k', die5k, 'uwg30:21 sg48:39', { lc: 2800, bram: 20 }),
  device('up5k', die5k, 'sg48:39 uwg30:21'),
  device('lp4k', die8k, 'cm81:63 cm121:93 cm225:167', { lc: 3520, bram: 20 }),
  device('hx4k', die8k, 'tq144:107 cb132:95 bg121:93', { lc: 3520, bram: 20 }),
  device('lp8k', die8k, 'cm81:63 cm121:93 cm225:178'),
  device('hx8k', die8k, 'ct256:206 cb132:95 bg121:93 cm225:178'),
];

/**
 * The device of that name; upper and lower case, a leading `ice40` and dashes make no difference.
 * @throws Diagnostic TCT-4001 that lists the known devices and suggests the nearest.
 */
export function findDevice(name: string): Device {
  const plain = name
    .toLowerCase()
    .replace(/[-_ ]/g, '')
    .replace(/^ice40/, '');
  const found = devices.find(each => each.name === plain);
  if (found !== undefined) return found;
  const known = devices.map(each => each.name);
  throw unknownDevice(name, known, nearestName(plain, known));
}

/**
 * The package of that name, or the device's default if none is given.
 * @throws Diagnostic TCT-4002 that lists the device's packages.
 */
export function findPackage(on: Device, name?: string): string {
  if (name === undefined) return on.defaultPackage;
  const plain = name.toLowerCase().replace(/[-_ ]/g, '');
  if (on.packages.includes(plain)) return plain;
  throw unknownPackage(on.name, name, on.packages);
}
