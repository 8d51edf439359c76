import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Activity,
  activityOf,
  type Band,
  coefficientsOf,
  estimate,
  kinds,
  wholeChip,
} from '../../energy/index.ts';
import { findDevice, type PlacedDesign } from '../../synth/index.ts';
import { sketch, toggler } from './designs.ts';

const up5k = coefficientsOf(findDevice('up5k'));

/** Counts by the name of a net, of a million cycles at 1 MHz: so counts are changes in a second. */
function counted(
  design: PlacedDesign,
  functional: Readonly<Record<string, number>>,
  all?: Readonly<Record<string, number>>,
): Activity {
  const list = (of: Readonly<Record<string, number>>) => design.nets.map(({ name }) => of[name] ?? 0);
  return {
    ...{ seconds: 1, clockMHz: 1, functional: list(functional) },
    timed: all === undefined ? undefined : { all: list(all), inner: new Map() },
  };
}

describe('the energy of a flip-flop that toggles through a table, at 1 MHz', () => {
  const design = toggler();
  const { table, volts } = up5k;
  const result = estimate(design, counted(design, { q: 1e6, next: 1e6 }, { q: 1e6, next: 3e6 }), up5k);
  /** mW of so many fJ, a million times in a second. */
  const atOneMHz = (femtojoules: number) => femtojoules * 1e-15 * 1e6 * 1e3;

  test('is its static current at its supply', () => {
    const microamps = table.static.mid + 2 * table.staticPerCell.mid;
    expect(result.byKind.static.mid).toBeCloseTo((microamps * volts) / 1000, 12);
  });

  test('is the clock on its network, in one tile and in one flip-flop', () => {
    const femtojoules = 1000 * table.globalNetwork.mid + table.clockedTile.mid + table.clockedFlipFlop.mid;
    expect(result.byKind.clock.mid).toBeCloseTo(atOneMHz(femtojoules), 12);
    expect(result.byModule.get(wholeChip)!.clock.mid).toBeCloseTo(
      atOneMHz(1000 * table.globalNetwork.mid),
      12,
    );
  });

  test('is two outputs with an input each, and their wires', () => {
    expect(result.byKind.logic.mid).toBeCloseTo(atOneMHz(2 * (table.cellOutput.mid + table.pin.mid)), 12);
    const wires = 2 * (table.outputWire.mid + table.local.mid) + 2 * table.span4.mid;
    expect(result.byKind.nets.mid).toBeCloseTo(atOneMHz(wires), 12);
  });

  test('is two more changes of the table, which the module of the table pays', () => {
    const { cellOutput, pin, outputWire, local, span4 } = table;
    const one = cellOutput.mid + pin.mid + outputWire.mid + local.mid + 2 * span4.mid;
    expect(result.byKind.glitches.mid).toBeCloseTo(atOneMHz(2 * one), 12);
    expect(result.byModule.get('top.inner')!.glitches.mid).toBeCloseTo(atOneMHz(2 * one), 12);
    expect(result.byModule.get('top')!.glitches.mid).toBe(0);
  });
});

