import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hdlGen, installTercet, workspace } from './helpers.ts';

describe('a wrong call', () => {
  test.each([
    [
      '--lanes 0',
      "TCT-6002: '--lanes' takes a whole number from 1 to 1024, not '0'",
      'for example: hdl-gen --lanes 64',
    ],
    [
      '--lanes -3',
      "TCT-6002: '--lanes' takes a whole number from 1 to 1024, not '-3'",
      'for example: hdl-gen --lanes 64',
    ],
    [
      '--lanes 64.5',
      "TCT-6002: '--lanes' takes a whole number from 1 to 1024, not '64.5'",
      'for example: hdl-gen --lanes 64',
    ],
    [
      '--lanes abc',
      "TCT-6002: '--lanes' takes a whole number from 1 to 1024, not 'abc'",
      'for example: hdl-gen --lanes 64',
    ],
    [
      '--lanes 100000',
      "TCT-6002: '--lanes' takes a whole number from 1 to 1024, not '100000'",
      'for example: hdl-gen --lanes 64',
    ],
    [
      '--lanes 1e2',
      "TCT-6002: '--lanes' takes a whole number from 1 to 1024, not '1e2'",
      'for example: hdl-gen --lanes 64',
    ],
    [
      '--lanes 0x10',
      "TCT-6002: '--lanes' takes a whole number from 1 to 1024, not '0x10'",
      'for example: hdl-gen --lanes 64',
    ],
    ['--lanes 4 --lanes 5', "TCT-6003: '--lanes' is given 2 times: '4', '5'", 'give it once'],
    [
      '--lanes',
      "TCT-6004: '--lanes' has no value; it takes a whole number from 1 to 1024",
      'write the value behind it: --lanes <value>',
    ],
    ['--lane 4', "TCT-6001: 'hdl-gen' has no option '--lane'", "did you mean '--lanes'?"],
    [
      '--activationBits 4',
      "TCT-6001: 'hdl-gen' has no option '--activationBits'",
      "did you mean '--activation-bits'?",
    ],
    [
      '--circuit my.ts#counter',
      "TCT-6001: 'hdl-gen' has no option '--circuit'",
      "it belongs to 'hdl-gen sim', 'hdl-gen cosim', 'hdl-gen prove', 'hdl-gen build' and 'hdl-gen flash'",
    ],
    ['build --stalls', "TCT-6001: 'hdl-gen build' has no option '--stalls'", "it belongs to 'hdl-gen sim'"],
    [
      'matmul --netlist',
      "TCT-6001: 'hdl-gen matmul' has no option '--netlist'",
      "did you mean '--simulate netlist'?",
    ],
    ['--no-json', "TCT-6001: 'hdl-gen' has no option '--no-json'", "did you mean '--json'?"],
    ['-lanes 4', "TCT-6001: 'hdl-gen' has no option '-lanes'", "did you mean '--lanes'?"],
    [
      '--json=perhaps',
      "TCT-6002: '--json' takes true or false, not 'perhaps'",
      'for example: hdl-gen --json',
    ],
    [
      '--weights octal',
      "TCT-6002: '--weights' takes 'ternary' or 'binary', not 'octal'",
      'for example: hdl-gen --weights ternary',
    ],
    [
      'bild',
      "TCT-6005: 'hdl-gen' has no subcommand 'bild'; it has sim, cosim, prove, build, flash, matmul, energy, model inspect, model run, model quantise, model pack, explore, doctor",
      "did you mean 'hdl-gen build'?",
    ],
    [
      'sim w.npy',
      "TCT-6005: 'hdl-gen sim' takes options only, but 'w.npy' is none",
      "'hdl-gen sim --help' shows how it is called",
    ],
    [
      '--board icebraker',
      "TCT-4051: there is no board 'icebraker'; known are icebreaker, icebreaker-bitsy, upduino, icesugar, pico-ice, fomu, up5k-b-evn, icestick, hx8k-b-evn, alchitry-cu, olimex-hx8k-evb, tinyfpga-bx",
      "did you mean 'icebreaker'?",
    ],
    [
      'build --device hx9k',
      "TCT-4001: there is no iCE40 device 'hx9k'; known are lp384, lp1k, hx1k, u4k, up3k, up5k, lp4k, hx4k, lp8k, hx8k",
      "did you mean 'hx1k'?",
    ],
    [
      'build --board icestick --device up5k',
      "TCT-6006: '--device' and '--board' contradict each other",
      'board icestick has an hx1k: leave --device out',
    ],
    [
      'build --mhz 0',
      "TCT-6002: '--mhz' takes a number above 0, up to 1000, not '0'",
      'for example: hdl-gen build --mhz 48',
    ],
    [
      'sim --k 5000',
      "TCT-6015: sums of 5000 products are asked for by '--k', but the accumulators are made for 4096 (--max-k)",
      'raise it: --max-k 5000',
    ],
    ['sim --weights none.npy', "TCT-5001: the file 'none.npy' is not there", undefined],
  ])('ends with one clear sentence, what to do, and nothing written: %s', async (call, message, help) => {
    const cwd = workspace();
    const { status, stdout, stderr } = await hdlGen(call, { cwd });
    const [first, second, ...rest] = stderr.trimEnd().split('\n');
    expect(first).toBe(`error ${message}`);
    if (help !== undefined) expect([second, ...rest]).toEqual([`  help: ${help}`]);
    expect([status, stdout, readdirSync(cwd)]).toEqual([2, '', []]);
  });

  test('is told as a document as well, with --json', async () => {
    const { status, stdout, stderr } = await hdlGen('--lanes 0 --json', { cwd: workspace() });
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      schema: 'tercet.error/1',
      exitStatus: 2,
      code: 'TCT-6002',
      message: "'--lanes' takes a whole number from 1 to 1024, not '0'",
      details: [],
      help: 'for example: hdl-gen --lanes 64',
    });
    expect(stderr).toContain('TCT-6002');
  });
});

