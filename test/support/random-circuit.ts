import {
  all,
  any,
  array,
  type Circuit,
  type ClockDomain,
  choose,
  clockDomain,
  component,
  concat,
  cover,
  defaultDomain,
  delayed,
  enabledBy,
  fieldsOf,
  Interval,
  inDomain,
  int,
  memory,
  mux,
  named,
  type Operand,
  type RecordShape,
  range,
  register,
  registered,
  rom,
  type Shape,
  Signal,
  type SignalRecord,
  scope,
  sum,
  synchronise,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { Draw } from './draw.ts';

/** No signal of a random circuit is wider. */
const widest = 70;

const fast = clockDomain('fast');

/**
 * A circuit that makes little sense and uses everything that the language has: every operation, registers with
 * enables and resets, memories, ROMs, wires, named and unnamed signals, components in components, array and record
 * ports, and in one of four two clock domains. All its modules have the prefix `c<seed>`, so that many circuits can
 * stand in one Verilog file.
 */
export function randomCircuit(seed: number): Circuit {
  const draw = new Draw(seed);
  const prefix = `c${seed}`;
  const leaves = draw.times(draw.below(3), i =>
    randomComponent(`${prefix}_leaf_${i}`, draw.below(2 ** 30), []),
  );
  const middles = draw.times(leaves.length > 0 ? draw.below(2) : 0, i =>
    randomComponent(`${prefix}_middle_${i}`, draw.below(2 ** 30), leaves),
  );
  const domains = draw.oneIn(4) ? [defaultDomain, fast] : [defaultDomain];
  return randomComponent(`${prefix}_top`, draw.below(2 ** 30), [...leaves, ...middles], domains);
}

function randomComponent(
  name: string,
  seed: number,
  parts: readonly Circuit[],
  domains: readonly ClockDomain[] = [defaultDomain],
): Circuit {
  const draw = new Draw(seed);
  const inputs: Record<string, Shape> = {};
  const portDomains: Record<string, ClockDomain> = {};
  for (const [i, domain] of domains.entries()) {
    inputs[`bit_${i}`] = uint(1);
    portDomains[`bit_${i}`] = domain;
    for (let j = draw.between(1, 3); j > 0; j--) {
      inputs[`in_${i}_${j}`] = randomShape(draw);
      portDomains[`in_${i}_${j}`] = domain;
    }
  }
  return component(name, {
    inputs: inputs as RecordShape,
    domains: portDomains,
    build: ports => new Body(draw, domains, ports as SignalRecord).build(parts),
  });
}

function randomShape(draw: Draw): Shape {
  switch (draw.below(8)) {
    case 0:
      return array(draw.between(1, 4), draw.interval(20));
    case 1:
      return { left: draw.interval(), right: draw.interval() };
    case 2:
      return array(2, { real: draw.interval(9), imaginary: int(draw.width(9)) });
    case 3:
      return array(2, array(draw.between(1, 2), draw.interval(9)));
    case 4:
      return { fixed: Interval.of(5n), free: draw.interval() };
    default:
      return draw.interval();
  }
}

/** The inside of one random component while it is built. */
class Body {
  readonly #draw: Draw;
  readonly #domains: readonly ClockDomain[];
  /** What can be used in each domain. */
  readonly #pools = new Map<ClockDomain, Signal[]>();
  readonly #used = new Set<Signal>();
  #domain: ClockDomain = defaultDomain;
  #names = 0;

  constructor(draw: Draw, domains: readonly ClockDomain[], inputs: SignalRecord) {
    this.#draw = draw;
    this.#domains = domains;
    for (const [i, domain] of domains.entries()) {
      const own = Object.entries(inputs).filter(([name]) => name.split('_')[1] === `${i}`);
      this.#pools.set(
        domain,
        own.flatMap(([, tree]) => leavesOf(tree)),
      );
    }
  }

  build(parts: readonly Circuit[]): SignalRecord {
    const draw = this.#draw;
    const finish: (() => void)[] = [];
    const early: (() => void)[] = [];
    this.#everywhere(() => {
      for (let i = draw.between(1, 3); i > 0; i--) finish.push(this.#register());
    });
    for (let i = draw.below(3); i > 0; i--) this.#in(draw.pick(this.#domains), () => this.#memory());
    const wires: (() => void)[] = [];
    this.#everywhere(() => {
      for (let i = draw.below(3); i > 0; i--) wires.push(this.#wire(early));
      this.#operations(draw.between(3, 9));
    });
    // What drives the wires is chosen before anything can depend on them, so that there is no loop.
    for (const choose of wires) choose();
    for (let i = parts.length === 0 ? 0 : draw.between(1, 3); i > 0; i--)
      this.#in(draw.pick(this.#domains), () => this.#instance(draw.pick(parts)));
    if (this.#domains.length > 1) this.#synchronisers();
    this.#everywhere(() => this.#operations(draw.between(3, 12)));
    for (const drive of [...early, ...finish]) drive();
    return this.#outputs();
  }

  #everywhere(build: () => void): void {
    for (const domain of this.#domains) this.#in(domain, build);
  }

  #in(domain: ClockDomain, build: () => void): void {
    const outer = this.#domain;
    this.#domain = domain;
    inDomain(domain, build);
    this.#domain = outer;
  }

  get #pool(): Signal[] {
    return this.#pools.get(this.#domain)!;
  }

  /** Puts a signal among those that can be used, under a name or not. */
  #add(signal: Signal): void {
    const draw = this.#draw;
    let kept = signal;
    if (signal.width > widest)
      kept = draw.pick([
        () => signal.wrap(draw.oneIn(2) ? int(widest) : uint(widest)),
        () => signal.saturate(draw.interval(widest)),
        () => signal.slice(draw.below(signal.width - widest), widest),
      ])();
    if (draw.oneIn(3)) {
      const give = () => named({ [`s${this.#names++}`]: kept });
      if (draw.oneIn(6)) scope('inner', give);
      else give();
    }
    if (kept.constant === undefined) this.#pool.push(kept);
  }

  /** Any signal, the latest more often. */
  #pick(): Signal {
    const pool = this.#pool;
    const recent = this.#draw.oneIn(2) ? pool.slice(-6) : pool;
    const signal = this.#draw.pick(recent);
    this.#used.add(signal);
    return signal;
  }

  #operand(): Operand {
    return this.#draw.oneIn(6) ? this.#draw.value(this.#draw.interval(12)) : this.#pick();
  }

  #bit(): Signal {
    const signal = this.#pick();
    if (uint(1).covers(signal.interval)) return signal;
    return this.#draw.oneIn(3) ? signal.lessThan(this.#pick()) : signal.bit(this.#draw.below(signal.width));
  }

  /** A signal brought into an interval. */
  #fit(to: Interval): Signal {
    const signal = this.#pick();
    if (to.covers(signal.interval)) return signal;
    return to.isFullRange && this.#draw.oneIn(2) ? signal.wrap(to) : signal.saturate(to);
  }

  #operations(count: number): void {
    for (let i = 0; i < count; i++) this.#add(this.#operation());
  }

  #operation(): Signal {
    const draw = this.#draw;
    const a = this.#pick();
    const b = () => this.#operand();
    const bits = () => draw.times(draw.between(1, 4), () => this.#bit());
    const makes: (() => Signal)[] = [
      () => a.add(b()),
      () => a.sub(b()),
      () => a.negate(),
      () => a.and(b()),
      () => a.or(b()),
      () => a.xor(b()),
      () => a.not(),
      () => this.#bit().mask().and(a),
      () => this.#bit().mask(),
      () => a.parity(),
      () => a.equals(b()),
      () => a.notEquals(b()),
      () => a.lessThan(b()),
      () => a.atMost(b()),
      () => a.moreThan(b()),
      () => a.atLeast(b()),
      () => a.shiftLeft(draw.below(9)),
      () => a.shiftLeft(this.#fit(range(draw.below(3), draw.between(3, 9)))),
      () => a.shiftRight(draw.below(a.width + 2)),
      () => a.shiftRight(this.#fit(range(draw.below(3), draw.between(3, 80)))),
      () => {
        const low = draw.below(a.width);
        return a.slice(low, draw.between(1, a.width - low));
      },
      () => concat(...draw.times(draw.between(1, 3), () => this.#pick())),
      () => a.wrap(draw.format()),
      () => a.saturate(draw.interval()),
      () => a.times(draw.value(int(9))),
      () => mux(this.#bit(), a, b()),
      () => {
        const index = this.#fit(range(0, draw.between(1, 4)));
        return choose(index, draw.times(Number(index.interval.max) + 1, b));
      },
      () => sum([a, ...draw.times(draw.between(1, 3), b)]),
      () => any(bits()),
      () => all(bits()),
      () => {
        const other = this.#pick();
        return a.sub(other).add(other).assume(a.interval, 'what is taken away comes back');
      },
      () => registered(a, draw.oneIn(2) ? { enable: this.#bit() } : { reset: true }),
      () => delayed(a, draw.between(1, 3)),
    ];
    return draw.pick(makes)();
  }

  /** A register in a feedback loop; gives what drives it. */
  #register(): () => void {
    const draw = this.#draw;
    const held = draw.interval();
    const make = () =>
      register(held, {
        ...(draw.oneIn(2) && { initial: draw.value(held) }),
        reset: draw.pick([undefined, true, false, this.#bit()]),
        ...(draw.oneIn(2) && { enable: this.#bit() }),
      });
    const made = draw.oneIn(4) ? enabledBy(this.#bit(), make) : make();
    this.#add(made);
    const domain = this.#domain;
    return () => this.#in(domain, () => made.next(this.#fit(held)));
  }

  /** A wire that is used from here on; what drives it is chosen when the result is called. */
  #wire(drivers: (() => void)[]): () => void {
    const held = this.#draw.interval();
    const made = wire(held);
    const domain = this.#domain;
    return () =>
      this.#in(domain, () => {
        const driver = this.#fit(held);
        drivers.push(() => made.drive(driver));
        this.#add(made);
      });
  }

  #memory(): void {
    const draw = this.#draw;
    const depth = draw.between(1, 9);
    const isWritten = !draw.oneIn(4);
    const isFilled = !isWritten || draw.oneIn(2);
    const element = (): Interval => (isFilled ? draw.interval() : draw.format());
    const fields: RecordShape | undefined = draw.oneIn(3) ? { low: element(), high: element() } : undefined;
    const shape: Shape = fields ?? element();
    const word = () =>
      fields === undefined
        ? draw.value(shape as Interval)
        : { high: draw.value(fields.high as Interval), low: draw.value(fields.low as Interval) };
    const contents = isFilled ? draw.times(depth, word) : undefined;
    const name = `m${this.#names++}`;
    const across = this.#domains.length > 1 ? { acrossDomains: 'a simulation has no edges in between' } : {};
    const words = isWritten
      ? memory(shape, { depth, initial: contents as never, name, ...across })
      : rom(shape, contents as never, name);
    const address = () => (depth === 1 ? 0 : this.#fit(range(0, depth - 1)));
    for (let i = isWritten ? draw.between(1, 2) : 0; i > 0; i--) {
      const value = fields
        ? { high: this.#fit(fields.high as Interval), low: this.#fit(fields.low as Interval) }
        : this.#fit(shape as Interval);
      const mask = fields && draw.oneIn(2) ? { low: this.#bit() } : undefined;
      words.write(address(), value as never, {
        ...(!draw.oneIn(4) && { enable: this.#bit() }),
        ...(mask && { mask: mask as never }),
      });
    }
    for (let i = draw.between(1, 2); i > 0; i--)
      this.#in(draw.pick(this.#domains), () => {
        const data = words.read(address(), draw.oneIn(2) ? { enable: this.#bit() } : {});
        for (const signal of leavesOf(data)) this.#add(signal);
      });
  }

  #instance(part: Circuit): void {
    const connect = (shape: Shape): unknown => {
      if (shape instanceof Interval) return shape.isConstant ? shape.min : this.#fit(shape);
      if ('length' in shape && 'element' in shape)
        return this.#draw.times(shape.length as number, () => connect(shape.element as Shape));
      return Object.fromEntries(Object.entries(shape).map(([key, inner]) => [key, connect(inner)]));
    };
    const outputs = part(
      connect(part.inputs) as never,
      this.#draw.oneIn(2) ? {} : { name: `part_${this.#names++}` },
    );
    for (const signal of leavesOf(outputs)) this.#add(signal);
  }

  /** One bit from each domain to the other, from a register. */
  #synchronisers(): void {
    for (const [from, to] of [this.#domains, this.#domains.toReversed()] as [ClockDomain, ClockDomain][]) {
      let bit: Signal | undefined;
      this.#in(from, () => {
        bit = registered(this.#bit());
      });
      this.#in(to, () => this.#add(synchronise(bit!, this.#draw.between(2, 3))));
    }
  }

  #outputs(): SignalRecord {
    const draw = this.#draw;
    const outputs: Record<string, SignalRecord[string]> = {};
    for (const [i, domain] of this.#domains.entries()) {
      this.#in(domain, () => {
        if (draw.oneIn(3)) cover(this.#bit(), 'it happens');
        outputs[`state_${i}`] = registered(this.#pick(), { initial: 0 });
        const unused = this.#pool.filter(signal => !this.#used.has(signal));
        unused.slice(-6).forEach((signal, j) => {
          outputs[`left_${i}_${j}`] = signal;
        });
        outputs[`same_${i}`] = this.#pick();
        outputs[`many_${i}`] = draw.times(draw.between(1, 3), () => this.#pick());
        if (draw.oneIn(2)) outputs[`pair_${i}`] = { a: this.#pick(), b: [this.#pick()] };
        // An output of the name that the signal has already.
        const owned = this.#pick();
        if (owned.name !== undefined && owned.origin.kind !== 'input' && draw.oneIn(2))
          outputs[owned.name] = owned;
      });
    }
    return outputs;
  }
}

/** The signals of a tree that can change. */
function leavesOf(tree: unknown): Signal[] {
  const isSignal = (value: unknown): value is Signal => value instanceof Signal;
  return fieldsOf(tree, isSignal)
    .flatMap(({ elements }) => elements)
    .filter(signal => signal.constant === undefined);
}
