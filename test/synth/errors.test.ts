import { describe, expect, test } from 'vitest';
import { Diagnostic } from '../../diagnostic/index.ts';
import { buildBitstream, findDevice, pack, placeSeeds, runYosys, synthesise } from '../../synth/index.ts';
import { splitDesign } from './designs.ts';

const hx1k = findDevice('hx1k');

async function diagnosticOf(work: Promise<unknown>): Promise<Diagnostic> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Diagnostic);
  return thrown as Diagnostic;
}

describe('Verilog that Yosys refuses', () => {
  test('a syntax error comes with file and line, and without a stack', async () => {
    const files = {
      'rtl/top.v': 'module top(input a, output b);\n  assign b = a;\n  wire = 3;\nendmodule\n',
    };
    const error = await diagnosticOf(synthesise({ files, top: 'top', device: hx1k }));
    expect(error.code).toBe('TCT-4003');
    expect(error.at).toBe('rtl/top.v:3');
    expect(error.message).toContain('syntax error');
    expect(error.format()).not.toContain('    at ');
  });

  test('a module that is missing is named', async () => {
    const files = { 'top.v': 'module top(input a);\n  absent u_absent(a);\nendmodule\n' };
    const error = await diagnosticOf(synthesise({ files, top: 'top', device: hx1k }));
    expect(error.code).toBe('TCT-4003');
    expect(error.message).toContain('absent');
  });

  test('any script can be run, with its own files', async () => {
    const run = await runYosys({
      script: 'read_verilog -D N=3 sub/a.v; hierarchy -top a; proc; write_json out.json',
      files: { 'sub/a.v': 'module a(input [`N-1:0] x, output y); assign y = ^x; endmodule' },
      outputs: ['out.json'],
    });
    const netlist = JSON.parse(new TextDecoder().decode(run.files['out.json']));
    expect(netlist.modules.a.ports.x.bits).toHaveLength(3);
  });
});

test('a memory that turned into flip-flops is reported', async () => {
  // Its read is not registered, which no block RAM can do.
  const files = {
    'top.v': `module top(input clk, input we, input [2:0] a, input d, output q);
      reg m [0:7];
      always @(posedge clk) if (we) m[a] <= d;
      assign q = m[a];
    endmodule`,
  };
  const error = await diagnosticOf(synthesise({ files, top: 'top', device: hx1k, expected: { bram: 1 } }));
  expect(error.code).toBe('TCT-4004');
  expect(error.message).toBe('synthesis made 0 block RAMs where 1 were expected');
});

describe('stopping', () => {
  test('a signal stops a tool in the midst of its work', async () => {
    const stop = new AbortController();
    const phases: string[] = [];
    const work = buildBitstream({
      files: splitDesign,
      top: 'top',
      device: hx1k,
      targetMHz: 50,
      signal: stop.signal,
      onProgress: ({ phase }) => {
        phases.push(phase);
        if (phases.length === 20) stop.abort();
      },
    });
    const error = await diagnosticOf(work);
    expect(error.code).toBe('TCT-4009');
    const seen = phases.length;
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(phases.length).toBe(seen);
  });

  test('a signal that has fired before starts nothing', async () => {
    const error = await diagnosticOf(
      synthesise({ files: splitDesign, top: 'top', device: hx1k, signal: AbortSignal.abort() }),
    );
    expect(error.code).toBe('TCT-4009');
  });
});

describe('a wrong call', () => {
  const design = { files: { 'a.v': 'module a; endmodule' }, top: 'a', device: 'hx1k', targetMHz: 12 };
  const place = { netlistJson: '{}', device: hx1k, package: 'tq144', targetMHz: 12 };
  test.each([
    ['no Verilog', () => buildBitstream({ ...design, files: { 'a.hex': '00' } }), 'TCT-4010', "'files'"],
    ['a top that is no name', () => buildBitstream({ ...design, top: 'a; shell ls' }), 'TCT-4010', "'top'"],
    ['a clock of 0', () => buildBitstream({ ...design, targetMHz: 0 }), 'TCT-4010', "'targetMHz'"],
    [
      'a clock that is no number',
      () => buildBitstream({ ...design, targetMHz: Number.NaN }),
      'TCT-4010',
      'NaN',
    ],
    ['an unknown device', () => buildBitstream({ ...design, device: 'up5' }), 'TCT-4001', "'up5'"],
    ['an unknown package', () => buildBitstream({ ...design, package: 'ct256' }), 'TCT-4002', "'ct256'"],
    ['no seeds', () => placeSeeds({ ...place, seeds: [] }), 'TCT-4010', "'seeds'"],
    ['a seed of 1.5', () => placeSeeds({ ...place, seeds: [1, 1.5] }), 'TCT-4010', '[1, 1.5]'],
    ['no concurrency', () => placeSeeds({ ...place, seeds: [1], concurrency: 0 }), 'TCT-4010', 'concurrency'],
    ['an .asc that is none', () => pack('rubbish'), 'TCT-4007', 'rubbish'],
  ])('%s', async (_, call, code, part) => {
    const error = await diagnosticOf(call());
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
  });
});
