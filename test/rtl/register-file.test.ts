import { describe, expect, it } from 'vitest';
import { component, registered, type Signal, uint } from '../../hdl-gen/lang/index.ts';
import { magic, pack, registerOf } from '../../protocol/index.ts';
import { hostRequest, registerFile } from '../../rtl/host-port/index.ts';
import { simulate } from '../../sim/index.ts';

/* The registers behind the host port, read as a host reads them. */

/** What the test does not look at. */
const rest = {
  limits: { activationDepth: 256, initialValues: 256 },
  status: { busy: 0, running: 0, queued: 0, runningHalf: 0, startLost: 0, bufferInUse: 0, jobsDone: 0 },
  cycles: { cycles: 0 },
};

const sources = {
  configuration: { hash: 0xdead_beef },
  geometry: { lanes: 64, rows: 3, batch: 8 },
  numbers: { activationBits: 8, sumBits: 21, encoding: 1, outputStage: 0, doubleBuffered: 1 },
  weightCapacity: { words: 32_768 },
  activationCapacity: { words: 512 },
  resultCapacity: { words: 256 },
  ...rest,
};

const device = component('registers_alone', {
  inputs: { request: hostRequest, lanes: uint(16) },
  build: ({ request, lanes }) => {
    const { response } = registerFile(request, { ...sources, geometry: { lanes, rows: 3, batch: 8 } });
    return { response };
  },
});

describe('the register file', () => {
  it('answers a read one edge later, with fields of numbers and of signals', () => {
    const run = simulate(device).set({ lanes: 64 });
    const read = (address: number): bigint | undefined => {
      run.set({ request: { read: 1, write: 0, address, data: 0 } }).step();
      run.set({ request: { read: 0 } });
      const { valid, data } = run.get('response');
      run.step();
      expect(run.get('response').valid).toBe(0n);
      return valid === 1n ? data : undefined;
    };
    const words = Array.from({ length: 8 }, (_, address) => read(address));
    expect(words).toEqual(
      [
        magic,
        pack(registerOf('version'), { major: 2, minor: 0 }),
        0xdead_beef,
        pack(registerOf('geometry'), { lanes: 64, rows: 3, batch: 8 }),
        pack(registerOf('numbers'), {
          activationBits: 8,
          sumBits: 21,
          encoding: 1,
          outputStage: 0,
          doubleBuffered: 1,
        }),
        32_768,
        512,
        256,
      ].map(BigInt),
    );
  });

  it('does not answer a write, and a write changes nothing that is only read', () => {
    const run = simulate(device).set({ request: { read: 0, write: 1, address: 0, data: 7 } });
    run.step(2);
    expect(run.get('response').valid).toBe(0n);
    run.set({ request: { read: 1, write: 0 } }).step();
    expect(run.get('response')).toEqual({ valid: 1n, data: BigInt(magic) });
  });

  it('answers two edges later where it is asked to', () => {
    const late = component('late_registers', {
      inputs: { request: hostRequest },
      build: ({ request }) => ({ response: registerFile(request, sources, { isLate: true }).response }),
    });
    const run = simulate(late).set({ request: { read: 0, write: 0, address: 2, data: 0 } });
    const answers = [0, 1, 0, 0, 0].map(read => {
      run.set({ request: { read } }).step();
      return run.get('response');
    });
    expect(answers.map(({ valid }) => valid)).toEqual([0n, 0n, 1n, 0n, 0n]);
    expect(answers.slice(1).map(({ data }) => data)).toEqual([0n, 0xdead_beefn, 0n, 0n]);
  });

  it('keeps what follows from a field where that is wanted in its place', () => {
    const lessOne = { of: (beats: Signal) => beats.sub(1), initial: -1 };
    const keeping = component('keeping', {
      inputs: { request: hostRequest },
      build: ({ request }) => {
        const { held } = registerFile(request, sources, { kept: { walk: { lastBeat: lessOne } } });
        return held.walk;
      },
    });
    const run = simulate(keeping);
    expect(run.get('lastBeat')).toBe(-1n);
    const data = pack(registerOf('walk'), { lastBeat: 12, lastBlock: 3, lastTile: 0 });
    run.set({ request: { read: 0, write: 1, address: registerOf('walk').address, data } }).step();
    expect([run.get('lastBeat'), run.get('lastBlock')]).toEqual([11n, 3n]);
  });

  it('is told a cycle ahead what is written, where that is wanted', () => {
    const told = component('told_ahead', {
      inputs: { request: hostRequest },
      build: ({ request }) => {
        const { write, address, data, read } = request;
        const now = { read, write: registered(write), address: registered(address), data: registered(data) };
        const { held, commands } = registerFile(now, sources, { ahead: { write, address } });
        return { lastBeat: held.walk.lastBeat, written: commands.control.written };
      },
    });
    const run = simulate(told);
    const data = pack(registerOf('walk'), { lastBeat: 12, lastBlock: 3, lastTile: 0 });
    run.set({ request: { read: 0, write: 1, address: registerOf('walk').address, data } }).step();
    run.set({ request: { write: 0, data: 0 } });
    expect([run.get('lastBeat'), run.get('written')]).toEqual([0n, 0n]);
    run.step();
    expect([run.get('lastBeat'), run.get('written')]).toEqual([12n, 0n]);
    run.set({ request: { write: 1, address: registerOf('control').address } }).step();
    expect(run.get('written')).toBe(1n);
    run.set({ request: { write: 0 } }).step();
    expect([run.get('lastBeat'), run.get('written')]).toEqual([12n, 0n]);
  });

  it('refuses a value that does not fit its field', () => {
    const wrong = component('wrong', {
      inputs: { request: hostRequest },
      build: ({ request }) => ({
        response: registerFile(request, { ...sources, geometry: { lanes: 64, rows: 256, batch: 8 } })
          .response,
      }),
    });
    expect(() => simulate(wrong)).toThrow(expect.objectContaining({ code: 'TCT-1003' }));
  });
});
