import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkClient } from '../../host/index.ts';
import { addressOf } from '../../protocol/index.ts';
import { Draw } from '../support/draw.ts';
import { ModelDevice } from '../support/model-device.ts';
import { BabblingTransport, type Fault, ModelTransport } from '../support/model-transport.ts';

/* The host's end of the link against a model of the device, over a wire with faults. */

const magic = new Map([[0, 0x3154_4354]]);
const bits = [3, 12, 8, 8];
const weights = addressOf('weights', 0);

async function open(
  there?: Fault,
  back?: Fault,
): Promise<{ client: LinkClient; device: ModelDevice; wire: ModelTransport }> {
  const device = new ModelDevice(bits, magic);
  const wire = new ModelTransport(device, there, back);
  const client = new LinkClient(wire, { firstNumber: 200 });
  await client.synchronise();
  return { client, device, wire };
}

const words = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff_ffff)), { minLength: 1, maxLength: 3000 });

describe('the host on a good wire', () => {
  it('writes and reads any number of words', async () => {
    const { client, device } = await open();
    await fc.assert(
      fc.asyncProperty(words, fc.nat(1000), async (list, place) => {
        await client.write(weights + place, Uint32Array.from(list));
        expect(list.map((_, i) => device.words.get(weights + place + i))).toEqual(list);
        expect([...(await client.read(weights + place, list.length))]).toEqual(list);
      }),
      { numRuns: 30 },
    );
    expect(client.counts.repeated).toBe(0);
    expect(client.counts.damaged).toBe(0);
  });

  it('tells how far it is', async () => {
    const { client } = await open();
    const seen: number[] = [];
    await client.read(weights, 1000, { onProgress: (done, total) => seen.push(done / total) });
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(10);
  });

  it('keeps calls apart that were not waited for', async () => {
    const { client } = await open();
    const [, first, , second] = await Promise.all([
      client.write(weights, Uint32Array.of(1, 2)),
      client.read(weights, 2),
      client.write(weights, Uint32Array.of(3, 4)),
      client.read(weights, 2),
    ]);
    expect([...first!, ...second!]).toEqual([1, 2, 3, 4]);
  });

  it('of another session is not confused by answers that are still on their way', async () => {
    const { client, wire } = await open();
    const late = client.read(0, 1);
    await late;
    const again = new LinkClient(wire);
    await again.synchronise();
    expect([...(await again.read(0, 1))]).toEqual([0x3154_4354]);
  });
});

describe('the host on a bad wire', () => {
  /** About one byte in `rate` is changed, lost or doubled. */
  function faults(seed: number, rate: number): Fault {
    const draw = new Draw(seed);
    return byte => {
      if (draw.below(rate) !== 0) return [byte];
      return [[byte ^ (1 << draw.below(8))], [], [byte, draw.below(256)]][draw.below(3)]!;
    };
  }

  it('gets every word through unchanged', async () => {
    let repeated = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { client, device } = await open(faults(2 * seed, 800), faults(2 * seed + 1, 800));
      const list = Array.from({ length: 2000 }, (_, i) => (i * 2_654_435_761 + seed) >>> 0);
      await client.write(weights, Uint32Array.from(list));
      expect(list.map((_, i) => device.words.get(weights + i))).toEqual(list);
      expect([...(await client.read(weights, list.length))]).toEqual(list);
      repeated += client.counts.repeated;
    }
    expect(repeated).toBeGreaterThan(50);
  });

  it('does a write once whose answer is lost', async () => {
    // The device counts what is written; a second write of the same request would be one more.
    let written = 0;
    class Counting extends ModelDevice {
      override take(byte: number): number[] {
        const before = this.words.get(weights);
        this.words.delete(weights);
        const out = super.take(byte);
        if (this.words.has(weights)) written++;
        else if (before !== undefined) this.words.set(weights, before);
        return out;
      }
    }
    let answers = 0;
    const wire = new ModelTransport(new Counting(bits, magic), undefined, byte => {
      // The zero that begins a response: the second and third response lose theirs and all that follows.
      if (byte === 0) answers++;
      return answers >= 3 && answers <= 6 ? [] : [byte];
    });
    const client = new LinkClient(wire);
    await client.synchronise();
    await client.write(weights, Uint32Array.of(5));
    expect(client.counts.repeated).toBeGreaterThanOrEqual(1);
    expect(written).toBe(1);
  });

  it('ends in an error when nothing comes, in bounded time', async () => {
    const { client, wire } = await open();
    const silent = new ModelTransport(new ModelDevice(bits, magic), () => []);
    const lost = new LinkClient(silent, { attempts: 3 });
    await expect(lost.synchronise()).rejects.toMatchObject({
      code: 'TCT-8001',
      message: "'the model' has not answered after 3 attempts: nothing was heard",
    });
    expect(silent.waitedMs).toBeLessThan(20);
    expect(wire.waitedMs).toBeLessThan(20);
    expect(client.counts.repeated).toBe(0);
  });

  it('says when only rubbish comes', async () => {
    const rubbish = new ModelTransport(new ModelDevice(bits, magic), undefined, byte => [
      byte === 0 ? 0 : byte ^ 1,
    ]);
    await expect(new LinkClient(rubbish, { attempts: 3 }).synchronise()).rejects.toMatchObject({
      code: 'TCT-8001',
      message: expect.stringContaining('damaged frames were heard'),
    });
  });
});

