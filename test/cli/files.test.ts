import { spawnSync } from 'node:child_process';
import nodeFs, {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type FileSystem, writeFileSet } from '../../hdl-gen/cli/file-set.ts';
import { filesIn, hdlGen, workspace } from './helpers.ts';

describe('the folder that is written', () => {
  test('may not be a file, nor lie below one', async () => {
    const cwd = workspace();
    writeFileSync(join(cwd, 'taken'), 'mine');
    for (const out of ['taken', 'taken/below/it']) {
      const { status, stderr } = await hdlGen(['--lanes', '2', '--out', out], { cwd });
      expect(stderr).toMatch(
        /^error TCT-6010: 'taken(\/below\/it)?' is a file, but a folder is needed there\n/,
      );
      expect(status).toBe(2);
    }
    expect([readdirSync(cwd), readFileSync(join(cwd, 'taken'), 'utf8')]).toEqual([['taken'], 'mine']);
  });

  test.skipIf(!existsSync('/proc/self'))('may not lie where the system makes no folders', async () => {
    for (const out of ['/proc/none', '/proc/none/below', '/proc']) {
      const { status, stderr } = await hdlGen(['--lanes', '2', '--out', out], { cwd: workspace() });
      expect(stderr.split('\n')[0]).toBe(
        `error TCT-6014: '${out}' could not be written: the system lets nobody make a folder in '/proc'`,
      );
      expect(status).toBe(1);
    }
  });

  test('keeps what the user put there, and loses what was made there and is not made any more', async () => {
    const cwd = workspace();
    const core = join(cwd, 'core');
    await hdlGen('--lanes 2 --out core', { cwd });
    writeFileSync(join(core, 'notes.txt'), 'mine');
    writeFileSync(join(core, 'verilog/own.v'), 'mine');
    const before = filesIn(core);
    expect(before).toContain('vectors/init.hex');
    expect((await hdlGen('--lanes 2 --init-bits 0 --out core', { cwd })).status).toBe(0);
    expect(filesIn(core)).toEqual(before.filter(name => name !== 'vectors/init.hex'));
    expect(readFileSync(join(core, 'notes.txt'), 'utf8')).toBe('mine');
  });

  test('may hold the files of several commands', async () => {
    const cwd = workspace();
    await hdlGen('--lanes 2 --out core', { cwd });
    await hdlGen('sim --lanes 2 --out core', { cwd });
    await hdlGen('--lanes 3 --out core', { cwd });
    expect(filesIn(join(cwd, 'core'))).toEqual(
      expect.arrayContaining(['manifest.json', 'sim.json', 'results.npy']),
    );
  });

  test('is left alone where a file of the user is in the way', async () => {
    const cwd = workspace();
    mkdirSync(join(cwd, 'core'));
    writeFileSync(join(cwd, 'core/manifest.json'), '{ "schema": "npm", "files": ["testbench.v"] }');
    const { status, stderr } = await hdlGen('--lanes 2 --out core', { cwd });
    expect(stderr).toMatch(/^error TCT-6011: 'core\/manifest.json' is in the way/);
    expect([status, filesIn(cwd)]).toEqual([2, ['core/manifest.json']]);
  });

  test('is not left by a list of files that points out of it', async () => {
    const cwd = workspace();
    mkdirSync(join(cwd, 'core'));
    writeFileSync(join(cwd, 'mine'), 'mine');
    const list = JSON.stringify({ schema: 'tercet.manifest/1', files: ['../mine', join(cwd, 'mine')] });
    writeFileSync(join(cwd, 'core/manifest.json'), list);
    expect((await hdlGen('--lanes 2 --out core', { cwd })).status).toBe(0);
    expect(existsSync(join(cwd, 'mine'))).toBe(true);
  });
});

