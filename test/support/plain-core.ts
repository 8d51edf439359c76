import {
  bit,
  choose,
  component,
  concat,
  memory,
  named,
  register,
  registered,
  type Signal,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import {
  magic,
  pack,
  protocolVersion,
  registerOf,
  registers,
  type WindowName,
  windows,
} from '../../protocol/index.ts';
import { hostRequest, registerFile } from '../../rtl/host-port/index.ts';
import { spiLink, uartLink } from '../../rtl/link/index.ts';

/*
 * What stands behind the host port in tests of the link: the registers, and a memory in each other window.
 */

export const plainBits = {
  registers: Math.ceil(Math.log2(registers.length)),
  weights: 10,
  activations: 8,
  results: 8,
} as const;

/** The configuration hash that it says. */
export const plainHash = 0x1234_5678;

const geometry = { lanes: 4, rows: 1, batch: 1 };
const numbers = { activationBits: 8, sumBits: 20, encoding: 0, outputStage: 0, doubleBuffered: 0 };

/** The words of the registers by address; the others read as 0. */
export const plainRegisters: ReadonlyMap<number, number> = new Map(
  [
    magic,
    pack(registerOf('version'), protocolVersion),
    plainHash,
    pack(registerOf('geometry'), geometry),
    pack(registerOf('numbers'), numbers),
    2 ** plainBits.weights,
    2 ** plainBits.activations,
    2 ** plainBits.results,
  ].entries(),
);

/** Registers and memories. With `lazy` it takes a request, and answers a read, only now and then. */
export const plainCore = component('plain_core', ({ lazy }: { lazy: boolean }) => ({
  inputs: { request: hostRequest },
  build: ({ request }) => {
    const ready = lazy ? sometimes(1) : registered(1, { initial: 1 });
    const { read, write } = named({ read: request.read.and(ready), write: request.write.and(ready) });
    const window = request.address.slice(16, 2);
    const chosen = (name: WindowName): Signal => window.equals(windows[name]);
    const { response } = registerFile(
      { ...request, read: read.and(chosen('registers')), write: write.and(chosen('registers')) },
      {
        configuration: { hash: plainHash },
        geometry,
        numbers,
        weightCapacity: { words: 2 ** plainBits.weights },
        activationCapacity: { words: 2 ** plainBits.activations },
        resultCapacity: { words: 2 ** plainBits.results },
        limits: { activationDepth: 0, initialValues: 0 },
        status: { busy: 0, running: 0, queued: 0, runningHalf: 0, startLost: 0, bufferInUse: 0, jobsDone: 0 },
        cycles: { cycles: 0 },
      },
    );
    const words = (['weights', 'activations', 'results'] as const).map(name => {
      const depth = 2 ** plainBits[name];
      const store = memory(uint(32), { depth, name, initial: Array<number>(depth).fill(0) });
      const place = request.address.slice(0, plainBits[name]);
      store.write(place, request.data, { enable: write.and(chosen(name)) });
      return store.read(place);
    });
    const asked = registered(read, { reset: true });
    const from = registered(window);
    const data = choose(from, [response.data, ...words]);
    const answer = (valid: Signal, data: Signal) => ({ valid, data: data.and(valid.mask()) });
    if (!lazy) return { ready, response: answer(asked, data) };

    const waiting = register(bit, { reset: true });
    const kept = register(uint(32), { enable: asked }).next(data);
    const answers = waiting.and(sometimes(77));
    waiting.next(asked.or(waiting.and(answers.not())));
    return { ready, response: answer(answers, kept) };
  },
}));

export interface PlainBoardParameters {
  readonly clockHz: number;
  readonly baud: number;
  readonly lazy: boolean;
}

/** The core behind a UART. */
export const plainBoard = component('plain_board', ({ clockHz, baud, lazy }: PlainBoardParameters) => ({
  inputs: { rx: bit },
  build: ({ rx }) => {
    const ready = wire(bit);
    const response = { valid: wire(bit), data: wire(uint(32)) };
    const link = uartLink({ clockHz, baud, windowBits: plainBits })({ rx, host: { ready, response } });
    const core = plainCore({ lazy })({ request: link.host.request });
    ready.drive(core.ready);
    response.valid.drive(core.response.valid);
    response.data.drive(core.response.data);
    return { tx: link.tx, came: link.came, lost: link.lost };
  },
}));

/** The core behind SPI. */
export const plainSpiBoard = component('plain_spi_board', {
  inputs: { sck: bit, mosi: bit, cs_n: bit },
  build: pins => {
    const ready = wire(bit);
    const response = { valid: wire(bit), data: wire(uint(32)) };
    const link = spiLink({ windowBits: plainBits })({ ...pins, host: { ready, response } });
    const core = plainCore({ lazy: false })({ request: link.host.request });
    ready.drive(core.ready);
    response.valid.drive(core.response.valid);
    response.data.drive(core.response.data);
    return { miso: link.miso, came: link.came, lost: link.lost };
  },
});

/** A bit that is 1 in about a quarter of all cycles, without an order that can be seen. */
function sometimes(seed: number): Signal {
  const bits = register(uint(15), { initial: seed });
  bits.next(concat(bits.bit(14).xor(bits.bit(13)), bits.slice(0, 14)));
  return bits.bit(3).and(bits.bit(7));
}