describe('the host at a line that never rests', () => {
  const nmea = '$GPGGA,172814.0,3723.46587704,N,12202.26957864,W,2,6,1.2,18.893,M,-25.669,M,2.0,0031*4F\r\n';
  const draw = new Draw(7);
  let place = 0;
  const babble: readonly (readonly [string, () => number, RegExp])[] = [
    ['random bytes', () => draw.below(256), /8 attempts: \d+ damaged frames were heard/],
    ['lines of text', () => nmea.charCodeAt(place++ % nmea.length), /: \d+ bytes were heard, and no frame/],
    ['zeros', () => 0, /: \d+ bytes were heard, and no frame/],
  ];

  it.each(babble)('ends in an error in bounded time: %s', async (_, next, message) => {
    const line = new BabblingTransport(next);
    await expect(new LinkClient(line).synchronise()).rejects.toMatchObject({
      code: 'TCT-8001',
      message: expect.stringMatching(message),
    });
    // Two seconds of this line.
    expect(line.said).toBeLessThan(200_000);
  });

  it('ends in an error when the babble begins in the middle of a read', async () => {
    const device = new ModelDevice(bits, magic);
    let isBabbling = false;
    const wire = new ModelTransport(device, undefined, byte => (isBabbling ? [] : [byte]));
    const client = new LinkClient(wire);
    await client.synchronise();
    isBabbling = true;
    const quiet = wire.receive.bind(wire);
    wire.receive = async (timeoutMs, signal) => {
      const bytes = await quiet(timeoutMs, signal);
      return bytes.length > 0 ? bytes : Uint8Array.from({ length: 32 }, () => draw.below(256));
    };
    await expect(client.read(weights, 4000)).rejects.toMatchObject({
      code: 'TCT-8001',
      message: expect.stringContaining('damaged frames were heard'),
    });
  });
});

describe('the host', () => {
  it('is told when the device was reset', async () => {
    const { client, device } = await open();
    device.reset();
    await expect(client.read(0, 1)).rejects.toMatchObject({ code: 'TCT-8003' });
    await client.synchronise();
    expect([...(await client.read(0, 1))]).toEqual([0x3154_4354]);
  });

  it('gives on what the device refuses, and can go on', async () => {
    const { client } = await open();
    await expect(client.read(addressOf('weights', 4090), 10)).rejects.toMatchObject({
      code: 'TCT-8002',
      message: "'the model' refused to read 10 words: not all of the addresses are there",
    });
    expect(await client.read(0, 2)).toEqual(Uint32Array.of(0x3154_4354, 0));
  });

  it('can be cancelled before and on the way, and can go on', async () => {
    const { client } = await open();
    await expect(client.read(0, 1, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'TCT-8004',
    });
    const controller = new AbortController();
    const onProgress = (done: number): void => {
      if (done > 500) controller.abort();
    };
    const long = client.read(weights, 4000, { signal: controller.signal, onProgress });
    await expect(long).rejects.toMatchObject({ code: 'TCT-8004' });
    expect(await client.read(0, 1)).toEqual(Uint32Array.of(0x3154_4354));
  });
});
