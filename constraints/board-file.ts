import { z } from 'zod';
import { findDevice, findPackage, nearestName, packagePins } from '../synth/index.ts';
import type { Board } from './board.ts';
import { badBoardFile } from './diagnostics.ts';

/*
 * A user's own board: a JSON file with the same fields as the files under boards/. Only name, device, package and clock
 * have to be there.
 */

const pin = z.string().regex(/^[A-Z]?[0-9]+$/, "a pin as the package names it, such as '35' or 'B5'");
const text = z.string().min(1);

const indicator = z.strictObject({
  pin,
  activeLow: z.boolean().default(false),
  label: text.default('unnamed'),
});

const programmer = z.strictObject({
  usb: z
    .string()
    .regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/i, "a USB id, such as '0403:6010'")
    .transform(id => id.toLowerCase()),
  product: text.optional(),
  commands: z
    .array(z.array(text).min(1))
    .default([])
    .refine(
      commands => commands.every(words => words.some(word => word.includes('{file}'))),
      "a '{file}' in each command, where the bitstream's name goes",
    ),
  drive: text.optional(),
  note: text.optional(),
});

const file = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i, 'letters, digits, - and _'),
  title: text.optional(),
  device: text,
  package: text,
  clock: z.strictObject({
    pin,
    MHz: z.number().gt(0).max(1000),
    pll: z.literal('pad').optional(),
    note: text.optional(),
  }),
  uart: z.strictObject({ rx: pin, tx: pin, keepHigh: pin.optional() }).optional(),
  flash: z.strictObject({ sck: pin, cs: pin, mosi: pin, miso: pin }).optional(),
  leds: z.array(indicator).default([]),
  buttons: z.array(indicator).default([]),
  programmer: programmer.default({
    usb: '0403:6010',
    commands: [['iceprog', '{file}']],
  }),
});

/**
 * The board of a JSON text.
 * @param path of the file, for messages.
 * @throws Diagnostic TCT-4054 that names the field that is wrong, also where the package has no such pin or two fields have the same; TCT-4001 and TCT-4002 for an unknown device or package.
 */
export function readBoard(json: string, path: string): Board {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (error) {
    throw badBoardFile(path, 'the text', (error as Error).message);
  }
  const parsed = file.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw badBoardFile(path, issue.path.join('.') || 'the board', issue.message);
  }
  const { title = parsed.data.name, ...rest } = parsed.data;
  const device = findDevice(rest.device);
  const board = { ...rest, title, device: device.name, package: findPackage(device, rest.package) };
  checkPins(board, packagePins(device, board.package), path);
  return board;
}

function checkPins(board: Board, pins: ReadonlySet<string>, path: string): void {
  const fieldOf = new Map<string, string>();
  for (const [field, pin] of pinFields(board)) {
    if (!pins.has(pin)) {
      const nearest = nearestName(pin, [...pins]);
      const meant = nearest === undefined ? '' : `; did you mean '${nearest}'?`;
      throw badBoardFile(
        path,
        field,
        `the ${board.device} in ${board.package} has no pin '${pin}' for a design${meant}`,
      );
    }
    const other = fieldOf.get(pin);
    if (other !== undefined) throw badBoardFile(path, field, `pin '${pin}' is that of ${other} too`);
    fieldOf.set(pin, field);
  }
}

/** The fields of a board that are pins, with what they say. */
function pinFields({ clock, uart, flash, leds, buttons }: Board): [string, string][] {
  const within = (name: string, part: object | undefined): [string, string][] =>
    Object.entries(part ?? {}).map(([key, pin]) => [`${name}.${key}`, pin]);
  return [
    ['clock.pin', clock.pin],
    ...within('uart', uart),
    ...within('flash', flash),
    ...leds.map(({ pin }, i): [string, string] => [`leds.${i}.pin`, pin]),
    ...buttons.map(({ pin }, i): [string, string] => [`buttons.${i}.pin`, pin]),
  ];
}
