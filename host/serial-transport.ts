/**
 * A serial port, by the package `serialport`, which is loaded only here. It is an optional dependency: who works with simulated
 * boards does not need it.
 */
import { portBusy, portFailed, portMissing, portNotAllowed, serialPackageMissing } from './diagnostics.ts';
import type { Transport } from './transport.ts';

/** What is used of the class `SerialPort`. */
export interface SerialPortClass {
  new (options: { path: string; baudRate: number; autoOpen: false }): SerialPortLike;
  list(): Promise<readonly { readonly path: string; readonly vendorId?: string | undefined }[]>;
}

interface SerialPortLike {
  open(done: (error: Error | null) => void): void;
  close(done: (error: Error | null) => void): void;
  write(bytes: Uint8Array, done: (error: Error | null | undefined) => void): unknown;
  drain(done: (error: Error | null) => void): void;
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  on(event: 'error' | 'close', listener: (error: Error | null | undefined) => void): unknown;
}

/** What USB, its driver and the operating system may keep bytes for; FTDI chips wait up to 16 ms. */
const latencyMs = 100;

/**
 * Opens a serial port: 8 data bits, no parity, one stop bit.
 * @throws Diagnostic TCT-8019 without the package, TCT-8020 for a port that is not there, TCT-8021 for one that another program
 *   uses, TCT-8022 for one that this user may not use, TCT-8023 for any other reason.
 */
export async function openSerialPort(
  path: string,
  baud: number,
  ports?: SerialPortClass,
): Promise<Transport> {
  const SerialPort = ports ?? (await serialPortClass());
  const port = new SerialPort({ path, baudRate: baud, autoOpen: false });
  try {
    await called(done => port.open(done));
  } catch (error) {
    throw await refusal(path, error as Error, SerialPort);
  }
  return new SerialTransport(path, baud, port);
}

/** The ports of this machine, by path. @throws Diagnostic TCT-8019 without the package. */
export async function listSerialPorts(): Promise<readonly string[]> {
  const found = await (await serialPortClass()).list();
  return found.map(({ path }) => path);
}

class SerialTransport implements Transport {
  readonly latencyMs: number = latencyMs;
  readonly name: string;
  readonly baud: number;
  readonly #port: SerialPortLike;
  #chunks: Uint8Array[] = [];
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(name: string, baud: number, port: SerialPortLike) {
    this.name = name;
    this.baud = baud;
    this.#port = port;
    port.on('data', bytes => {
      this.#chunks.push(bytes);
      this.#wake?.();
    });
    const ended = (error: Error | null | undefined): void => {
      this.#failure ??= error ?? new Error('the port was closed');
      this.#wake?.();
    };
    port.on('error', ended);
    port.on('close', ended);
  }

  async send(bytes: Uint8Array): Promise<void> {
    this.#requireWell();
    await called(done => this.#port.write(bytes, done)).catch((error: Error) => {
      throw portFailed(this.name, error);
    });
  }

  async receive(timeoutMs: number, signal?: AbortSignal): Promise<Uint8Array> {
    signal?.throwIfAborted();
    if (this.#chunks.length === 0 && this.#failure === undefined)
      await new Promise<void>(resolve => {
        const wake = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          this.#wake = undefined;
          resolve();
        };
        const timer = setTimeout(wake, timeoutMs);
        signal?.addEventListener('abort', wake);
        this.#wake = wake;
      });
    signal?.throwIfAborted();
    if (this.#chunks.length === 0) this.#requireWell();
    const bytes = new Uint8Array(Buffer.concat(this.#chunks));
    this.#chunks = [];
    return bytes;
  }

  async close(): Promise<void> {
    // A port that was pulled out is closed already.
    if (this.#failure === undefined) await called(done => this.#port.close(done)).catch(() => undefined);
  }

  #requireWell(): void {
    if (this.#failure !== undefined) throw portFailed(this.name, this.#failure);
  }
}

async function serialPortClass(): Promise<SerialPortClass> {
  try {
    return (await import('serialport')).SerialPort as unknown as SerialPortClass;
  } catch (error) {
    throw serialPackageMissing(error);
  }
}

/** The packages tell reasons in the words of the operating system, with a code or without. */
async function refusal(path: string, error: Error, ports: SerialPortClass): Promise<Error> {
  const reason = `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}`;
  const list = () => ports.list().catch(() => []);
  if (/EACCES|EPERM|permission denied|access denied/i.test(reason)) {
    const own = (await list()).find(port => port.path === path);
    return portNotAllowed(path, own?.vendorId?.toLowerCase(), error);
  }
  if (/EBUSY|EAGAIN|busy|lock|temporarily unavailable/i.test(reason)) return portBusy(path, error);
  if (/ENOENT|ENXIO|ENODEV|no such|not found|does not exist/i.test(reason)) {
    const there = await list();
    return portMissing(
      path,
      there.map(port => port.path),
      error,
    );
  }
  return portFailed(path, error);
}

function called(call: (done: (error: Error | null | undefined) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => call(error => (error ? reject(error) : resolve())));
}
