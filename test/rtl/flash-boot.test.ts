import { describe, expect, it } from 'vitest';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { residentPieces, SimulatedTransport, TernaryDevice } from '../../host/index.ts';
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
const board = boardCore({ core, clockHz, baud, leds: [{ label: 'red', activeLow: true }], bootPlace });
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
  const transport = new SimulatedTransport('the board', { simulation, clockHz, baud });
  return { flash, transport };
}

/** A product; gives the requests that loading took. */
async function multiply(transport: SimulatedTransport, resident: boolean): Promise<number> {
  const device = await TernaryDevice.open(transport, core);
  const { sent } = device.counts;
  await (resident ? device.assumeWeights(weights) : device.loadWeights(weights));
  const loading = device.counts.sent - sent;
  const { results } = await device.matmul(activations);
  await device.close();
  expect([...results.data]).toEqual([...matmul(weights, activations).data]);
  return loading;
}

describe('a board with weights in its flash', () => {
  it('wakes the flash, reads them, and multiplies without having been loaded', async () => {
    const memory = new Uint8Array(2 ** 18).fill(0xff);
    memory.set(bootImage(residentPieces(weights, core)), bootPlace);
    const { flash, transport } = started(memory);
    expect(flash.asked).toEqual(['ab', '3', bootPlace.toString(16)]);
    expect(await multiply(transport, true)).toBe(0);
  });

  it.each([
    ['is empty', 0xff],
    ['holds something else', 0x54],
  ])('can be loaded where the flash %s', async (_, byte) => {
    const { transport } = started(new Uint8Array(2 ** 18).fill(byte));
    expect(await multiply(transport, false)).toBeGreaterThan(0);
  });

  it('has an image that tells how many words go where', () => {
    const piece = { address: 0x1_0002, words: [7, 0x0102_0304] };
    expect(Buffer.from(bootImage([piece])).toString('hex')).toBe(
      ['54434231', '02000900', '07000000', '04030201', '00000000'].join(''),
    );
    const long = bootImage([{ address: 5, words: new Uint32Array(16_384) }]);
    expect(long.length).toBe(4 * (1 + 1 + 16_383 + 1 + 1 + 1));
  });
});
