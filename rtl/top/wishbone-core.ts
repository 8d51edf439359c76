import { bit, component, named, uint, wire } from '../../hdl-gen/lang/index.ts';
import { wordBits } from '../../protocol/index.ts';
import { wishboneRequest, wishboneSlave } from '../bus/index.ts';
import { type CoreParameters, ternaryCore } from '../core/index.ts';
import { windowBitsOf } from './board-core.ts';

/** The core with its memories as a slave on a Wishbone bus: what `hdl-gen --interface wishbone` makes. */
export const wishboneCore = component('ternary_wishbone', (core: CoreParameters) => ({
  inputs: {
    wb: wishboneRequest,
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
