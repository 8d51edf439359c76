import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benchOf } from '../../hdl-gen/cli/cosim-bench.ts';
import { bit, component, elaborate, named, register, uint, wire } from '../../hdl-gen/lang/index.ts';
import { proveAssertions } from '../../proof/index.ts';
import { axiLayout, ternaryAxi, wishboneSlave } from '../../rtl/bus/index.ts';
import { type ArrayParameters, encodeRow, skidBuffer, streamLatency } from '../../rtl/ternary/index.ts';
import { simulate } from '../../sim/index.ts';
import { Draw } from '../support/draw.ts';
import { LintCases } from '../support/lint.ts';
import { caseOf } from '../support/random-case.ts';

/*
 * The array behind AXI4-Stream, held against plain sums of integers, with both sides pausing whenever they like.
 */

const anyArray = fc
  .record({
    arch: fc.constantFrom('tree', 'tree-folded', 'binary'),
    lanes: fc.integer({ min: 1, max: 9 }),
    rows: fc.integer({ min: 1, max: 3 }),
    activationBits: fc.constantFrom(1, 5, 8, 11),
    initBits: fc.constantFrom(0, 12),
    pipeline: fc.constantFrom(1, 2),
  })
  .map((some): ArrayParameters => ({ ...some, maxK: 64 }) as ArrayParameters);

/** A sum: its beats, and what each row has to give. */
interface Packet {
  readonly beats: readonly bigint[];
  readonly sums: readonly number[];
}

/** Values side by side in two's complement, element 0 lowest; the whole filled up to bytes. */
function packed(values: readonly number[], bits: number): { data: bigint; bits: number } {
  let data = 0n;
  for (const [i, value] of values.entries()) data |= BigInt.asUintN(bits, BigInt(value)) << BigInt(i * bits);
  return { data, bits: 8 * Math.ceil((values.length * bits) / 8) };
}

function side(parts: readonly { data: bigint; bits: number }[]): bigint {
  return parts.reduceRight((high, { data, bits }) => (high << BigInt(bits)) | data, 0n);
}

/** Draws a sum of a few beats, and says by itself what comes out. */
function drawPacket(array: ArrayParameters, draw: Draw): Packet {
  const { lanes, rows, activationBits, initBits, arch } = array;
  const steps = draw.between(1, Math.max(1, Math.min(4, Math.floor(64 / lanes))));
  const half = 2 ** (activationBits - 1);
  const x = draw.times(steps, () => draw.times(lanes, () => draw.between(-half, half - 1)));
  const weight = (): number => (arch === 'binary' ? 2 * draw.between(0, 1) - 1 : draw.between(-1, 1));
  const w = draw.times(rows, () => draw.times(steps * lanes, weight));
  const bias = draw.times(rows, () => (initBits === 0 ? 0 : draw.between(-500, 500)));
  const encoded = w.map((row, i) => encodeRow(row, array, i));
  const codeBits = arch === 'binary' ? 1 : 2;
  const sums = w.map((row, i) => {
    const sum = row.reduce((total, each, k) => total + each * x[Math.floor(k / lanes)]![k % lanes]!, 0);
    return sum + (initBits === 0 ? -encoded[i]!.constant : bias[i]!);
  });
  const beats = x.map((lane, step) =>
    side([
      packed(lane, activationBits),
      packed(
        encoded.flatMap(({ codes }) => codes[step]!),
        codeBits,
      ),
      ...(initBits === 0
        ? []
        : [
            packed(
              // It counts in the first beat only.
              encoded.map(({ constant }, i) => (step === 0 ? constant + bias[i]! : draw.between(-9, 9))),
              initBits,
            ),
          ]),
    ]),
  );
  return { beats, sums };
}

/** Plays packets; gives what comes out and in which cycle. */
function play(array: ArrayParameters, packets: readonly Packet[], pauses: { in(): boolean; out(): boolean }) {
  const run = simulate(ternaryAxi(array));
  const beats = packets.flatMap(packet =>
    packet.beats.map((tdata, i) => ({ tdata, tlast: i === packet.beats.length - 1 ? 1 : 0 })),
  );
  const out: { data: bigint; last: bigint; cycle: number }[] = [];
  let sent = 0;
  let offered = false;
  run.reset();
  for (let cycle = 0; out.length < packets.length; cycle++) {
    if (cycle > 40 * (beats.length + 40)) throw new Error('no sum comes any more');
    offered = sent < beats.length && (offered || !pauses.in());
    const beat = beats[offered ? sent : 0]!;
    const tready = pauses.out() ? 0 : 1;
    // `ready` towards the source is there before the source offers anything, and whatever the sink says.
    const readies = [0, 1].flatMap(tvalid =>
      [0, 1].map(other => {
        run.set({ s_axis: { ...beat, tvalid }, m_axis: { tready: other } });
        return run.get('s_axis').tready;
      }),
    );
    expect(new Set(readies).size).toBe(1);
    run.set({ s_axis: { ...beat, tvalid: offered ? 1 : 0 }, m_axis: { tready } });
    const { tvalid, tdata, tlast } = run.get('m_axis');
    if (tvalid === 1n && tready === 1) out.push({ data: tdata, last: tlast, cycle });
    if (offered && readies[0] === 1n) {
      sent++;
      offered = false;
    }
    run.step();
  }
  return out;
}

