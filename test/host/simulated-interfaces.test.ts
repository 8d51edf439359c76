import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Circuit, elaborate } from '../../hdl-gen/lang/index.ts';
import {
  LinkClient,
  SimulatedTransport,
  SimulatedWishbone,
  SpiWire,
  TernaryDevice,
  UartWire,
  type WordPort,
} from '../../host/index.ts';
import { addressOf, pack, registerOf } from '../../protocol/index.ts';
import type { CoreParameters } from '../../rtl/core/index.ts';
import { defaultCore, spiCore, uartCore, wishboneCore } from '../../rtl/top/index.ts';
import { createSimulation, type Simulation } from '../../sim/index.ts';

/* Products through the bus and the wires of simulated cores, against sums that are added up here. */

const core: CoreParameters = {
  ...defaultCore({ bram: 32, spram: 0 }),
  ...{ lanes: 5, rows: 2, weightWords: 16, activationDepth: 16, resultDepth: 8, initialValues: 4 },
};
const clockHz = 12_000_000;
const baud = 3_000_000;

/** A host at the interface of a core that has just been reset. */
const hosts: Readonly<Record<string, { circuit: Circuit; port: (simulation: Simulation) => WordPort }>> = {
  wishbone: {
    circuit: wishboneCore(core) as unknown as Circuit,
    port: simulation => new SimulatedWishbone('the core', simulation),
  },
  uart: {
    circuit: uartCore({ core, clockHz, baud }) as unknown as Circuit,
    port: simulation =>
      new LinkClient(
        new SimulatedTransport('the core', new UartWire({ simulation, clockHz, baud }), { clockHz, baud }),
      ),
  },
  spi: {
    circuit: spiCore({ core }) as unknown as Circuit,
    port(simulation) {
      const wire = new SpiWire({ simulation, cyclesPerBit: 8 });
      return new LinkClient(new SimulatedTransport('the core', wire, { clockHz, baud: clockHz / 8 }));
    },
  },
};

/** A small product of any shape, with weights for several loads of the core too. */
const products = fc
  .record({
    m: fc.integer({ min: 1, max: 7 }),
    k: fc.integer({ min: 1, max: 60 }),
    n: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ m, k, n }) =>
    fc.record({
      weights: fc.array(fc.array(fc.integer({ min: -1, max: 1 }), { minLength: k, maxLength: k }), {
        minLength: m,
        maxLength: m,
      }),
      activations: fc.array(fc.array(fc.integer({ min: -128, max: 127 }), { minLength: k, maxLength: k }), {
        minLength: n,
        maxLength: n,
      }),
    }),
  );

describe('a host in the simulation multiplies', () => {
  test.each(Object.keys(hosts))('through %s', async kind => {
    const { circuit, port } = hosts[kind]!;
    const simulation = createSimulation(elaborate(circuit).circuit, { seed: 5 });
    const reached = port(simulation);
    simulation.reset();
    const device = await TernaryDevice.over(reached, core);
    await fc.assert(
      fc.asyncProperty(products, async ({ weights, activations }) => {
        const columns = weights[0]!.length;
        await device.loadWeights({ rows: weights.length, columns, data: Int8Array.from(weights.flat()) });
        const data = Int32Array.from(activations.flat());
        const { results } = await device.matmul({ rows: activations.length, columns, data });
        const sums = activations.flatMap(x =>
          weights.map(w => w.reduce((sum, weight, i) => sum + weight * x[i]!, 0)),
        );
        expect(Array.from(results.data)).toEqual(sums);
      }),
      { numRuns: 6 },
    );
  });

  test('over Wishbone, whose slave may let it wait', async () => {
    const spram: CoreParameters = { ...defaultCore({ bram: 30, spram: 4 }), lanes: 4 };
    const { circuit } = elaborate(wishboneCore(spram));
    const simulation = createSimulation(circuit, { seed: 5 });
    const port = new SimulatedWishbone('the core', simulation);
    simulation.reset();
    const device = await TernaryDevice.over(port, spram);
    await device.loadWeights({ rows: 1, columns: 1000, data: new Int8Array(1000).fill(1) });
    const activations = { rows: 1, columns: 1000, data: new Int32Array(1000).fill(3) };
    expect((await device.matmul(activations)).results.data[0]).toBe(3000);
    const control = registerOf('control');
    const cyclesOf = async (start: number): Promise<number> => {
      const word = pack(control as never, { start, abort: 0, clearErrors: 0, clearCycles: 0 } as never);
      const begin = simulation.cycle;
      await port.writeAll([
        { address: addressOf('registers', control.address), words: Uint32Array.of(word) },
        { address: addressOf('weights', 0), words: new Uint32Array(8) },
      ]);
      return simulation.cycle - begin;
    };
    // While a job reads weights, those that are written wait for a cycle between its reads, or for its end.
    const resting = await cyclesOf(0);
    expect(resting).toBe(2 * 9);
    expect(await cyclesOf(1)).toBeGreaterThan(4 * resting);
  });

  test('over Wishbone, and says which address is refused', async () => {
    const simulation = createSimulation(elaborate(hosts.wishbone!.circuit).circuit);
    const port = new SimulatedWishbone('the core', simulation);
    await expect(port.read(addressOf('registers', 255), 1)).rejects.toThrow('refuses the address');
  });
});