describe('a file system that fails half-way', () => {
  /** Node's file system, in which the write or rename with this number fails. */
  function failing(call: 'writeFileSync' | 'renameSync', at: number, code: string): FileSystem {
    let count = 0;
    const fail = (...args: unknown[]): unknown => {
      if (++count === at) throw Object.assign(new Error(`${code}: it fails`), { code });
      return (nodeFs[call] as (...args: unknown[]) => unknown)(...args);
    };
    return { ...nodeFs, [call]: fail } as FileSystem;
  }

  const old = {
    'a/1': 'old 1',
    'a/2': 'old 2',
    list: '{ "schema": "tercet.manifest/1", "files": ["a/1", "a/2"] }',
  };
  const fresh = {
    'b/3': 'new 3',
    'a/1': 'new 1',
    list: '{ "schema": "tercet.manifest/1", "files": ["b/3", "a/1"] }',
  };
  const withList = (files: typeof old | typeof fresh) => {
    const { list, ...rest } = files;
    return { ...rest, 'manifest.json': list };
  };

  test.each([
    ['writeFileSync', 2, 'ENOSPC', 'TCT-6013'],
    ['writeFileSync', 1, 'EACCES', 'TCT-6012'],
    ['renameSync', 1, 'EIO', 'TCT-6014'],
  ] as const)('leaves nothing of a new folder: %s %i %s', (call, at, code, expected) => {
    const cwd = workspace();
    const write = () =>
      writeFileSet(join(cwd, 'x/y'), withList(old), 'manifest.json', failing(call, at, code));
    expect(write).toThrow(expect.objectContaining({ code: expected }));
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('leaves a folder as it was, wherever it fails', () => {
    const cwd = workspace();
    const out = join(cwd, 'out');
    writeFileSet(out, withList(old), 'manifest.json');
    const before = filesIn(out).map(name => [name, readFileSync(join(out, name), 'utf8')]);
    for (const [call, calls] of [
      ['writeFileSync', 3],
      ['renameSync', 6],
    ] as const) {
      for (let at = 1; at <= calls; at++) {
        const write = () => writeFileSet(out, withList(fresh), 'manifest.json', failing(call, at, 'ENOSPC'));
        expect(write).toThrow(expect.objectContaining({ code: 'TCT-6013' }));
        expect(filesIn(out).map(name => [name, readFileSync(join(out, name), 'utf8')])).toEqual(before);
        expect(readdirSync(out)).toEqual(['a', 'manifest.json']);
      }
    }
    writeFileSet(out, withList(fresh), 'manifest.json');
    expect(filesIn(out)).toEqual(['a/1', 'b/3', 'manifest.json']);
  });
});

/** A disk of 64 kilobytes, where this machine lets us have one. */
function smallDisk(folder: string): boolean {
  mkdirSync(folder);
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
  if (isMounted) onTestFinished(() => void spawnSync('umount', [folder]));
  return isMounted;
}

describe('a full disk', () => {
  test('is told, and nothing is left on it', async context => {
    const cwd = workspace();
    const disk = join(cwd, 'disk');
    if (!smallDisk(disk)) context.skip('this machine lets nobody mount a small disk');
    for (const call of ['--lanes 256 --out disk', '--lanes 256 --out disk/core']) {
      const { status, stderr } = await hdlGen(call, { cwd });
      expect(stderr).toMatch(/^error TCT-6013: the disk is full/);
      expect([status, readdirSync(disk)]).toEqual([1, []]);
    }
    const traced = await hdlGen('sim --lanes 8 --n 100 --vcd disk/wave.vcd', { cwd });
    expect(traced.stderr).toContain('error TCT-6013: the disk is full');
    expect([traced.status, readdirSync(disk)]).toEqual([1, []]);
  });

  test.skipIf(!existsSync('/dev/full'))('is told where standard output goes to it', () => {
    const cwd = workspace();
    const main = join(import.meta.dirname, '../../dist/hdl-gen/cli/main.js');
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${main}" --help > /dev/full`], {
      cwd,
    });
    expect([status, stderr.toString()]).toEqual([
      1,
      expect.stringMatching(/TCT-6013: the disk is full: 'standard output'/),
    ]);
  });
});

describe('a link', () => {
  test('to a folder is followed', async () => {
    const cwd = workspace();
    mkdirSync(join(cwd, 'real'));
    symlinkSync('real', join(cwd, 'link'));
    expect((await hdlGen('--lanes 2 --out link', { cwd })).status).toBe(0);
    expect(filesIn(join(cwd, 'real'))).toContain('manifest.json');
  });
});
