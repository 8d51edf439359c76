import { bit, component, named, uint, wire } from '../../hdl-gen/lang/index.ts';
import { addressBits, wordBits } from '../../protocol/index.ts';
import { wishboneSlave } from '../bus/index.ts';
import { type CoreParameters, ternaryCore } from '../core/index.ts';
import { windowBitsOf } from './board-core.ts';

/** The core with its memories as a slave on a Wishbone bus: what `hdl-gen --interface wishbone` makes. */
export const wishboneCore = component('ternary_wishbone', (core: CoreParameters) => ({
  inputs: {
    wb: {
      cyc_i: bit,
      stb_i: bit,
      we_i: bit,
      adr_i: uint(addressBits),
      sel_i: uint(wordBits / 8),
      dat_i: uint(wordBits),
    },
  },
  build({ wb }) {
    const host = named({ host: { ready: wire(bit), valid: wire(bit), data: wire(uint(wordBits)) } }).host;
    const slave = wishboneSlave({ windowBits: windowBitsOf(core) })(
      { wb, host: { ready: host.ready, response: { valid: host.valid, data: host.data } } },
      { name: 'slave' },
    );
    const { ready, response } = ternaryCore(core)({ request: slave.host.request }, { name: 'core' });
    host.ready.drive(ready);
    host.valid.drive(response.valid);
    host.data.drive(response.data);
    return { wb: slave.wb };
  },
}));
