import {
  bit,
  component,
  concat,
  int,
  named,
  register,
  type Signal,
  toSignal,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { type ArrayParameters, ternaryStream } from '../ternary/index.ts';
import { type AxiField, axiLayout } from './axi-layout.ts';

/**
 * The array between two AXI4-Streams: beats come on `s_axis`, sums go on `m_axis`. `axiLayout` tells what lies where in
 * `tdata`.
 *
 * A packet is a sum: the beat behind a beat with `tlast`, or behind a reset, begins the next one. Each sum that goes out is
 * a packet of its own, so its `tlast` is always 1. All bytes count; there is no `tkeep` and no `tstrb`.
 *
 * `valid` never waits for `ready`, and what is offered stays as it is until it is taken. `s_axis_tready` comes out of a
 * register, as `in_ready` of the bare stream does. The latency is that of the bare stream.
 */
export const ternaryAxi = component('ternary_axi', (parameters: ArrayParameters) => {
  const { input, output } = axiLayout(parameters);
  return {
    inputs: {
      s_axis: { tvalid: bit, tlast: bit, tdata: uint(input.bits) },
      m_axis: { tready: bit },
    },
    build({ s_axis, m_axis }) {
      const { tready } = named({ tready: wire(bit) });
      const { begins } = named({
        begins: register(bit, { initial: 1, reset: true, enable: s_axis.tvalid.and(tready) }).next(
          s_axis.tlast,
        ),
      });
      const [y] = output.fields as [AxiField];
      const core = ternaryStream(parameters)(
        {
          in: {
            valid: s_axis.tvalid,
            first: begins,
            last: s_axis.tlast,
            ...beatIn(s_axis.tdata, input.fields, parameters.rows),
          },
          out: { ready: m_axis.tready },
        },
        { name: 'core' },
      );
      tready.drive(core.in.ready);
      const tdata = concat(...core.out.y.map(each => each.wrap(int(y.interval.width)).wrap(uint(y.stride))));
      return {
        s_axis: { tready },
        m_axis: { tvalid: core.out.valid, tlast: wire(bit).drive(1), tdata },
      };
    },
  };
});

/** The fields of a beat, taken out of `tdata`. A field that has no place is a constant. */
function beatIn(tdata: Signal, fields: readonly AxiField[], rows: number) {
  const elementsOf = (name: string): Signal[] => {
    const field = fields.find(each => each.name === name);
    if (field === undefined) return Array.from({ length: rows }, () => toSignal(0));
    const { low, elements, interval, stride } = field;
    return Array.from({ length: elements }, (_, i) =>
      tdata.slice(low + i * stride, interval.width).wrap(interval),
    );
  };
  const w = elementsOf('w');
  const codes = w.length / rows;
  return {
    x: elementsOf('x'),
    w: Array.from({ length: rows }, (_, row) => w.slice(row * codes, (row + 1) * codes)),
    init: elementsOf('init'),
  };
}
