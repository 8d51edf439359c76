import { emitVerilog } from '../hdl-gen/emit/index.ts';
import { elaborate } from '../hdl-gen/lang/index.ts';
import { LinkClient, SimulatedTransport, TernaryDevice, UartWire } from '../host/index.ts';
import { addressOf } from '../protocol/index.ts';
import { uartLink } from '../rtl/link/index.ts';
import { boardCore, defaultCore, windowBitsOf } from '../rtl/top/index.ts';
import { createSimulation, type Simulation } from '../sim/index.ts';
import { measure as measured, recall } from '../synth/index.ts';
import { placeFitting } from './placed.ts';
import { atLeast, atMost, forComparison, type Row, type Subject } from './row.ts';

const core = defaultCore({ bram: 30, spram: 4 });
const leds = [
  { label: 'red', activeLow: true },
  { label: 'green', activeLow: true },
] as const;
const words = 6000;

/** The link to a board: what of the wire's rate is left for words, how fast it is simulated, what it takes on the chip. */
export const measure: Subject = async add => {
  const clockHz = 12_000_000;
  for (const baud of [115_200, 1_000_000, 3_000_000]) {
    const { client, simulation } = await openBoard(clockHz, baud);
    const image = Uint32Array.from({ length: words }, (_, i) => Math.imul(i, 2_654_435_761) >>> 0);
    const rate = async (work: () => Promise<unknown>): Promise<number> => {
      const begin = simulation.cycle;
      await work();
      return (100 * words * 4 * 10 * clockHz) / ((simulation.cycle - begin) * baud);
    };
    const written = await rate(() => client.write(addressOf('weights', 0), image));
    add(atLeast(90, `words written at ${baud} baud, of the rate of the wire`, written, '%'));
    const read = await rate(() => client.read(addressOf('weights', 0), words));
    add(atLeast(90, '  and read', read, '%'));
  }

  const { transport, simulation } = boardAt(clockHz, 1_000_000);
  const device = await TernaryDevice.open(transport, core);
  const m = 100;
  const k = 400;
  await device.loadWeights({ rows: m, columns: k, data: new Int8Array(m * k).fill(1) });
  // The first product warms the machine up.
  const activations = { rows: 8, columns: k, data: Int8Array.from({ length: 8 * k }, (_, i) => i & 127) };
  await device.matmul(activations);
  const begin = simulation.cycle;
  const started = performance.now();
  await device.matmul(activations);
  const speed = (simulation.cycle - begin) / (performance.now() - started) / 1000;
  add(atLeast(1, 'a whole iCEBreaker simulated, with the bits of its wire', speed, 'M cycles/s'));

  add(await productOfRate());

  const link = uartLink({ clockHz: 48_000_000, baud: 1_000_000, windowBits: windowBitsOf(core) });
  add(atMost(350, 'the UART link, with its ports on pins: cells', await cellsOnPins(link), 'LC'));
  const placed = await placeFitting(link, { device: 'up5k', seeds: [1, 2, 3, 4] });
  add(atLeast(48, '  its clock on UP5K, best of 4 seeds', placed.fmaxMHz, 'MHz'));
};

/** How much of the time of a large product its results take on the wire, while activations go the other way. */
async function productOfRate(): Promise<Row> {
  const [clockHz, baud, size, vectors] = [12_000_000, 3_000_000, 512, 4];
  const { transport, simulation } = boardAt(clockHz, baud);
  const device = await TernaryDevice.open(transport, core);
  await device.loadWeights({ rows: size, columns: size, data: new Int8Array(size * size).fill(1) });
  const begin = simulation.cycle;
  await device.matmul({ rows: vectors, columns: size, data: new Int8Array(vectors * size).fill(3) });
  const onWire = (vectors * size * 4 * 10 * clockHz) / baud;
  const part = (100 * onWire) / (simulation.cycle - begin);
  return forComparison(
    'a product of 512 x 512 at 3,000,000 baud: of its time the results on the wire',
    part,
    '%',
  );
}

/** All logic cells of a circuit without a wrapper: on a device that has pins for all of its ports. */
async function cellsOnPins(circuit: ReturnType<typeof uartLink>): Promise<number> {
  const design = elaborate(circuit);
  const files = Object.fromEntries(emitVerilog(design).map(({ name, text }) => [name, text]));
  const request = { files, top: design.top.component, device: 'hx8k', targetMHz: 100, seeds: [1] };
  const found = (await recall(request)) ?? (await measured(request));
  if (!found.fits) throw new Error('the link has more ports than the HX8K has pins');
  return found.resources.lc.used;
}

function boardAt(clockHz: number, baud: number): { transport: SimulatedTransport; simulation: Simulation } {
  const { circuit } = elaborate(boardCore({ core, clockHz, baud, leds }));
  const simulation = createSimulation(circuit);
  const wire = new UartWire({ simulation, clockHz, baud });
  return { transport: new SimulatedTransport('the board', wire, { clockHz, baud }), simulation };
}

async function openBoard(
  clockHz: number,
  baud: number,
): Promise<{ client: LinkClient; simulation: Simulation }> {
  const { transport, simulation } = boardAt(clockHz, baud);
  const client = new LinkClient(transport);
  await client.synchronise();
  return { client, simulation };
}