describe('the array behind AXI4-Stream', () => {
  it('gives the sums of plain integers, and the same ones whatever pauses there are', () => {
    fc.assert(
      fc.property(anyArray, fc.nat(), fc.integer({ min: 2, max: 6 }), (array, seed, calm) => {
        const draw = new Draw(seed);
        const packets = draw.times(6, () => drawPacket(array, draw));
        const bytes = axiLayout(array).output.bits / 8 / array.rows;
        const sums = packets.map(packet => side(packet.sums.map(sum => packed([sum], 8 * bytes))));
        const never = { in: () => false, out: () => false };
        const plain = play(array, packets, never);
        expect(plain.map(({ data }) => data)).toEqual(sums);
        expect(plain.every(({ last }) => last === 1n)).toBe(true);
        const paused = play(array, packets, { in: () => draw.oneIn(calm), out: () => draw.oneIn(calm) });
        const rare = play(array, packets, { in: () => false, out: () => !draw.oneIn(calm) });
        for (const other of [paused, rare]) expect(other.map(({ data }) => data)).toEqual(sums);
      }),
      { numRuns: 12 },
    );
  });

  it('is as late as the bare stream, and takes a beat in each cycle', () => {
    const array: ArrayParameters = {
      lanes: 4,
      rows: 2,
      activationBits: 8,
      maxK: 64,
      initBits: 12,
      pipeline: 1,
    };
    const draw = new Draw(3);
    const packets = draw.times(5, () => drawPacket(array, draw));
    const out = play(array, packets, { in: () => false, out: () => false });
    let beats = 0;
    const due = packets.map(packet => {
      beats += packet.beats.length;
      return beats - 1 + streamLatency(array);
    });
    expect(out.map(({ cycle }) => cycle)).toEqual(due);
  });

  it('lays its data out in whole bytes', () => {
    const { input, output } = axiLayout({
      lanes: 3,
      rows: 2,
      activationBits: 5,
      maxK: 9,
      initBits: 3,
      pipeline: 1,
    });
    const places = ({ fields }: typeof input) =>
      fields.map(({ name, low, elements, stride }) => ({ name, low, elements, stride }));
    expect([input.bits, output.bits]).toEqual([40, 32]);
    expect(places(input)).toEqual([
      { name: 'x', low: 0, elements: 3, stride: 5 },
      { name: 'w', low: 16, elements: 6, stride: 2 },
      { name: 'init', low: 32, elements: 2, stride: 3 },
    ]);
    expect(places(output)).toEqual([{ name: 'y', low: 0, elements: 2, stride: 16 }]);
  });

  // Its Verilog, and that of the slave below.
  const linted = new LintCases();
  for (const [i, initBits] of [0, 12].entries()) {
    const array: ArrayParameters = { lanes: 5, rows: 2, activationBits: 8, maxK: 64, initBits, pipeline: 1 };
    linted.add(`axi ${i}`, caseOf(ternaryAxi(array), 1, 1).forIcarus);
  }
  linted.add(
    'wishbone',
    caseOf(wishboneSlave({ windowBits: { registers: 4, weights: 10, activations: 16, results: 8 } }), 1, 1)
      .forIcarus,
  );
  linted.tests();
});

describe('the place for one sum', () => {
  /** Behind a source that keeps what it offers, as the array does. */
  const kept = component('kept', {
    inputs: { valid: bit, data: uint(3), ready: bit },
    build: ({ valid, data, ready }) =>
      named({
        out: {
          ...skidBuffer(ready, taken => {
            const { moves } = named({ moves: wire(bit) });
            const offered = register(bit, { reset: true, enable: moves }).next(valid);
            const value = register(uint(3), { enable: moves }).next(data);
            moves.drive(taken.or(offered.not()));
            return { valid: offered, data: [value] };
          }),
        },
      }),
  });

  it('is proved to keep what it offers, and a faulty one is refuted', async () => {
    const bench = benchOf(elaborate(kept), { seed: 1 });
    expect((await proveAssertions(bench, { cycles: 8 })).status).toBe('proved');
    const files = Object.entries(bench.files).map(([name, text]) => {
      const faulty = text.replace('full <= stalls;', "full <= 1'b0;");
      expect(faulty).not.toBe(text);
      return [name, faulty] as const;
    });
    const faulty = { ...bench, files: Object.fromEntries(files) };
    expect((await proveAssertions(faulty, { cycles: 8 })).status).toBe('refuted');
  });
});

