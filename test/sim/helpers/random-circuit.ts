import { bit, type Circuit, type Interval, int, type NetId, range, uint } from '../../../ir/index.ts';
import { Builder } from './builder.ts';

/** What the random circuits are made of. */
export interface RandomShape {
  readonly cells: number;
  readonly registers: number;
  readonly memories: number;
  readonly domains: number;
  /** Wider results are wrapped to this many bits. */
  readonly widest: number;
}

/**
 * A circuit drawn by `next` (whole numbers from 0 to its argument - 1): cells of all kinds on inputs, registers and
 * memories, with feedback through all of these. Every net is a signal and some are outputs.
 */
export function randomCircuit(shape: RandomShape, next: (below: number) => number): Circuit {
  const b = new Builder(
    'random',
    Array.from({ length: shape.domains }, (_, i) => (i === 0 ? '' : `d${i}`)),
  );
  const domain = () => next(shape.domains);
  const width = () => 1 + next(next(3) === 0 ? shape.widest : 12);
  const interval = (): Interval => {
    const format = next(2) === 0 ? int(width()) : uint(width());
    if (next(3) > 0) return format;
    const middle = BigInt(next(1000)) - 500n;
    return range(format.min + (middle < 0n ? middle : 0n), format.max + (middle > 0n ? middle : 0n));
  };
  const inside = ({ min, max }: Interval): bigint => {
    const value = min + BigInt(next(1 << 30));
    return value > max ? max : value;
  };

  const nets: NetId[] = [];
  const pick = () => nets[next(nets.length)]!;
  for (let i = 0; i < 4; i++) nets.push(b.input(`i${i}`, interval()));
  nets.push(b.input('bit', bit));
  for (let i = 0; i < 2; i++) {
    const held = interval();
    nets.push(b.constant(inside(held), held));
  }
  const registers = Array.from({ length: shape.registers }, () => {
    const held = interval();
    return b.register(held, inside(held), domain());
  });
  nets.push(...registers);
  // The ports of a memory take nets that do not exist yet: they are registers, driven like the others.
  const memories: NetId[] = [];
  for (let i = 0; i < shape.memories; i++) {
    const depth = 1 + next(9);
    const element = interval();
    const port = (held: Interval, of: number) => {
      const net = b.register(held, held.min, of);
      registers.push(net);
      nets.push(net);
      return net;
    };
    const ports = (count: number) => Array.from({ length: count }, domain);
    const address = (of: number) => port(range(0, depth - 1), of);
    const reads = ports(1 + next(2)).map(domain => ({
      address: address(domain),
      domain,
      ...(next(2) === 0 ? { enable: port(bit, domain) } : {}),
    }));
    const masked = element.isFullRange && next(2) === 0;
    const writes = ports(next(3)).map(domain => ({
      address: address(domain),
      enable: port(bit, domain),
      data: port(element, domain),
      domain,
      ...(masked ? { mask: port(element, domain) } : {}),
    }));
    const initial = next(2) === 0 ? Array.from({ length: depth }, () => inside(element)) : undefined;
    memories.push(...b.memory(element, depth, { reads, writes }, initial));
  }
  nets.push(...memories);
  const lookup = (memory: number) => {
    const to = range(0, b.circuit.memories[memory]!.depth - 1);
    return b.lookup(memory, b.cell('saturate', [pick()], { to }));
  };

  const oneBit = (): NetId =>
    next(3) === 0 ? b.cell('equal', [pick(), pick()]) : b.cell('slice', [pick()], { low: next(3), width: 1 });
  const amount = () => b.cell('slice', [pick()], { low: 0, width: 1 + next(4) });
  const cells: (() => NetId)[] = [
    () => b.cell('add', [pick(), pick()]),
    () => b.cell('sub', [pick(), pick()]),
    () => b.cell('negate', [pick()]),
    () => b.cell('shiftLeft', [pick()], { count: next(20) }),
    () => b.cell('shiftRight', [pick()], { count: next(20) }),
    () => b.cell('shiftLeftBy', [pick(), amount()]),
    () => b.cell('shiftRightBy', [pick(), amount()]),
    () => b.cell('and', [pick(), pick()]),
    () => b.cell('or', [pick(), pick()]),
    () => b.cell('xor', [pick(), pick()]),
    () => b.cell('complement', [pick()]),
    () => b.cell('mask', [oneBit()]),
    () => b.cell('parity', [pick()], { width: width() }),
    () => b.cell('slice', [pick()], { low: next(9), width: width() }),
    () => b.cell('concat', [pick(), pick()], { widths: [width(), width()] }),
    () => b.cell('less', [pick(), pick()]),
    () => b.cell('mux', [oneBit(), pick(), pick()]),
    () => b.cell('saturate', [pick()], { to: interval() }),
  ];
  for (let i = 0; i < shape.memories; i++) cells.push(() => lookup(next(shape.memories)));
  for (let i = 0; i < shape.cells; i++) {
    let net = cells[next(cells.length)]!();
    const { signed, width } = b.interval(net);
    if (width > shape.widest)
      net = b.cell('wrap', [net], { to: signed ? int(shape.widest) : uint(shape.widest) });
    nets.push(net);
  }

  for (const register of registers) {
    const enable =
      next(2) === 0
        ? {
            enable:
              next(2) === 0 ? oneBit() : (registers.find(net => b.interval(net).equals(bit)) ?? oneBit()),
          }
        : {};
    const reset = next(3) === 0 ? { reset: oneBit() } : {};
    b.drive(register, b.cell('saturate', [pick()], { to: b.interval(register) }), { ...enable, ...reset });
  }
  for (let i = 0; i < 3; i++) {
    const condition = oneBit();
    b.circuit.properties.push({
      kind: 'cover',
      condition,
      subject: condition,
      why: `cover ${i}`,
      source: '',
    });
  }
  b.circuit.nets.forEach((_, net) => {
    b.signal(`net.n${net}`, net);
  });
  for (let i = 0; i < 6; i++) b.output(`o${i}`, pick());
  return b.circuit;
}
