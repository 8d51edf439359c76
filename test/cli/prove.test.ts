import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hdlGen, installTercet, workspace } from './helpers.ts';

/** The table without its times. */
function table(stdout: string): string {
  return stdout.replaceAll(/ +\d+\.\d(\n| s\n)/g, ' …$1').replaceAll(/ +\n/g, '\n');
}

describe('hdl-gen prove', () => {
  test('tells what is proved and what is only tested', async () => {
    const { status, stdout, stderr } = await hdlGen('prove --lanes 2 --activation-bits 2 --init-bits 0', {
      cwd: workspace(),
    });
    expect(`\n${table(stdout)}`).toMatchInlineSnapshot(`
      "
        array  2 lanes x 1 row, 2 bits

        claim                        size                       state   how                                      seconds
        weight decoder = arithmetic  2bit x 2 bits              proved  all 16 pairs of code and activation …
        word decoder = weights       2bit: 1 weight in 2 bits   proved  all 4 words and 3 groups of weights …
        word decoder = weights       5in8: 5 weights in 8 bits  proved  all 256 words and 243 groups of weights …
        word decoder = weights       1of2: 2 weights in 3 bits  proved  all 8 words and 5 groups of weights …
        lane gate = specification    2 bits                     proved  by induction over time …
        tree node = specification    2 + 2 bits                 proved  by induction over time …
        dot product = specification  1 x 1 bits to 2 x 2 bits   proved  by induction over time …
        whole array = products       2 lanes x 1 row, 2 bits    tested  360 random sums in 2,010 cycles …
        netlist for up5k = Verilog   2 lanes x 1 row, 2 bits    proved  by induction over time …

        11 claims proved, 1 claim only tested in … s
      "
    `);
    expect(stderr).toContain('proving: netlist for up5k = Verilog\n');
    expect(status).toBe(0);
  });

  test('leaves open what is not decided in the time, and says so as a document too', async () => {
    const { status, stdout, stderr } = await hdlGen('prove --lanes 8 --timeout 1 --json', {
      cwd: workspace(),
    });
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ schema: 'tercet.prove/1', config: { lanes: 8 }, verdict: 'open' });
    expect(document.claims[0]).toMatchObject({ kind: 'decoder', status: 'proved' });
    expect(document.claims.at(-1)).toMatchObject({ kind: 'netlist', status: 'open' });
    expect(stderr).toMatch(/warning TCT-6103: \d+ claims neither proved nor refuted/);
    expect(status).toBe(3);
  });
});

/** A counter that jumps over 10, or that forgets to look for it where `step` is 2. */
const source = `import { assert, bit, component, cover, mux, named, range, register, type Signal } from 'tercet';

const counter = (name: string, isEnd: (next: Signal) => Signal) =>
  component(name, {
    inputs: { step: range(0, 2), hold: bit },
    build({ step, hold }) {
      const count = register(range(0, 15), { reset: true });
      const next = count.add(step);
      count.next(mux(hold, count, mux(isEnd(next), 0, next.wrap(range(0, 15)))));
      assert(count.lessThan(10), 'the count is a digit', { subject: count });
      cover(count.equals(9), 'the count reaches 9');
      cover(count.equals(12), 'the count reaches 12');
      return named({ count });
    },
  });

export const good = counter('good', next => next.atLeast(10));
export const bad = counter('bad', next => next.equals(10));
const once = component('once', {
  inputs: { a: bit },
  build({ a }) {
    const seen = register(bit, { reset: true });
    seen.next(seen.or(a));
    return named({ seen });
  },
});

export const both = component('both', {
  inputs: { a: bit, b: bit },
  build({ a, b }) {
    const [first, second] = [once({ a }).seen, once({ a: b }).seen];
    cover(first.and(second), 'both were seen');
    return named({ y: first.xor(second) });
  },
});

export const silent = component('silent', { inputs: { a: bit }, build: ({ a }) => named({ y: a.not() }) });
`;

function project(): string {
  const cwd = workspace();
  installTercet(cwd);
  writeFileSync(join(cwd, 'my.ts'), source);
  return cwd;
}

describe('hdl-gen prove --circuit', () => {
  test('proves assertions by induction, with inputs in their intervals, and finds what covers ask for', async () => {
    const { status, stdout, stderr } = await hdlGen('prove --circuit my.ts#good', { cwd: project() });
    expect(`\n${table(stdout)}`).toMatchInlineSnapshot(`
      "
        circuit  my.ts#good

        claim                        size         state    how                                       seconds
        no assertion is ever broken  1 assertion  proved   by induction over 1 cycle …
        cover: the count reaches 9                proved   reached in cycle 5, in our engine too …
        cover: the count reaches 12               refuted  never reached, by induction over 1 cycle …

        2 claims proved, 1 claim refuted in … s
      "
    `);
    expect(stderr).toContain('error TCT-6034: refuted: cover: the count reaches 12: never reached');
    expect(status).toBe(1);
  });

  test('shows the inputs that break an assertion, and that the engine stops there too', async () => {
    const { status, stdout } = await hdlGen('prove --circuit my.ts#bad --json', { cwd: project() });
    const { verdict, claims } = JSON.parse(stdout);
    expect(verdict).toBe('refuted');
    expect(claims[0]).toMatchObject({
      kind: 'assert',
      status: 'refuted',
      counterexample: { replayed: true },
    });
    expect(claims[0].how).toContain('the count is a digit');
    expect(claims[0].counterexample.waveform).toMatch(/^count .*│9 +│11/m);
    expect(claims[1]).toMatchObject({ what: 'cover: the count reaches 9', status: 'proved' });
    // A simulation would stop before it gets there.
    expect(claims[2]).toMatchObject({ what: 'cover: the count reaches 12', status: 'refuted' });
    expect(status).toBe(1);
  });

  test('finds a cover that a simulation counts: while no reset is 1', async () => {
    const { status, stdout } = await hdlGen('prove --circuit my.ts#both', { cwd: project() });
    expect(stdout).toMatch(/cover: both were seen +proved +reached in cycle \d+, in our engine too/);
    expect(status).toBe(0);
  });

  test('is refused for a circuit without properties', async () => {
    const { status, stderr } = await hdlGen('prove --circuit my.ts#silent', { cwd: project() });
    expect(stderr).toContain("error TCT-6036: 'my.ts#silent' has no properties");
    expect(status).toBe(2);
  });
});
