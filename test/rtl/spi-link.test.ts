import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { FrameSplitter } from '../../protocol/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { LintCases } from '../support/lint.ts';
import { ModelDevice, slowRequest } from '../support/model-device.ts';
import { plainBits, plainRegisters, plainSpiBoard } from '../support/plain-core.ts';

/* The link as an SPI slave, against the model that the UART is held against; here is the master, pin by pin. */

const design = elaborate(plainSpiBoard);

/** A master of SPI mode 0 whose clock has a period of so many cycles of the core. */
function master(period: number) {
  const simulation = createSimulation(design.circuit);
  simulation.set('cs_n', 1);
  simulation.reset();
  const pins = { sck: [] as number[], mosi: [] as number[], cs_n: [] as number[] };
  const put = (cycles: number, sck: number, mosi: number, csN: number): void => {
    for (let i = 0; i < cycles; i++) {
      pins.sck.push(sck);
      pins.mosi.push(mosi);
      pins.cs_n.push(csN);
    }
  };
  /** Sends some bytes in one go; gives those that came at the same time. The master looks where its clock rises. */
  return (bytes: readonly number[]): number[] => {
    for (const list of Object.values(pins)) list.length = 0;
    const looks: number[] = [];
    const low = Math.ceil(period / 2);
    put(period, 0, 0, 0);
    for (const byte of bytes)
      for (let bit = 7; bit >= 0; bit--) {
        const level = (byte >> bit) & 1;
        put(low, 0, level, 0);
        looks.push(pins.sck.length);
        put(period - low, 1, level, 0);
      }
    put(low, 0, 0, 0);
    put(2 * period, 0, 0, 1);
    const { miso } = simulation.runValues(pins);
    const bits = looks.map(cycle => Number(miso![cycle]));
    return bytes.map((_, i) => bits.slice(8 * i, 8 * i + 8).reduce((byte, bit) => 2 * byte + bit, 0));
  };
}

describe('the link over SPI', () => {
  it.each([8, 9, 20])('does what the model does, with a clock of %i cycles', period => {
    const send = master(period);
    const model = new ModelDevice(Object.values(plainBits), plainRegisters);
    const words = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff_ffff)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 60 }),
        (lists, cut) => {
          const requests = [slowRequest([1, 0x10, 0, 0, 0])];
          for (const [i, list] of lists.entries()) {
            const data = list.flatMap(word => [0, 8, 16, 24].map(low => (word >>> low) & 255));
            requests.push(slowRequest([2 + 2 * i, 0x31, 0, 0, list.length, ...data]));
            requests.push(slowRequest([3 + 2 * i, 0x21, 0, 0, list.length]));
          }
          const wire = requests.flat();
          const expected = wire.flatMap(byte => model.take(byte));
          // What the master sends is cut where it likes; then it sends zeros until everything has come.
          const bytes = [...wire, ...Array<number>(expected.length + 40).fill(0)];
          const heard: number[] = [];
          for (let at = 0; at < bytes.length; at += cut) heard.push(...send(bytes.slice(at, at + cut)));
          const frames = (list: number[]): number[][] =>
            new FrameSplitter().push(list).map(piece => [...piece]);
          expect(frames(heard)).toEqual(frames(expected));
        },
      ),
      { numRuns: 15 },
    );
  });

  const linted = new LintCases();
  linted.add('SPI', emitVerilog(design));
  linted.tests();
});
