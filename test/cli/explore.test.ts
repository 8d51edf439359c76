import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { run } from '../../hdl-gen/cli/explore/explore.ts';
import type { Measurer } from '../../hdl-gen/cli/explore/measurer.ts';
import type { ExploreDocument } from '../../hdl-gen/cli/index.ts';
import { parse } from '../../hdl-gen/cli/parse.ts';
import { filesIn, workspace } from './helpers.ts';

type Configuration = Parameters<Measurer['recall']>[0];
type Finding = Awaited<ReturnType<Measurer['measure']>>;

/** Stands for Yosys and nextpnr: figures by a formula, kept from run to run. */
class Formula implements Measurer {
  readonly kept = new Map<string, Finding>();
  readonly measured: string[] = [];
  /** What is done in place of a formula, for some configurations. */
  readonly instead = new Map<string, () => Promise<Finding>>();

  async recall({ id }: Configuration): Promise<Finding | undefined> {
    return this.kept.get(id);
  }

  async measure(configuration: Configuration): Promise<Finding> {
    const { id } = configuration;
    const found = (await this.instead.get(id)?.()) ?? this.#formula(configuration);
    this.measured.push(id);
    this.kept.set(id, found);
    return found;
  }

  seconds(): number {
    return 1;
  }

  keyOf({ id }: Configuration): string {
    return `key of ${id}`;
  }

  #formula(configuration: Configuration): Finding {
    const { lanes, rows, arch } = configuration.array;
    const macs = lanes * rows;
    const lc = macs * (arch === 'tree' ? 18 : 15) + 30;
    const fmaxMHz = 200 - lanes;
    const figures = { lc, lcPerMac: lc / macs, fmaxMHz, gmacs: (macs * fmaxMHz) / 1000 };
    const placed = { ...figures, bram: 0, spram: 0, dsp: 0, seed: 1, seeds: [{ seed: 1, fmaxMHz }] };
    return { outcome: 'placed', why: null, key: this.keyOf(configuration), placed };
  }
}

/** A terminal that remembers, and a Ctrl-C that a test can press. */
function listener() {
  const said: string[] = [];
  const results: string[] = [];
  const failures: Diagnostic[] = [];
  const undo = new Set<() => void>();
  const plain = { bold: (text: string) => text, dim: (text: string) => text };
  const terminal = {
    say: (text: string) => said.push(text),
    warn: (diagnostic: Diagnostic) => said.push(diagnostic.format()),
    fail: (diagnostic: Diagnostic) => failures.push(diagnostic),
    hint: (calls: readonly string[]) => said.push(...calls),
    result: async (make: (colors: typeof plain) => string) => results.push(make(plain)),
    progress: () => ({ update: (phase: string) => said.push(phase), end: () => {} }),
  };
  const interrupts = {
    onInterrupt(step: () => void) {
      undo.add(step);
      return () => undo.delete(step);
    },
  };
  const pressCtrlC = (): void => {
    for (const step of [...undo].reverse()) step();
  };
  return {
    context: { terminal, interrupts, version: '1.2.3' },
    said,
    results,
    failures,
    pressCtrlC,
  };
}

/** A folder that the process works in while the test runs. */
function inFolder(): string {
  const folder = workspace();
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  return folder;
}

async function call(line: string, by: Measurer, on = listener()) {
  const parsed = await parse(['explore', ...line.split(' ').filter(word => word !== '')], '1.2.3');
  if (parsed.kind !== 'run') throw new Error(parsed.text);
  const context = { ...on.context, given: parsed.given } as never;
  const outcome = await run(parsed.values as never, context, () => by);
  return { ...on, outcome, document: outcome.document as ExploreDocument & { out: string } };
}

