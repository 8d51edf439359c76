import { bit, component, named, type Signal, uint, wire } from '../../hdl-gen/lang/index.ts';
import { wordBits } from '../../protocol/index.ts';
import { type CoreParameters, ternaryCore } from '../core/index.ts';
import { spiLink, uartLink } from '../link/index.ts';
import { windowBitsOf } from './board-core.ts';

/** What the core behind a UART is made for. */
export interface UartCoreParameters {
  readonly core: CoreParameters;
  /** The clock of the core, in hertz. */
  readonly clockHz: number;
  /** Bits a second. */
  readonly baud: number;
}

/**
 * The core with its memories behind a UART: what `hdl-gen --interface uart` makes. `came` and `lost` are 1 for a cycle for each request
 * that came whole, and for each one that was damaged.
 * @throws Diagnostic TCT-7401 and TCT-7403 where the clock cannot make the rate.
 */
export const uartCore = component('ternary_uart', ({ core, clockHz, baud }: UartCoreParameters) => ({
  inputs: { rx: bit },
  build({ rx }) {
    const { host, answer } = hostWires();
    const { tx, came, lost, ...link } = uartLink({ clockHz, baud, windowBits: windowBitsOf(core) })(
      { rx, host },
      { name: 'link' },
    );
    answer(ternaryCore(core)({ request: link.host.request }, { name: 'core' }));
    return { tx, came, lost };
  },
}));

/** The same as an SPI slave in mode 0: what `hdl-gen --interface spi` makes. */
export const spiCore = component('ternary_spi', ({ core }: { readonly core: CoreParameters }) => ({
  inputs: { sck: bit, mosi: bit, cs_n: bit },
  build({ sck, mosi, cs_n }) {
    const { host, answer } = hostWires();
    const { miso, came, lost, ...link } = spiLink({ windowBits: windowBitsOf(core) })(
      { sck, mosi, cs_n, host },
      { name: 'link' },
    );
    answer(ternaryCore(core)({ request: link.host.request }, { name: 'core' }));
    return { miso, came, lost };
  },
}));

/** What a core says to the link before it, which is built first. */
function hostWires() {
  const { ready, valid, data } = named({
    host: { ready: wire(bit), valid: wire(bit), data: wire(uint(wordBits)) },
  }).host;
  return {
    host: { ready, response: { valid, data } },
    answer(core: {
      readonly ready: Signal;
      readonly response: { readonly valid: Signal; readonly data: Signal };
    }) {
      ready.drive(core.ready);
      valid.drive(core.response.valid);
      data.drive(core.response.data);
    },
  };
}
