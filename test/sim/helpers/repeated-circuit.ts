import { bit, type Circuit, type Interval, int, type NetId, range, uint } from '../../../ir/index.ts';
import { Builder } from './builder.ts';

/** Makes one lane of a bank: the nets of lane `i`. */
type Lane = (i: number) => NetId;

/**
 * A circuit in which much is there many times, as in an array: banks of registers that are computed by the same tree
 * of operations, each from other registers or inputs. `next` draws whole numbers from 0 to its argument - 1. Every
 * net is a signal.
 */
export function repeatedCircuit(next: (below: number) => number): Circuit {
  const b = new Builder('repeated');
  const width = () => 1 + next(next(4) === 0 ? 34 : 16);
  const interval = (): Interval => {
    const format = next(2) === 0 ? int(width()) : uint(width());
    return next(4) > 0 || format.max < 3n ? format : range(format.min + 1n, format.max - 1n);
  };
  const size = () => 1 + next(next(2) === 0 ? 6 : 40);
  const inside = ({ min, max }: Interval): bigint => {
    const value = min + BigInt(next(1 << 30));
    return value > max ? max : value;
  };

  const controls = Array.from({ length: 3 }, (_, i) => b.input(`control_${i}`, bit));
  const banks: { readonly nets: NetId[]; readonly driven: boolean }[] = [];
  for (let bank = 0; bank < 3; bank++) {
    const held = interval();
    const nets = Array.from({ length: size() }, (_, i) => b.input(`in_${bank}_${i}`, held));
    banks.push({ nets, driven: true });
  }
  for (let bank = 0; bank < 6; bank++) {
    const held = interval();
    const nets = Array.from({ length: size() }, () => b.register(held, inside(held)));
    banks.push({ nets, driven: false });
  }

  const wide = Array.from({ length: 2 }, (_, i) => {
    const held = next(2) === 0 ? uint(17 + next(400)) : int(17 + next(60));
    return i === 0 ? b.input('wide', held) : b.registered(b.input('late', held));
  });

  /** Lane i takes an element of a bank, by a rule that is the same for all lanes or by chance. */
  function leaf(): Lane {
    const { nets } = banks[next(banks.length)]!;
    const [factor, offset] = [next(4), next(nets.length)];
    if (next(8) === 0) {
      const held = interval();
      return () => b.constant(inside(held), held);
    }
    if (next(6) === 0) {
      const source = wide[next(2)]!;
      const { width } = b.interval(source);
      return i => b.cell('slice', [source], { low: (factor * i + offset) % width, width: 1 });
    }
    if (next(4) === 0) return () => nets[next(nets.length)]!;
    return i => nets[(factor * i + offset) % nets.length]!;
  }
  function tree(depth: number): Lane {
    if (depth === 0) return leaf();
    const [x, y, z] = [tree(next(depth)), tree(next(depth)), tree(next(depth))];
    const [low, bits, count, to] = [next(9), width(), next(6), interval()];
    const oneBit: Lane =
      next(2) === 0 ? i => b.cell('equal', [x(i), z(i)]) : i => b.cell('less', [x(i), z(i)]);
    const sliced: Lane = i => b.cell('slice', [x(i)], { low, width: bits });
    const forms: Lane[] = [
      i => b.cell('add', [x(i), y(i)]),
      i => b.cell('sub', [x(i), y(i)]),
      i => b.cell('negate', [x(i)]),
      i => b.cell('and', [x(i), y(i)]),
      i => b.cell('or', [x(i), y(i)]),
      i => b.cell('xor', [x(i), y(i)]),
      i => b.cell('complement', [x(i)]),
      i => b.cell('invert', [sliced(i)], { width: bits }),
      i => b.cell('shiftLeft', [x(i)], { count }),
      i => b.cell('shiftRight', [x(i)], { count }),
      i => b.cell('shiftRightBy', [x(i), b.cell('slice', [y(i)], { low: 0, width: 3 })]),
      i => b.cell('mask', [oneBit(i)]),
      i => b.cell('parity', [x(i)], { width: bits }),
      sliced,
      i => b.cell('concat', [x(i), y(i)], { widths: [count + 1, 3] }),
      i => b.cell('mux', [oneBit(i), x(i), y(i)]),
      i => b.cell('saturate', [x(i)], { to }),
      oneBit,
    ];
    return forms[next(forms.length)]!;
  }

  for (const { nets, driven } of banks) {
    if (driven) continue;
    const lane = tree(1 + next(4));
    const [enable, reset] = [next(2), next(3)];
    const to = b.interval(nets[0]!);
    const fits = to.signed ? int(to.width) : uint(to.width);
    const isWrapped = fits.equals(to) && next(2) === 0;
    nets.forEach((net, i) => {
      const value = lane(i);
      const held = isWrapped ? b.cell('wrap', [value], { to }) : b.cell('saturate', [value], { to });
      b.drive(net, held, {
        ...(enable === 0 ? { enable: controls[0]! } : {}),
        ...(reset === 0 ? { reset: controls[1]! } : {}),
      });
    });
  }
  b.circuit.nets.forEach((_, net) => {
    b.signal(`net.n${net}`, net);
  });
  for (const { nets } of banks) b.output(`last_${nets[0]}`, nets.at(-1)!);
  return b.circuit;
}