describe('hdl-gen explore', () => {
  test('tells all configurations, and which of them nothing beats', async () => {
    const folder = inFolder();
    const by = new Formula();
    const { document, results, said, outcome } = await call(
      '--arch tree,tree-folded --lanes 8..32x2 --cost lc',
      by,
    );
    expect(outcome.exitStatus).toBe(0);
    expect(
      document.points.map(({ config, placed, isOnFront }) => [
        config.arch,
        config.lanes,
        placed?.lc,
        isOnFront,
      ]),
    ).toEqual([
      ['tree', 8, 174, false],
      ['tree', 16, 318, false],
      ['tree', 32, 606, false],
      ['tree-folded', 8, 150, true],
      ['tree-folded', 16, 270, true],
      ['tree-folded', 32, 510, true],
    ]);
    expect(document).toMatchObject({
      schema: 'tercet.explore/1',
      version: '1.2.3',
      command: 'hdl-gen explore --arch tree,tree-folded --cost lc',
      tools: [{ name: '@yowasp/yosys' }, { name: '@yowasp/nextpnr-ice40' }],
      fronts: [{ device: 'up5k', weights: 'ternary', activationBits: 8, points: expect.any(Array) }],
      files: ['pareto.svg'],
    });
    expect(said[1]).toMatch(/^6 configurations: 6 to be placed, \d at a time: about \d+ s$/);
    expect(said).toContainEqual(expect.stringMatching(/^3 of 6 done, about \d+ s left$/));
    expect(results[0]).toMatch(/^ {4}family +lanes +rows +LC +LC\/MAC +MHz +GMAC\/s$/m);
    expect(results[0]).toMatch(/^ {2}\* tree-folded +32 +1 +510 +15.94 +168.0 +5.38$/m);
    const { out, ...written } = document;
    expect(JSON.parse(readFileSync(join(folder, out, 'explore.json'), 'utf8'))).toEqual(written);
    expect(filesIn(join(folder, out))).toEqual(['explore.json', 'pareto.svg']);
  });

  test('compares those alone that do the same work', async () => {
    inFolder();
    const { document } = await call(
      '--arch tree,binary --activation-bits 4,8 --device hx1k,up5k --lanes 8',
      new Formula(),
    );
    expect(
      document.fronts.map(({ device, weights, activationBits }) => [device, weights, activationBits]),
    ).toEqual([
      ['hx1k', 'ternary', 4],
      ['hx1k', 'ternary', 8],
      ['hx1k', 'binary', 4],
      ['hx1k', 'binary', 8],
      ['up5k', 'ternary', 4],
      ['up5k', 'ternary', 8],
      ['up5k', 'binary', 4],
      ['up5k', 'binary', 8],
    ]);
    expect(document.points.every(({ isOnFront }) => isOnFront)).toBe(true);
    expect(document.files).toEqual(['pareto_hx1k.svg', 'pareto_up5k.svg']);
  });

  test('has a row for what does not fit and for what a tool broke on, and goes on', async () => {
    inFolder();
    const by = new Formula();
    by.kept.set('ternary_16x1_int8_up5k', {
      ...{ outcome: 'does-not-fit', why: 'needs 6000 of 5280 logic cells', key: 'k', placed: null },
    });
    by.instead.set('ternary_32x1_int8_up5k', async () => ({
      ...{ outcome: 'failed', why: 'TCT-4008: nextpnr broke', key: 'k', placed: null },
    }));
    const { results, outcome, failures } = await call('--arch tree --lanes 8,16,32,64', by);
    expect(results[0]).toMatch(/^ {4}tree +16 +1 {2}does not fit: needs 6000 of 5280 logic cells$/m);
    expect(results[0]).toMatch(/^ {4}tree +32 +1 {2}failed: TCT-4008: nextpnr broke$/m);
    expect(results[0]).toContain('4 configurations: 2 placed, 1 too large for the device, 1 failed');
    expect(outcome.exitStatus).toBe(1);
    expect(failures.map(({ code }) => code)).toEqual(['TCT-6072']);
  });

  test('fails where nothing has a place', async () => {
    inFolder();
    const by = new Formula();
    by.kept.set('ternary_8x1_int8_up5k', { outcome: 'does-not-fit', why: 'no', key: null, placed: null });
    const { outcome, failures, document } = await call('--arch tree --lanes 8', by);
    expect([outcome.exitStatus, failures[0]?.code, document.files]).toEqual([1, 'TCT-6073', []]);
  });

  test('tells at Ctrl-C what is done and how to go on, and goes on from there', async () => {
    const folder = inFolder();
    const by = new Formula();
    const on = listener();
    let isReached = () => {};
    const reached = new Promise<void>(resolve => {
      isReached = resolve;
    });
    by.instead.set('ternary_32x1_int8_up5k', () => {
      isReached();
      return new Promise(() => {});
    });
    void call('--arch tree --lanes 8..64x2 --jobs 1', by, on);
    await reached;
    on.pressCtrlC();
    const told = on.said.slice(-2);
    expect(told[0]).toMatch(/^ {2}\* tree +16 +1 +318 +19.88 /m);
    expect(told[1]).toBe(
      '2 of 4 configurations done and kept; to go on: hdl-gen explore --lanes 8,16,32,64 --arch tree',
    );
    expect(filesIn(folder)).toEqual([]);

    by.instead.clear();
    const again = await call('--arch tree --lanes 8..64x2 --jobs 1', by);
    expect(again.said[1]).toMatch(
      /^4 configurations: 2 known already, 2 to be placed, 1 at a time: about 2 s$/,
    );
    expect(by.measured).toEqual([8, 16, 32, 64].map(lanes => `ternary_${lanes}x1_int8_up5k`));
    expect(again.document.points.map(({ outcome }) => outcome)).toEqual(Array(4).fill('placed'));
  });
});