describe('an estimate', () => {
  const design = toggler();
  const counts = fc.record({ q: fc.nat(1e9), next: fc.nat(1e9), more: fc.nat(1e9) });

  test('is ordered, and its parts add up to it', () => {
    fc.assert(
      fc.property(counts, fc.boolean(), ({ q, next, more }, isTimed) => {
        const activity = counted(design, { q, next }, isTimed ? { q, next: next + more } : undefined);
        const { total, byKind, byModule, byOrigin } = estimate(design, activity, up5k);
        const modules = [...byModule.values()].flatMap(of => Object.values(of));
        for (const parts of [Object.values(byKind), modules, Object.values(byOrigin)])
          for (const which of ['low', 'mid', 'high'] as const)
            expect(parts.reduce((all, part) => all + part[which], 0)).toBeCloseTo(total[which], 9);
        for (const { low, mid, high } of Object.values(byKind)) {
          expect(low).toBeLessThanOrEqual(mid);
          expect(mid).toBeLessThanOrEqual(high);
        }
      }),
    );
  });

  test('grows with every change', () => {
    fc.assert(
      fc.property(counts, ({ q, next, more }) => {
        const of = (changes: number): Band =>
          estimate(design, counted(design, { q, next: changes }, { q, next: changes }), up5k).total;
        expect(of(next + more + 1).mid).toBeGreaterThan(of(next).mid);
      }),
    );
  });

  test('is the static current alone where the clock stands', () => {
    const nets = design.nets.map(({ name }) => ({ name, bit: 2, functional: 5, all: 9, ones: 5 }));
    const { byKind } = estimate(design, activityOf(design, { cycles: 10, nets }, 0), up5k);
    expect(kinds.filter(kind => byKind[kind].high > 0)).toEqual(['static']);
  });

  test('of twice the clock has twice of all but the static current', () => {
    const nets = [{ name: 'q', bit: 2, functional: 7, all: 11, ones: 4 }];
    const at = (mhz: number) => estimate(design, activityOf(design, { cycles: 20, nets }, mhz), up5k).byKind;
    const [slow, fast] = [at(12), at(24)];
    for (const kind of kinds)
      expect(fast[kind].mid).toBeCloseTo(slow[kind].mid * (kind === 'static' ? 1 : 2), 12);
  });

  test('allows for glitches where nobody has counted them', () => {
    const { byKind } = estimate(design, counted(design, { q: 1e6, next: 1e6 }), up5k);
    expect(byKind.glitches.low).toBe(0);
    expect(byKind.glitches.mid).toBeGreaterThan(0);
    expect(byKind.glitches.high).toBeGreaterThan(byKind.glitches.mid);
  });

  test('allows for none at flip-flops, which change once in a cycle', () => {
    const guessed = estimate(design, counted(design, { q: 1e6 }), up5k);
    expect(guessed.byKind.nets.mid).toBeGreaterThan(0);
    expect(guessed.byKind.glitches.high).toBe(0);
    expect(guessed.byOrigin.guessed.high).toBe(2 * up5k.table.staticPerCell.high * up5k.volts * 1e-3);
  });
});

describe('what belongs to the chip, and blocks', () => {
  const clk = {
    type: 'SB_GB',
    bel: 'X6/Y0/gb',
    ports: { GLOBAL_BUFFER_OUTPUT: 'clk', USER_SIGNAL_TO_GLOBAL_BUFFER: 'in' },
  };

  describe('a memory is charged with each cycle in which a port is enabled', () => {
    const one = { bel: 'X1/Y1/lc0', parameters: { LUT_INIT: '0000000000000001' }, ports: { O: 'one' } };
    const zero = { bel: 'X1/Y1/lc1', parameters: { LUT_INIT: '0000000000000000' }, ports: { O: 'zero' } };
    const memory = (type: string, ports: Readonly<Record<string, string>>): PlacedDesign =>
      sketch({ clk, one, zero, memory: { type, bel: 'X6/Y3/ram', ports } }, { clk: { global: 1 } });
    /** Accesses in a cycle, where `few` is 1 in a tenth of all cycles and `many` in two thirds. */
    const accesses = (design: PlacedDesign, coefficient: 'bramAccess' | 'spramAccess'): number => {
      const parts: Readonly<Record<string, number>> = { few: 0.1, many: 0.667 };
      const ones = design.nets.map(({ name }) => parts[name] ?? 0);
      const { byKind } = estimate(design, { ...counted(design, {}, {}), ones }, up5k);
      return byKind.memory.mid / (up5k.table[coefficient].mid * 1e-12 * 1e6 * 1e3);
    };

    test.each([
      [{ RCLK: 'clk', RE: 'one', RCLKE: 'one' }, 1],
      [{ RCLK: 'clk', RE: 'one', RCLKE: 'many', WCLK: 'clk', WE: 'one', WCLKE: 'few' }, 0.767],
      [{ RCLK: 'clk', RE: 'many', RCLKE: 'few' }, 0.1],
      [{ RCLK: 'clk', RE: 'one', RCLKE: 'one', WCLK: 'clk', WE: 'zero', WCLKE: 'one' }, 1],
      [{ RCLK: 'zero', RE: 'one', RCLKE: 'one' }, 0],
    ])('block RAM with %o: %f', (ports, expected) => {
      expect(accesses(memory('ICESTORM_RAM', ports), 'bramAccess')).toBeCloseTo(expected, 9);
    });

    test.each([
      [{ CLOCK: 'clk', CHIPSELECT: 'one', STANDBY: 'zero', SLEEP: 'zero', POWEROFF: 'one' }, 1],
      [{ CLOCK: 'clk', CHIPSELECT: 'many', STANDBY: 'zero', SLEEP: 'zero', POWEROFF: 'one' }, 0.667],
      [{ CLOCK: 'clk', CHIPSELECT: 'one', STANDBY: 'many', SLEEP: 'zero', POWEROFF: 'one' }, 0.333],
      [{ CLOCK: 'clk', CHIPSELECT: 'one', STANDBY: 'zero', SLEEP: 'zero', POWEROFF: 'zero' }, 0],
    ])('SPRAM with %o: %f', (ports, expected) => {
      expect(accesses(memory('ICESTORM_SPRAM', ports), 'spramAccess')).toBeCloseTo(expected, 9);
    });

    test('in all cycles where nobody knows better', () => {
      const design = memory('ICESTORM_RAM', { RCLK: 'clk', RE: 'one', RCLKE: 'many' });
      const { byKind } = estimate(design, counted(design, {}), up5k);
      expect(byKind.memory.mid).toBeCloseTo(up5k.table.bramAccess.mid * 1e-12 * 1e6 * 1e3, 12);
    });
  });

  test('a constant on the clock of a block is no clock', () => {
    const design = sketch({
      zero: { bel: 'X1/Y1/lc0', ports: { O: 'zero' } },
      buffer: {
        ...{ type: 'SB_GB', bel: 'X6/Y0/gb' },
        ports: { USER_SIGNAL_TO_GLOBAL_BUFFER: 'zero', GLOBAL_BUFFER_OUTPUT: 'never' },
      },
      block: { type: 'ICESTORM_DSP', bel: 'X0/Y5/mac16_0', ports: { CLK: 'never', A_0: 'a' } },
    });
    const { byKind } = estimate(design, counted(design, { a: 2 }, { a: 2 }), up5k);
    expect(byKind.clock.high).toBe(0);
    expect(byKind.dsp.mid).toBeCloseTo(2 * up5k.table.dspInput.mid * 1e-12 * 1e3, 15);
  });

  test('a pin is paid by its bank, for its changes', () => {
    const design = sketch({ pin: { type: 'SB_IO', bel: 'X1/Y0/io0', ports: { D_OUT_0: 'out' } } });
    const { byKind } = estimate(design, counted(design, { out: 1e6 }, { out: 1e6 }), up5k);
    expect(byKind.io.mid).toBeCloseTo(1e6 * up5k.table.outputPin.mid * 1e-12 * 1e3, 12);
  });

  test('what the model does not know is told', () => {
    const design = sketch({
      led: { type: 'SB_RGBA_DRV', bel: 'X0/Y30/rgba_drv_0', ports: { CURREN: 'on' } },
    });
    expect([...estimate(design, counted(design, {}), up5k).notModelled]).toEqual([['SB_RGBA_DRV', 1]]);
  });
});