/** A host port that is slow when it likes: memory behind it, `ready` and answers as they are given. */
function slave() {
  const run = simulate(
    wishboneSlave({ windowBits: { registers: 4, weights: 10, activations: 16, results: 8 } }),
  );
  run.reset();
  return run;
}

describe('the Wishbone slave', () => {
  it('reads and writes words as a memory does, however slow the core is and whatever the master gives up', () => {
    const transfer = fc.record({
      write: fc.boolean(),
      window: fc.constantFrom(0, 1, 2, 3),
      word: fc.constantFrom(0, 3, 15, 16, 255, 256, 1023, 1024, 65_535),
      sel: fc.constantFrom(15, 15, 15, 7, 1, 0),
      data: fc.nat(0xffff_ffff),
      /** Cycles after which the master gives it up. */
      patience: fc.constantFrom(1, 2, 3, 50, 50, 50),
      pause: fc.nat(2),
    });
    const slowness = fc.record({ ready: fc.integer({ min: 1, max: 4 }), answer: fc.nat(3), seed: fc.nat() });
    fc.assert(
      fc.property(fc.array(transfer, { minLength: 5, maxLength: 60 }), slowness, (transfers, slow) => {
        const draw = new Draw(slow.seed);
        const limits = [16, 1024, 65_536, 256];
        const run = slave();
        const memory = new Map<number, number>();
        const expected = new Map<number, number>();
        let answer: { in: number; data: number } | undefined;
        const cycle = (wb: Record<'cyc_i' | 'stb_i' | 'we_i' | 'adr_i' | 'sel_i' | 'dat_i', number>) => {
          const ready = draw.oneIn(slow.ready) ? 1 : 0;
          const isThere = answer?.in === 0;
          const response = isThere
            ? { valid: 1, data: answer!.data }
            : { valid: 0, data: draw.below(2 ** 32) };
          run.set({ wb, host: { ready, response } });
          const { request } = run.get('host');
          const said = run.get('wb');
          // Whoever drives the host port asks nothing while an answer is on its way.
          if (answer !== undefined) expect(request.read | request.write).toBe(0n);
          expect(request.read & request.write).toBe(0n);
          answer = answer === undefined || isThere ? undefined : { ...answer, in: answer.in - 1 };
          if ((request.read | request.write) === 1n && ready === 1) {
            const address = Number(request.address);
            if (request.write === 1n) memory.set(address, Number(request.data));
            else answer = { in: draw.below(slow.answer + 1), data: memory.get(address) ?? 0 };
          }
          run.step();
          return said;
        };
        const nothing = { cyc_i: 0, stb_i: 0, we_i: 0, adr_i: 0, sel_i: 0, dat_i: 0 };
        for (const { write, window, word, sel, data, patience, pause } of transfers) {
          const address = window * 65_536 + word;
          const isBad = word >= limits[window]! || (write && sel !== 15);
          const wb = { cyc_i: 1, stb_i: 1, we_i: write ? 1 : 0, adr_i: address, sel_i: sel, dat_i: data };
          const isOver = (): boolean => {
            const { ack_o, err_o, dat_o } = cycle(wb);
            expect(ack_o & err_o).toBe(0n);
            if (ack_o === 0n && err_o === 0n) return false;
            expect(err_o === 1n).toBe(isBad);
            if (!isBad && !write) expect(Number(dat_o)).toBe(expected.get(address) ?? 0);
            return true;
          };
          let waited = 1;
          let over = isOver();
          while (!over && waited++ < patience) over = isOver();
          if (patience >= 50) expect(over).toBe(true);
          // A write that was given up is done or not; both are right.
          if (!isBad && write) expected.set(address, over ? data : (memory.get(address) ?? 0));
          // Where a transfer ends without an answer, the master drops `stb`: else it would be the same transfer.
          for (let i = over ? 0 : -1; i < pause; i++) {
            const { ack_o, err_o } = cycle(nothing);
            expect([ack_o, err_o]).toEqual([0n, 0n]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('takes two cycles for a transfer where the core is quick', () => {
    const run = slave();
    const wb = { cyc_i: 1, stb_i: 1, we_i: 1, adr_i: 3, sel_i: 15, dat_i: 7 };
    run.set({ wb, host: { ready: 1, response: { valid: 0, data: 0 } } });
    const acks = Array.from({ length: 4 }, () => {
      const { ack_o } = run.get('wb');
      run.step();
      return ack_o;
    });
    expect(acks).toEqual([0n, 1n, 0n, 1n]);
  });
});