describe('hdl-gen explore on other machines', () => {
  /** Emits jobs and writes what they would write. */
  async function emitted(line = '--arch tree --lanes 8,16 --seeds 2 --seed 5') {
    const folder = inFolder();
    const by = new Formula();
    const { said } = await call(`${line} --emit-jobs jobs.txt --into back`, by);
    const commands = readFileSync(join(folder, 'jobs.txt'), 'utf8').trimEnd().split('\n');
    for (const command of commands) {
      const [npx, name, explore, ...words] = command.split(' ');
      expect([npx, name, explore]).toEqual(['npx', 'hdl-gen', 'explore']);
      await call(words.join(' '), by);
    }
    return { folder, said, commands, by };
  }

  test('tells tables and decoders to other machines, each once', async () => {
    const { commands } = await emitted(
      '--arch tree,sparse,table --encoding own,2bit,5in8 --lanes 10 --max-m 64',
    );
    expect(
      commands.map(command => / --arch (.*) --lanes .* --init-bits 16(.*) --seeds/.exec(command)?.slice(1)),
    ).toEqual([
      ['tree --encoding 2bit', ' --streams without'],
      ['tree --encoding 5in8', ' --streams with'],
      ['sparse --encoding 1of2', ' --streams without'],
      ['sparse --encoding 2bit', ' --streams with'],
      ['sparse --encoding 5in8', ' --streams with'],
      ['table --encoding 5in8s', ' --max-m 64 --streams with'],
      ['table --encoding 2bit', ' --max-m 64 --streams with'],
      ['table --encoding 5in8', ' --max-m 64 --streams with'],
    ]);
    const { document } = await call('--collect back', new Formula());
    expect(document.points.every(({ outcome }) => outcome === 'placed')).toBe(true);
    expect(document.fronts.map(({ form, weights }) => [form, weights])).toEqual([
      ['array', 'ternary'],
      ['stream', 'ternary'],
      ['array', 'sparse'],
      ['stream', 'sparse'],
    ]);
  });

  const first = 'back/ternary_8x1_int8_up5k.json';
  const second = 'back/ternary_16x1_int8_up5k.json';

  test('comes back as the same document that one machine makes', async () => {
    const { commands, said } = await emitted();
    expect(commands[0]).toBe(
      'npx hdl-gen explore --device up5k --arch tree --encoding 2bit --lanes 8 --rows 1 --activation-bits 8 --pipeline 1' +
        ` --max-k 4096 --init-bits 16 --streams without --seeds 2 --seed 5 --point ${first}`,
    );
    expect(said).toContain('hdl-gen explore --collect back');
    const { document, outcome } = await call('--collect back', new Formula());
    const alone = await call('--arch tree --lanes 8,16 --seeds 2 --seed 5', new Formula());
    expect(outcome.exitStatus).toBe(0);
    expect(document).toEqual(alone.document);
  });

  test('leaves out what is known here, and has it in the end', async () => {
    const folder = inFolder();
    const by = new Formula();
    await call('--arch tree --lanes 8', by);
    await call('--arch tree --lanes 8,16 --emit-jobs jobs.txt', by);
    expect(readFileSync(join(folder, 'jobs.txt'), 'utf8').match(/--lanes \d+/g)).toEqual(['--lanes 16']);
  });

  test('says which jobs are missing, and writes their commands alone', async () => {
    const { folder, commands } = await emitted();
    rmSync(join(folder, second));
    writeFileSync(join(folder, 'back/8.log'), 'done');
    const { outcome, failures, document, said } = await call(
      '--collect back --emit-jobs again.txt',
      new Formula(),
    );
    expect(outcome.exitStatus).toBe(1);
    expect(failures.map(({ code, details }) => [code, details])).toEqual([
      ['TCT-6076', ['ternary_16x1_int8_up5k: missing']],
    ]);
    expect(said.join()).toMatch(/TCT-6110: 1 file in 'back' is no result and not read\n {2}8\.log/);
    expect(document.points.map(({ outcome }) => outcome)).toEqual(['placed', 'missing']);
    expect(readFileSync(join(folder, 'again.txt'), 'utf8')).toBe(`${commands[1]}\n`);
  });

  const refusals: readonly (readonly [string, RegExp, (result: ExploreDocument) => unknown])[] = [
    [
      'another version of Tercet',
      /comes from Tercet 1\.2\.4, the list from 1\.2\.3/,
      result => ({ ...result, version: '1.2.4' }),
    ],
    [
      'another version of a tool',
      /was made with @yowasp\/yosys 0\.1/,
      result => ({ ...result, tools: [{ name: '@yowasp/yosys', version: '0.1' }] }),
    ],
    [
      'another schema',
      /schema is 'tercet\.explore\/2', not 'tercet\.explore\/1'/,
      result => ({ ...result, schema: 'tercet.explore/2' }),
    ],
    ['other seeds', /has the seeds 1, the list 5, 6/, result => ({ ...result, seeds: [1] })],
    [
      'another configuration',
      /holds the result of 'other'/,
      result => ({ ...result, points: [{ ...result.points[0], id: 'other' }] }),
    ],
    [
      'other Verilog',
      /Verilog is not that of the list/,
      result => ({ ...result, points: [{ ...result.points[0], key: 'other' }] }),
    ],
    [
      'a figure that is none',
      /at 'points\.0\.placed\.lc'/,
      result => {
        const [point] = result.points;
        return { ...result, points: [{ ...point, placed: { ...point!.placed, lc: 'many' } }] };
      },
    ],
    ['no document', /schema is 'undefined'/, () => null],
  ];
  test.each(refusals)('refuses %s by name', async (_, why, change) => {
    const { folder } = await emitted();
    const path = join(folder, second);
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
    const refused = await call('--collect back --out merged', new Formula()).catch(error => error);
    expect(refused).toMatchObject({ code: 'TCT-6075' });
    expect(refused.details).toEqual([expect.stringMatching(why)]);
    expect(refused.details[0]).toMatch(/^ternary_16x1_int8_up5k\.json: /);
    expect(filesIn(folder).filter(name => name.startsWith('merged'))).toEqual([]);
  });

  test('refuses files of no job, and what is no JSON', async () => {
    const { folder } = await emitted();
    writeFileSync(join(folder, 'back/ternary_9x1_int8_up5k.json'), '{}');
    writeFileSync(join(folder, first), '{"schema":');
    const refused = await call('--collect back', new Formula()).catch(error => error);
    expect(refused.details).toEqual([
      expect.stringMatching(/^ternary_8x1_int8_up5k\.json: it is no JSON/),
      'ternary_9x1_int8_up5k.json: no job of the list has this name',
    ]);
  });

  test('needs the list of jobs', async () => {
    const folder = inFolder();
    mkdirSync(join(folder, 'empty'));
    for (const name of ['empty', 'nowhere'])
      await expect(call(`--collect ${name}`, new Formula())).rejects.toMatchObject({ code: 'TCT-6074' });
    writeFileSync(join(folder, 'empty/jobs.json'), '{"schema":"tercet.jobs/2"}');
    await expect(call('--collect empty', new Formula())).rejects.toMatchObject({ code: 'TCT-6074' });
  });
});

