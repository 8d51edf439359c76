/** Files with which a core becomes a part of somebody else's design, beside its Verilog. They are made of texts alone. */
import { cocotbTest } from './cocotb.ts';
import type { EmbeddedCore } from './core.ts';
import { fusesocCore } from './fusesoc.ts';
import { instanceTemplate } from './instance.ts';
import { litexModule, speaksLiteX } from './litex.ts';

export {
  type ByteKind,
  byteKinds,
  type EmbeddedCore,
  type EmbeddedPort,
  type LinkInterface,
  type PlayedStream,
  type StreamInterface,
  type TransferKind,
  transferKinds,
  type WishboneInterface,
} from './core.ts';
export { vlnv } from './fusesoc.ts';
export { linkTestbench } from './link-testbench.ts';
export { type PlayedCore, playCommand } from './play-command.ts';
export { failing, readVectors } from './read-vectors.ts';
export { wishboneTestbench } from './wishbone-testbench.ts';

/**
 * The files for FuseSoC, cocotb and LiteX, and a template for an instance in Verilog, by name. A core behind a UART or SPI is for pins, and not
 * for a bus of LiteX.
 */
export function embeddingFiles(core: EmbeddedCore): Record<string, string> {
  return {
    'instance.vh': instanceTemplate(core),
    [`${core.top}.core`]: fusesocCore(core),
    [`test_${core.top}.py`]: cocotbTest(core),
    ...(speaksLiteX(core) ? { [`litex_${core.top}.py`]: litexModule(core) } : {}),
  };
}
