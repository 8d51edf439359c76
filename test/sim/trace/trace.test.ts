import { describe, expect, test } from 'vitest';
import { bit, type Circuit, int, range, uint } from '../../../ir/index.ts';
import { createSimulation, vcd, waveform } from '../../../sim/index.ts';
import { Builder } from '../helpers/builder.ts';

/** A sum and a toggling bit, in two domains, under names of two levels. */
function traced(): Circuit {
  const b = new Builder('traced', ['', 'slow']);
  const enable = b.input('enable', bit);
  const x = b.input('x', int(4));
  const sum = b.register(int(6));
  const next = b.cell('wrap', [b.cell('add', [sum, x])], { to: int(6) });
  b.drive(sum, next, { enable });
  const toggle = b.register(bit, 1n, 1);
  b.drive(toggle, b.cell('xor', [toggle, b.constant(1n, range(1, 1))]));
  b.output('sum', sum);
  b.signal('core.next', next);
  b.signal('core.sum', sum);
  b.signal('core.slow.toggle', toggle);
  b.signal('wide', b.cell('concat', [x, x], { widths: [40, 4] }));
  return b.circuit;
}

function drive(simulation: ReturnType<typeof createSimulation>): void {
  simulation.step();
  simulation.set('enable', 1);
  simulation.set('x', 7);
  simulation.step(3);
  simulation.set('x', -8);
  simulation.step(2, { domains: [''] });
  simulation.set('enable', 0);
  simulation.step(1, { domains: ['slow'] });
}

describe.each(['compiled', 'oracle'] as const)('traces (%s)', engine => {
  test('a waveform of a signal that is not there is refused before the first cycle', () => {
    const simulation = createSimulation(traced(), { engine });
    expect(() => simulation.trace(waveform({ signals: ['wide', 'narrow'] }))).toThrow(
      expect.objectContaining({ code: 'TCT-3002', message: "there is no signal 'narrow'" }),
    );
    expect(`${waveform({ signals: ['wide'] })}`).toBe('cycle');
  });

  test('a waveform as text', () => {
    const simulation = createSimulation(traced(), { engine });
    const all = waveform();
    const stop = simulation.trace(all);
    drive(simulation);
    stop();
    simulation.step(5);
    expect(`\n${all}`).toMatchInlineSnapshot(`
      "
      cycle             0    1    2    3    4    5    6    7
      enable           ▁▁▁▁▁▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▁▁▁▁▁▁▁▁▁▁
      x                │0   │7             │-8
      sum              │0        │7   │14  │21  │13  │5
      core.next        │0   │7   │14  │21  │13  │5   │-3
      core.sum         │0        │7   │14  │21  │13  │5
      core.slow.toggle ▔▔▔▔▔▁▁▁▁▁▔▔▔▔▔▁▁▁▁▁▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▁▁▁▁▁
      wide             │0   │7696581394439 │9895604649976"
    `);
  });

  test('chosen signals in another base', () => {
    const chosen = waveform({ signals: ['core.slow.toggle', 'wide'], radix: 16 });
    const simulation = createSimulation(traced(), { engine, trace: chosen });
    drive(simulation);
    expect(`\n${chosen}`).toMatchInlineSnapshot(`
      "
      cycle             0   1   2   3   4   5   6
      core.slow.toggle ▔▔▔▔▁▁▁▁▔▔▔▔▁▁▁▁▔▔▔▔▔▔▔▔▔▔▔▔
      wide             │0  │70000000007│8fffffffff8"
    `);
  });

  test('a value change dump', () => {
    const simulation = createSimulation(traced(), { engine });
    let text = '';
    const stop = simulation.trace(
      vcd(piece => {
        text += piece;
      }),
    );
    drive(simulation);
    stop();
    expect(text).toMatchInlineSnapshot(`
      "$timescale 1 ns $end
      $scope module traced $end
      $var wire 1 * clk $end
      $var wire 1 + slow_clk $end
      $var wire 1 ! enable $end
      $var wire 4 " x $end
      $var wire 6 # sum $end
      $var wire 44 ) wide $end
      $scope module core $end
      $var wire 6 % next $end
      $var wire 6 # sum $end
      $scope module slow $end
      $var wire 1 & toggle $end
      $upscope $end
      $upscope $end
      $upscope $end
      $enddefinitions $end
      #0
      $dumpvars
      0*
      0+
      0!
      b0 "
      b0 #
      b0 %
      1&
      b0 )
      $end
      #10
      1*
      1+
      1!
      b111 "
      b111 %
      0&
      b1110000000000000000000000000000000000000111 )
      #15
      0*
      0+
      #20
      1*
      1+
      b111 #
      b1110 %
      1&
      #25
      0*
      0+
      #30
      1*
      1+
      b1110 #
      b10101 %
      0&
      #35
      0*
      0+
      #40
      1*
      1+
      b1000 "
      b10101 #
      b1101 %
      1&
      b10001111111111111111111111111111111111111000 )
      #45
      0*
      0+
      #50
      1*
      b1101 #
      b101 %
      #55
      0*
      #60
      1*
      0!
      b101 #
      b111101 %
      #65
      0*
      #70
      1+
      0&
      #75
      0+
      #80
      "
    `);
  });

  test('a run with a trace gives what it gives without', () => {
    const stimuli = { enable: [1, 1, 0, 1], x: [3, -4, 5, -6] };
    const plain = createSimulation(traced(), { engine });
    const watched = createSimulation(traced(), { engine, trace: waveform() });
    expect(watched.runValues(stimuli)).toEqual(plain.runValues(stimuli));
    expect(watched.cycle).toBe(4);
  });
});

test('both engines write the same bytes for a long run', () => {
  const b = new Builder('long');
  const x = b.input('x', uint(70));
  b.output('y', b.registered(b.cell('complement', [b.registered(x)])));
  const texts = (['compiled', 'oracle'] as const).map(engine => {
    const simulation = createSimulation(b.circuit, { engine });
    let text = '';
    const stop = simulation.trace(
      vcd(piece => {
        text += piece;
      }),
    );
    simulation.runValues({ x: Array.from({ length: 2000 }, (_, i) => BigInt(i) ** 6n) });
    stop();
    return text;
  });
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]!.length).toBeGreaterThan(100_000);
});