describe('a wrong call of hdl-gen explore', () => {
  test.each([
    ['--lanes 64..8', 'TCT-6002'],
    ['--lanes 8..64x1', 'TCT-6002'],
    ['--lanes 8,,16', 'TCT-6002'],
    ['--lanes 8,2000', 'TCT-6002'],
    ['--lanes 1..99999', 'TCT-6002'],
    ['--arch tree,bush', 'TCT-6002'],
    ['--arch hardwired', 'TCT-6002'],
    ['--device up5k,up6k', 'TCT-4001'],
    ['--lanes 1..1024 --rows 1..64', 'TCT-6070'],
    ['--lanes 8,16 --arch tree --point p.json', 'TCT-6071'],
    ['--point p.json --emit-jobs j.txt', 'TCT-6006'],
    ['--collect back --lanes 8', 'TCT-6006'],
    ['--into back', 'TCT-6037'],
  ])('%s', async (line, code) => {
    const folder = inFolder();
    await expect(call(line, new Formula())).rejects.toMatchObject({ code, exitStatus: 2 });
    expect(filesIn(folder)).toEqual([]);
  });

  test('but lists and ranges are taken, from the command line and from a config file', async () => {
    const folder = inFolder();
    const lanesOf = async (line: string) =>
      (await call(`--arch tree ${line}`, new Formula())).document.points.map(({ config }) => config.lanes);
    expect(await lanesOf('--lanes 8')).toEqual([8]);
    expect(await lanesOf('--lanes 1..3,8..32+12,8..64x2')).toEqual([1, 2, 3, 8, 20, 32, 16, 64]);
    writeFileSync(join(folder, 'tercet.config.json'), '{"lanes": 24}');
    expect(await lanesOf('')).toEqual([24]);
    writeFileSync(join(folder, 'tercet.config.json'), '{"lanes": [4, 6]}');
    expect(await lanesOf('')).toEqual([4, 6]);
    writeFileSync(join(folder, 'tercet.config.json'), '{"lanes": "4..5"}');
    expect(await lanesOf('')).toEqual([4, 5]);
  });
});
