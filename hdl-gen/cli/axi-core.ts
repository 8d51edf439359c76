import { type AxiData, axiLayout, ternaryAxi } from '../../rtl/bus/index.ts';
import { elaborate } from '../lang/index.ts';
import { arrayCore } from './array-core.ts';
import type { Beats, InputStream } from './beats.ts';
import type { Core } from './core.ts';
import type { ArrayConfig } from './names.ts';

/** The array between two AXI4-Streams, for `hdl-gen --interface axi`. */
export function axiCore(config: ArrayConfig): Core {
  const core = arrayCore(config);
  return {
    ...core,
    design: () => elaborate(ternaryAxi(config)),
    output: { prefix: 'm_axis_t', field: 'data', unused: ['last'] },
    beatsOf(product): Beats {
      const beats = core.beatsOf(product);
      return { ...beats, streams: beats.streams.map(stream => packed(stream, axiLayout(config).input)) };
    },
  };
}

/** The beats of the bare stream with all their fields in `tdata`. A packet begins behind a `tlast`, so there is no `first`. */
function packed({ count, flags, ports }: InputStream, { fields, bits }: AxiData): InputStream {
  const places = fields.map(({ name, low, interval, stride }) => {
    const port = ports.find(each => each.name === name)!;
    return { port, low, stride, width: interval.width };
  });
  return {
    name: 's_axis',
    prefix: 's_axis_t',
    count,
    flags: flags.filter(({ name }) => name === 'last'),
    ports: [
      {
        name: 'data',
        elements: bits / 8,
        bits: 8,
        what: fields.map(({ name, low }) => `${name} from bit ${low}`).join(', '),
        values(beat) {
          const bytes = new Uint8Array(bits / 8);
          for (const { port, low, stride, width } of places) {
            for (const [i, value] of Array.from(port.values(beat)).entries()) {
              for (let bit = 0; bit < width; bit++) {
                const place = low + i * stride + bit;
                bytes[place >> 3]! |= ((value >> bit) & 1) << (place & 7);
              }
            }
          }
          return bytes;
        },
      },
    ],
  };
}
