import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExploreDocument } from '../../hdl-gen/cli/index.ts';
import { call, Formula, inFolder } from './explore-stand-in.ts';
import { filesIn } from './helpers.ts';

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
