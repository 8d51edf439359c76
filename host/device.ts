/**
 * A device that multiplies: Y[N,M] = X[N,K] . W[M,K]^T, exact.
 *
 *     const device = await TernaryDevice.open(transport, core);
 *     await device.loadWeights(weights);
 *     const { results } = await device.matmul(activations);
 *     await device.close();
 */

import { Diagnostic } from '../diagnostic/index.ts';
import { type CoreParameters, configurationOf } from '../model/core/index.ts';
import { deviceClosed, noWeights, weightsDiffer, wrongConfiguration } from './diagnostics.ts';
import { type Identity, identify } from './identity.ts';
import { type Job, JobRunner, type JobSums } from './jobs.ts';
import { LinkClient, type LinkClientOptions, type LinkCounts } from './link-client.ts';
import {
  type Activations,
  checkActivations,
  checkBias,
  checkBlocks,
  checkWeights,
  type Results,
  type Weights,
} from './matrices.ts';
import { checkOutput, isPlain, type OutputStage, throughStage } from './output-stage.ts';
import { differingRow, probesFor } from './probe.ts';
import { onlyLoad } from './resident.ts';
import { cut, isCutAcross, type Load } from './tiles.ts';
import type { Transport } from './transport.ts';
import { piecesOf } from './weight-loads.ts';
import type { WordPort } from './word-port.ts';

/** What a device is opened with. */
export interface DeviceOptions extends LinkClientOptions, SessionOptions {}

/** What does not depend on how a device is reached. */
export interface SessionOptions {
  readonly signal?: AbortSignal | undefined;
  /** How often a product is begun again after the device was reset or lost: 3 by default. */
  readonly restarts?: number;
}

/** How far a call is. */
export interface DeviceProgress {
  readonly phase: 'load' | 'multiply';
  readonly done: number;
  readonly total: number;
}

export interface CallOptions {
  /** Ends the call; the device stays open. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DeviceProgress) => void) | undefined;
}

export interface LoadOptions extends CallOptions {
  /** Columns of a block whose sums are told apart; without it all columns are one block. */
  readonly columnsPerBlock?: number;
  /** Added to the sum of each row of the matrix, in its first block. */
  readonly bias?: ArrayLike<number>;
}

export interface ProductOptions extends CallOptions {
  /**
   * What happens to each sum: the core does it, if it was built with an output stage. Where it adds up a sum in several jobs, the host
   * does it to the whole sum.
   */
  readonly output?: OutputStage;
}

/** A product, and what it took. */
export interface ProductRun {
  readonly results: Results;
  /** Cycles in which the core worked. */
  readonly cycles: number;
  /** Times that the weights were written to the core. */
  readonly loads: number;
}

/** The matrix of the products, in the parts in which the core holds it. */
interface LoadedMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly blocks: number;
  readonly loads: readonly Load[];
  /** Whether the host adds up the sums of several jobs. */
  readonly isCutAcross: boolean;
}

/** Codes after which the device may have lost what it held, and a session can be begun again. */
const lost = ['TCT-8003', 'TCT-8005'];

