import { describe, expect, it } from 'vitest';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { residentPieces, SimulatedTransport, TernaryDevice, UartWire } from '../../host/index.ts';
import { bootImage, bootPlace } from '../../protocol/index.ts';
import type { CoreParameters } from '../../rtl/core/index.ts';
import { boardCore } from '../../rtl/top/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { matmul } from '../../sim/reference/index.ts';
import { Draw } from '../support/draw.ts';
import { boardParameters } from '../support/small-board.ts';
import { SpiFlash } from '../support/spi-flash.ts';

/* A board that finds its weights in its flash: the pins of the flash cycle by cycle, then products over the UART. */

const clockHz = 12_000_000;
const baud = 3_000_000;
const core: CoreParameters = {
  ...boardParameters,
  ...{ rows: 1, batch: 1, store: 'spram', weightWords: 16_384, initialValues: 256 },
};
const leds = [
  { label: 'red', activeLow: true },
  { label: 'green', activeLow: true },
] as const;
const board = boardCore({ core, clockHz, baud, leds, bootPlace });
const draw = new Draw(11);
const weights = { rows: 20, columns: 30, data: Int8Array.from(draw.times(600, () => draw.between(-1, 1))) };
const activations = {
  rows: 3,
  columns: 30,
  data: Int8Array.from(draw.times(90, () => draw.between(-128, 127))),
};

/** Gives a board with this flash power, until it no longer asks it. */
function started(memory: Uint8Array) {
  const simulation = createSimulation(elaborate(board).circuit, { seed: 3 });
  const flash = new SpiFlash(memory, Math.ceil(clockHz * 3e-6));
  simulation.set('rx', 1);
  simulation.set('flash_miso', 1);
  const pin = (name: string): number => Number(simulation.get(`flash_${name}`));
  for (let idle = 0; idle < 6000; ) {
    const miso = flash.step({ sck: pin('sck'), cs_n: pin('cs_n'), mosi: pin('mosi') });
    simulation.set('flash_miso', miso);
    simulation.step();
    idle = pin('cs_n') === 1 ? idle + 1 : 0;
  }
  const wire = new UartWire({ simulation, clockHz, baud });
  const transport = new SimulatedTransport('the board', wire, { clockHz, baud });
  // The red light is on while its pin is 0.
  const isRed = (): boolean => Number(simulation.get('led_0')) === 0;
  return { flash, transport, isRed };
}

/** CRC-32/MPEG-2, bit by bit as a long division, with nothing of `protocol/`. */
function slowCrc32(bytes: Uint8Array): number {
  let rest = 0xffff_ffffn;
  for (const byte of bytes)
    for (let bit = 7; bit >= 0; bit--) {
      const carry = (rest >> 31n) ^ BigInt((byte >> bit) & 1);
      rest = ((rest << 1n) & 0xffff_ffffn) ^ (carry === 1n ? 0x04c1_1db7n : 0n);
    }
  return Number(rest);
}

/** A product of a board that has its weights, or is loaded. */
async function multiply(transport: SimulatedTransport, weightsAre: 'there' | 'loaded'): Promise<void> {
  const device = await TernaryDevice.open(transport, core);
  try {
    await (weightsAre === 'there' ? device.assumeWeights(weights) : device.loadWeights(weights));
    const { results } = await device.matmul(activations);
    expect([...results.data]).toEqual([...matmul(weights, activations).data]);
  } finally {
    await device.close();
  }
}

describe('a board with weights in its flash', () => {
  it('wakes the flash, reads them, and multiplies without having been loaded', async () => {
    const memory = new Uint8Array(2 ** 18).fill(0xff);
    memory.set(bootImage(residentPieces(weights, core)), bootPlace);
    const { flash, transport, isRed } = started(memory);
    expect(isRed()).toBe(false);
    expect(flash.asked).toEqual(['ab', '3', bootPlace.toString(16)]);
    await multiply(transport, 'there');
  });

  it('tells an image that is damaged anywhere, does not take it for weights, and can be loaded', async () => {
    const image = bootImage(residentPieces(weights, core));
    // One of each kind: the first words of a piece, a word, the end, the CRC; and the image cut off at a random place.
    const places = [5, 7, 40, image.length - 6, image.length - 1];
    for (const place of places) {
      const memory = new Uint8Array(2 ** 18).fill(0xff);
      memory.set(image, bootPlace);
      memory[bootPlace + place]! ^= 1 << draw.between(0, 7);
      const { transport, isRed } = started(memory);
      expect([place, isRed()]).toEqual([place, true]);
      if (place !== 7) continue;
      await expect(multiply(transport, 'there')).rejects.toMatchObject({ code: 'TCT-8033' });
      await multiply(transport, 'loaded');
    }
    const memory = new Uint8Array(2 ** 18).fill(0xff);
    memory.set(image.subarray(0, draw.between(8, image.length - 8)), bootPlace);
    expect(started(memory).isRed()).toBe(true);
  });

  it.each([
    ['is empty', 0xff],
    ['holds something else', 0x54],
  ])('can be loaded where the flash %s', async (_, byte) => {
    const { transport, isRed } = started(new Uint8Array(2 ** 18).fill(byte));
    expect(isRed()).toBe(false);
    await multiply(transport, 'loaded');
  });

  it('has an image that tells how many words go where', () => {
    const piece = { address: 0x1_0002, words: [7, 0x0102_0304] };
    const bytes = Buffer.from(bootImage([piece]));
    expect(bytes.subarray(0, -4).toString('hex')).toBe(
      ['54434231', '02000900', '07000000', '04030201', '00000000'].join(''),
    );
    expect(slowCrc32(bytes.subarray(0, -4))).toBe(bytes.readUInt32BE(bytes.length - 4));
    const long = bootImage([{ address: 5, words: new Uint32Array(16_384) }]);
    expect(long.length).toBe(4 * (1 + 1 + 16_382 + 1 + 2 + 1 + 1));
  });
});
