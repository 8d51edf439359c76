/** Files with which a core becomes a part of somebody else's design, beside its Verilog. They are made of texts alone. */
import { cocotbTest } from './cocotb.ts';
import type { EmbeddedCore } from './core.ts';
import { fusesocCore } from './fusesoc.ts';
import { instanceTemplate } from './instance.ts';
import { litexModule } from './litex.ts';

export {
  type EmbeddedCore,
  type EmbeddedPort,
  type PlayedStream,
  type StreamInterface,
  type TransferKind,
  transferKinds,
  type WishboneInterface,
} from './core.ts';
export { vlnv } from './fusesoc.ts';
export { wishboneTestbench } from './wishbone-testbench.ts';

/** The files for FuseSoC, cocotb and LiteX, and a template for an instance in Verilog, by name. */
export function embeddingFiles(core: EmbeddedCore): Record<string, string> {
  return {
    'instance.vh': instanceTemplate(core),
    [`${core.top}.core`]: fusesocCore(core),
    [`test_${core.top}.py`]: cocotbTest(core),
    [`litex_${core.top}.py`]: litexModule(core),
  };
}