describe('a net that nextpnr did not route', () => {
  const far = (bel: string) =>
    sketch({
      from: { bel: 'X1/Y1/lc0', ports: { O: 'net' } },
      to: { bel, ports: { I0: 'net' } },
    });
  const wires = (bel: string) => {
    const design = far(bel);
    return estimate(design, counted(design, { net: 1e6 }, { net: 1e6 }), up5k).byKind.nets.mid;
  };

  test('needs no more than a local wire to the tiles around', () => {
    const { outputWire, local } = up5k.table;
    for (const bel of ['X1/Y1/lc5', 'X2/Y2/lc0', 'X2/Y0/lc7'])
      expect(wires(bel)).toBeCloseTo((outputWire.mid + local.mid) * 1e-6, 12);
  });

  test('needs a span-4 wire for each four tiles between', () => {
    const { outputWire, local, span4 } = up5k.table;
    expect(wires('X5/Y1/lc0')).toBeCloseTo((outputWire.mid + local.mid + span4.mid) * 1e-6, 12);
    expect(wires('X9/Y9/lc0')).toBeCloseTo((outputWire.mid + local.mid + 4 * span4.mid) * 1e-6, 12);
  });
});

describe('devices', () => {
  test('that were not measured have a wider band, and say so', () => {
    for (const name of ['hx8k', 'hx1k', 'lp8k', 'lp384', 'up3k', 'u4k']) {
      const { isMeasured, table } = coefficientsOf(findDevice(name));
      expect(isMeasured).toBe(false);
      for (const [coefficient, { low, mid, high, origin }] of Object.entries(table)) {
        const known = up5k.table[coefficient as keyof typeof table];
        expect(origin).toBe('guessed');
        expect(high / low).toBeGreaterThan(known.high / known.low);
        expect(low).toBeLessThan(mid);
        expect(mid).toBeLessThan(high);
      }
    }
  });
});