describe('standard output is what was asked for, and standard error what is said on the way', () => {
  test.each([
    ['--lanes 2 --max-k 1', /^ {2}accumulator {5}/m],
    ['sim --lanes 2 --max-k 1', /^ {2}MACs per cycle {2}/m],
    ['doctor', /^ {2}yes {2}node {2}/m],
  ])('the table or the document on the one, warnings and hints on the other: %s', async (call, row) => {
    const plain = await hdlGen(call, { cwd: workspace() });
    expect(plain.stdout).toMatch(row);
    expect(plain.stdout).not.toMatch(/warning|next:|simulating/);
    expect(plain.stderr).not.toMatch(row);
    const json = await hdlGen(`${call} --json`, { cwd: workspace() });
    expect(JSON.parse(json.stdout)).toHaveProperty('schema');
    expect(json.stderr).toMatch(row);
    if (call !== 'doctor')
      for (const { stderr } of [plain, json]) expect(stderr).toMatch(/^warning TCT-6102/);
    expect([plain.status, json.status]).toEqual([0, 0]);
  });
});

test('an option of one letter may be typed as the help shows it, -m, or with two dashes', async () => {
  const cwd = workspace();
  const calls = ['-m 2 -k 3 -n 4', '--m 2 --k=3 --n 4', '-m=2 -k3 -n 4'];
  const told = await Promise.all(calls.map(call => hdlGen(`sim --lanes 4 ${call} --json`, { cwd })));
  for (const { status, stdout } of told) {
    expect(status).toBe(0);
    expect(JSON.parse(stdout).data).toMatchObject({ m: 2, k: 3, n: 4 });
  }
});

describe('help and version', () => {
  test('go to standard output', async () => {
    const cwd = workspace();
    const { status, stdout, stderr } = await hdlGen('--help', { cwd });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('--lanes            ternary weights that a row takes in each cycle (1 to 1024)');
    expect(stdout).toContain('hdl-gen doctor');
    expect(stdout).not.toContain('[string]');
    expect((await hdlGen('build --help', { cwd })).stdout).toMatch(/^hdl-gen build \[options\]/);
    expect((await hdlGen('--version', { cwd })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('the config file', () => {
  test('gives options, and the command line wins', async () => {
    const cwd = workspace();
    writeFileSync(join(cwd, 'tercet.config.json'), '{ "lanes": 6, "rows": 2, "stalls": true, "json": true }');
    const read = async (call: string) => JSON.parse((await hdlGen(call, { cwd })).stdout).config;
    expect(await read('')).toMatchObject({ lanes: 6, rows: 2 });
    expect(await read('--rows 1')).toMatchObject({ lanes: 6, rows: 1 });
    expect(JSON.parse((await hdlGen('sim', { cwd })).stdout)).toMatchObject({
      stalls: true,
      config: { lanes: 6 },
    });
  });

  test('may be TypeScript', async () => {
    const cwd = workspace();
    installTercet(cwd);
    const text =
      "import { Interval } from 'tercet';\nconst lanes: number = Number(Interval.of(3n).max);\nexport default { lanes };\n";
    writeFileSync(join(cwd, 'tercet.config.ts'), text);
    expect(JSON.parse((await hdlGen('--json', { cwd })).stdout).config.lanes).toBe(3);
  });

  test.each([
    [
      'tercet.config.json',
      '{ "lanes": "64" }',
      /^error TCT-6002: 'lanes in tercet.config.json' takes a whole number from 1 to 1024, not the text '64'$/m,
    ],
    [
      'tercet.config.json',
      '{ "lane": 64 }',
      /^error TCT-6008: .* has the key 'lane', which is no option\n {2}help: did you mean 'lanes'\?$/m,
    ],
    [
      'tercet.config.json',
      '{ "lanes": 64',
      /^error TCT-6007: the config file 'tercet.config.json' cannot be read: /,
    ],
    ['tercet.config.json', '[64]', /^error TCT-6007: .*: it is not a record of options$/m],
    ['tercet.config.ts', 'export const lanes = 64;', /^error TCT-6007: .*: it has no default export$/m],
    ['tercet.config.ts', 'export default { lanes: ', /^error TCT-6007: .*\n {2}at tercet.config.ts:1:24$/m],
  ])('is refused where it is wrong: %s with %s', async (name, text, message) => {
    const cwd = workspace();
    writeFileSync(join(cwd, name), text);
    const { status, stderr } = await hdlGen('', { cwd });
    expect(stderr).toMatch(message);
    expect([status, readdirSync(cwd)]).toEqual([2, [name]]);
  });
});

describe('hdl-gen doctor', () => {
  test('lists what is there, what is missing and how to get it', async () => {
    const cwd = workspace();
    const { status, stdout } = await hdlGen('doctor', { cwd });
    expect(status).toBe(0);
    expect(stdout).toMatch(/yes {2}@yowasp\/yosys +synthesis \(Yosys\) - 0\.\d+\.\d+/);
    const document = JSON.parse((await hdlGen('doctor --json', { cwd })).stdout);
    expect(document).toMatchObject({ schema: 'tercet.doctor/1', ok: true });
    for (const { name, found, version, install } of document.items) {
      if (found) expect(install, name).toBeUndefined();
      else expect([version, typeof install], name).toEqual([undefined, 'string']);
    }
  });
});