export class TernaryDevice {
  /** What messages call it. */
  readonly name: string;
  readonly identity: Identity;
  readonly #link: WordPort;
  readonly #core: CoreParameters;
  readonly #restarts: number;
  readonly #jobs: JobRunner;
  #matrix: LoadedMatrix | undefined;
  /** What is in the weight store. */
  #resident: Load | undefined;
  #isClosed = false;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(link: WordPort, core: CoreParameters, identity: Identity, restarts: number) {
    this.name = link.name;
    this.identity = identity;
    this.#link = link;
    this.#core = core;
    this.#restarts = restarts;
    this.#jobs = new JobRunner(link, core);
  }

  /**
   * Begins a session with a device, and makes sure that it is a core with these parameters. The transport is closed when that fails.
   * @throws Diagnostic TCT-8001 without an answer, TCT-8006 and TCT-8007 for something else, TCT-8014 for other parameters.
   */
  static async open(
    transport: Transport,
    core: CoreParameters,
    { signal, restarts, ...options }: DeviceOptions = {},
  ): Promise<TernaryDevice> {
    return await TernaryDevice.over(new LinkClient(transport, options), core, {
      signal,
      ...(restarts === undefined ? {} : { restarts }),
    });
  }

  /** The same for a device that is reached in another way than over a link. @throws Diagnostic as `open`. */
  static async over(
    link: WordPort,
    core: CoreParameters,
    { signal, restarts = 3 }: SessionOptions = {},
  ): Promise<TernaryDevice> {
    try {
      await link.synchronise({ signal });
      const identity = await identify(link, { signal });
      const expected = configurationOf(core);
      if (identity.configuration !== expected)
        throw wrongConfiguration(link.name, identity.configuration, expected, differences(identity, core));
      return new TernaryDevice(link, core, identity, restarts);
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  /** What has happened on the link since the device was opened. */
  get counts(): Readonly<LinkCounts> {
    return this.#link.counts;
  }

  /** Asks the device again what it is. @throws Diagnostic TCT-8001 to TCT-8007. */
  identify(options: CallOptions = {}): Promise<Identity> {
    return this.#inTurn(() =>
      identify(this.#link, options.signal === undefined ? {} : { signal: options.signal }),
    );
  }

  /**
   * Loads a matrix; it stays until another one is loaded. Where that fails or is cancelled half-way nothing is loaded; a matrix that is
   * refused changes nothing. One that is larger than the weight store is cut into parts, which are
   * written again for each call of `matmul`. With `columnsPerBlock` the sums of each block of so many columns are told apart.
   * @throws Diagnostic TCT-8008 and TCT-8009 for the matrix, TCT-8030 for its blocks, TCT-8036 and TCT-7303 for the bias, TCT-8001 to
   *   TCT-8005 of the link.
   */
  loadWeights(weights: Weights, options: LoadOptions = {}): Promise<void> {
    return this.#inTurn(async () => {
      checkWeights(weights);
      const { rows, columns } = weights;
      const { columnsPerBlock = columns, bias } = options;
      checkBlocks(columnsPerBlock, columns);
      if (bias !== undefined) checkBias(bias, rows);
      const loads = cut({ ...weights, bias }, columnsPerBlock, this.#core);
      // What was there before is being written over, so until all is written there is nothing to multiply by.
      this.#matrix = undefined;
      this.#resident = undefined;
      await this.#retrying(options, () => this.#makeResident(loads[0]!, options));
      const blocks = Math.ceil(columns / columnsPerBlock);
      this.#matrix = { rows, columns, blocks, loads, isCutAcross: isCutAcross(loads) };
    });
  }

  /**
   * The same for a matrix that is in the device from the start: nothing is written, unless the device was reset while it is at work.
   * Two random vectors are multiplied to see that it is there (of activations of 8 bits, and more where these have fewer): other weights
   * are missed once in 65,536 times at most.
   * @throws Diagnostic as `loadWeights`; TCT-8032 for a matrix that needs several loads, TCT-8033 where the device has another one.
   */
  assumeWeights(weights: Weights, options: CallOptions = {}): Promise<void> {
    return this.#inTurn(async () => {
      const load = onlyLoad(weights, this.#core);
      const { rows, columns } = weights;
      const matrix = { rows, columns, blocks: 1, loads: [load], isCutAcross: false };
      const probes = probesFor(columns, this.#core.activationBits);
      this.#matrix = undefined;
      this.#resident = load;
      const { results } = await this.#retrying(options, () =>
        this.#multiply(matrix, probes, { signal: options.signal }),
      );
      const row = differingRow(weights, probes, results.data);
      if (row !== undefined) {
        this.#resident = undefined;
        throw weightsDiffer(this.name, row);
      }
      this.#matrix = matrix;
    });
  }

  /**
   * Multiplies vectors by the weights that were loaded. After a reset of the device it begins again.
   * @throws Diagnostic TCT-8008 to TCT-8012 for the activations, TCT-8034 and TCT-8035 for the output, TCT-8015 without weights, TCT-8001 to
   *   TCT-8005 of the link, TCT-8016 and TCT-8017 where the core does not do its work.
   */
  matmul(activations: Activations, options: ProductOptions = {}): Promise<ProductRun> {
    return this.#inTurn(async () => {
      const matrix = this.#matrix;
      if (matrix === undefined) throw noWeights();
      checkActivations(activations, matrix.columns, this.#core.activationBits);
      const { output = {} } = options;
      checkOutput(output, this.#core.outputStage);
      if (!matrix.isCutAcross || isPlain(output))
        return await this.#retrying(options, () => this.#multiply(matrix, activations, options));
      const plain = { ...options, output: {} };
      const run = await this.#retrying(options, () => this.#multiply(matrix, activations, plain));
      const data = run.results.data.map(sum => throughStage(sum, output));
      return { ...run, results: { ...run.results, data } };
    });
  }

  /** Ends the session and gives the port back; a call that is still at work is waited for. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.#inTurn(async () => {
      this.#isClosed = true;
      await this.#link.close();
    });
  }

  /** Calls come one after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const begun = async (): Promise<T> => {
      if (this.#isClosed) throw deviceClosed(this.name);
      return await work();
    };
    const result = this.#turn.then(begun, begun);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Does the work, and again in a new session where the device was reset. */
  async #retrying<T>({ signal }: CallOptions, work: () => Promise<T>): Promise<T> {
    for (let restart = 0; ; restart++) {
      try {
        return await work();
      } catch (error) {
        const isLost = error instanceof Diagnostic && lost.includes(error.code);
        // What was on its way when a call broke off may be half done.
        this.#resident = undefined;
        this.#jobs.forget();
        if (!isLost || restart >= this.#restarts) throw error;
        await this.#link.synchronise({ signal });
        const { configuration } = await identify(this.#link, { signal });
        if (configuration !== this.identity.configuration)
          throw wrongConfiguration(this.name, configuration, this.identity.configuration, []);
      }
    }
  }

  async #makeResident(load: Load, { signal, onProgress }: CallOptions): Promise<void> {
    if (this.#resident === load) return;
    this.#resident = undefined;
    await this.#jobs.stop({ signal });
    await this.#link.writeAll(piecesOf(load), {
      signal,
      onProgress: (done, total) => onProgress?.({ phase: 'load', done, total }),
    });
    this.#resident = load;
  }

  async #multiply(
    { rows, blocks, loads }: LoadedMatrix,
    activations: Activations,
    options: ProductOptions,
  ): Promise<ProductRun> {
    const { batch } = this.#core;
    const data = new Float64Array(activations.rows * blocks * rows);
    const total = loads.flat().length * Math.ceil(activations.rows / batch);
    let done = 0;
    let cycles = 0;
    this.#jobs.forgetActivations();
    const add = ({ tile, first }: Job, found: JobSums): void => {
      for (const [vector, ofBlocks] of found.entries())
        for (const [block, sums] of ofBlocks.entries()) {
          const begin = ((first + vector) * blocks + tile.firstBlock + block) * rows + tile.firstRow;
          for (const [row, sum] of sums.entries()) data[begin + row]! += sum;
        }
      options.onProgress?.({ phase: 'multiply', done: ++done, total });
    };
    const firsts = Array.from({ length: Math.ceil(activations.rows / batch) }, (_, i) => i * batch);
    const { signal, output } = options;
    for (const load of loads) {
      await this.#makeResident(load, options);
      const jobs = firsts.flatMap(first => load.map(tile => ({ tile, first })));
      cycles += await this.#jobs.run(jobs, activations, add, { signal, output });
    }
    const results = { rows: activations.rows, blocks, columns: rows, data };
    return { results, cycles, loads: loads.length };
  }
}

/** In what a device differs from the parameters, where its registers tell. */
function differences({ geometry, numbers }: Identity, core: CoreParameters): string[] {
  const told: readonly (readonly [string, number, number])[] = [
    ['lanes', geometry.lanes, core.lanes],
    ['rows', geometry.rows, core.rows],
    ['batch', geometry.batch, core.batch],
    ['activation bits', numbers.activationBits, core.activationBits],
  ];
  return told
    .filter(([, seen, asked]) => seen !== asked)
    .map(([what, seen, asked]) => `${what}: ${seen}, and ${asked} expected`);
}
