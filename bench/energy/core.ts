import { coefficientsOf, type Estimate, estimate } from '../../energy/index.ts';
import { placeOnPins } from '../../hdl-gen/cli/energy/on-pins.ts';
import { play } from '../../hdl-gen/cli/energy/played.ts';
import type { RecordedInputs } from '../../hdl-gen/cli/energy/recorded.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { packActivations, packWeights } from '../../model/core/index.ts';
import type { IntMatrix, TritMatrix } from '../../model/index.ts';
import { addressOf, pack, type RegisterName, registerOf, unpack } from '../../protocol/index.ts';
import { type CoreParameters, ternaryCore } from '../../rtl/core/index.ts';
import { keepAlive } from '../../rtl/top/index.ts';
import { simulate } from '../../sim/index.ts';
import { findDevice } from '../../synth/index.ts';

/** What the whole core takes while it multiplies. */
export interface CoreEnergy {
  readonly estimate: Estimate;
  readonly macsPerCycle: number;
  /** pJ for a MAC: all of the core, the chip's clock and its static current, without the wrapper of the pins. */
  readonly perMac: { readonly low: number; readonly mid: number; readonly high: number };
  /** The same while no job runs and nobody asks for anything. */
  readonly idle: Estimate;
}

const jobs = 8;

/** Cycles without a job that are counted. */
const idleCycles = 500;

/**
 * A core with its memories on an UP5K: it multiplies one group of vectors while the host writes the next one, over and over.
 * Counted is from the start of the second job to the end of the last.
 */
export async function coreEnergy(
  parameters: CoreParameters,
  weights: TritMatrix,
  activations: IntMatrix,
  clockMHz: number,
): Promise<CoreEnergy> {
  const device = findDevice('up5k');
  const { requests, from, to } = playJobs(parameters, rowsOf(weights), rowsOf(activations));
  const design = elaborate(keepAlive(ternaryCore(parameters)));
  const { placed, top } = await placeOnPins(design, { device, clockMHz, seed: 1 });
  const recorded: RecordedInputs = {
    cycles: requests.length,
    at: (cycle, input, bit) =>
      Number((requests[cycle]![input as keyof Request] >> BigInt(bit)) & 1n) as 0 | 1,
  };
  const circuit = elaborate(ternaryCore(parameters)).circuit;
  const played = await play(placed, circuit, recorded, { clockMHz, from, cycles: to - from, seed: 1 });
  const idle = await play(placed, circuit, recorded, { clockMHz, from: to, cycles: idleCycles, seed: 1 });
  const result = estimate(placed.design, played.activity, coefficientsOf(device));
  const macs = weights.rows * weights.columns * parameters.batch * (jobs - 1);
  const macsPerCycle = macs / played.cycles;
  const perMac = { low: 0, mid: 0, high: 0 };
  for (const [module, of] of result.byModule) {
    // Flip-flops of the wrapper.
    if (module === top) continue;
    for (const band of Object.values(of))
      for (const which of ['low', 'mid', 'high'] as const)
        perMac[which] += (band[which] * 1000) / clockMHz / macsPerCycle;
  }
  const standing = estimate(placed.design, idle.activity, coefficientsOf(device));
  return { estimate: result, macsPerCycle, perMac, idle: standing };
}

function rowsOf({ rows, columns, data }: TritMatrix | IntMatrix): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns)),
  );
}

/** What the host asks for in a cycle, by the names of the ports. */
interface Request {
  readonly request_read: bigint;
  readonly request_write: bigint;
  readonly request_address: bigint;
  readonly request_data: bigint;
}

/** Runs the jobs in the engine, and tells what the port was given in each cycle, and in which of these the core worked. */
function playJobs(parameters: CoreParameters, weights: number[][], activations: number[][]) {
  const host = recordingHost(parameters);
  const { batch } = parameters;
  const { words, initial, shape } = packWeights(weights, parameters);
  const vectorsOf = (job: number): number[][] =>
    Array.from({ length: batch }, (_, i) => activations[(job * batch + i) % activations.length]!);
  const load = (job: number): void => {
    for (const { offset, data } of packActivations(vectorsOf(job), (job % 2) as 0 | 1, parameters, shape))
      host.write(addressOf('activations', offset), data);
  };
  for (const { offset, data } of words) host.write(addressOf('weights', offset), data);
  for (const [i, value] of initial.entries()) host.write(addressOf('activations', 2 ** 15 + i), value >>> 0);
  host.writeRegister('walk', { lastBeat: shape.beatsPerBlock - 1, lastTile: shape.tiles - 1 });
  host.writeRegister('weightPlace', { base: 0 });
  load(0);
  let from = 0;
  for (let job = 0; job < jobs; job++) {
    if (job === 1) from = host.requests.length;
    host.writeRegister('jobPlace', { initialBase: 0, activationHalf: job % 2, resultHalf: job % 2 });
    host.writeRegister('control', { start: 1 });
    load(job + 1);
    while (host.readRegister('status').jobsDone! <= job);
  }
  const to = host.requests.length;
  host.wait(idleCycles);
  return { requests: host.requests, from, to };
}

function recordingHost(parameters: CoreParameters) {
  const core = simulate(ternaryCore(parameters), { seed: 1 });
  const requests: Request[] = [];
  const request = (write: 0 | 1, address: number, data: number): void => {
    core.set({ request: { read: 1 - write, write, address, data: BigInt(data) } }).step();
    core.set({ request: { read: 0, write: 0 } });
    requests.push({
      request_read: BigInt(1 - write),
      request_write: BigInt(write),
      request_address: BigInt(address),
      request_data: BigInt(data),
    });
  };
  const write = (address: number, data: number): void => request(1, address, data);
  return {
    requests,
    write,
    wait(cycles: number): void {
      const { request_address, request_data } = requests.at(-1)!;
      for (let i = 0; i < cycles; i++)
        requests.push({ request_read: 0n, request_write: 0n, request_address, request_data });
    },
    writeRegister(name: RegisterName, values: Record<string, number>): void {
      const row = registerOf(name);
      const all = Object.fromEntries(row.fields.map(field => [field.name, values[field.name] ?? 0]));
      write(addressOf('registers', row.address), pack(row as never, all as never));
    },
    readRegister(name: RegisterName): Record<string, number> {
      const row = registerOf(name);
      request(0, addressOf('registers', row.address), 0);
      return unpack(row as never, Number(core.get('response').data));
    },
  };
}
