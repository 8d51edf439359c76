import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hdlGen, workspace } from './helpers.ts';

/** A bitstream as large as that of an UP5K. */
function writeBitstream(path: string): void {
  const bytes = new Uint8Array(104_090);
  bytes.set([0xff, 0, 0, 0xff, 0x7e, 0xaa, 0x99, 0x7e]);
  writeFileSync(path, bytes);
}

/** A computer with an `iceprog` that notes what it is called with and ends as asked. */
function computer(cwd: string, status = 0, says = 'cdone: high'): Record<string, string> {
  mkdirSync(join(cwd, 'bin'));
  const path = join(cwd, 'bin', 'iceprog');
  writeFileSync(path, `#!/bin/sh\necho "$@" >> '${cwd}/calls'\necho "${says}"\nexit ${status}\n`);
  chmodSync(path, 0o755);
  // Nothing else is installed.
  return { PATH: join(cwd, 'bin') };
}

describe('hdl-gen flash', () => {
  test('--dry-run shows the command, and builds and writes nothing', async () => {
    const cwd = workspace();
    const env = computer(cwd);
    const { status, stdout } = await hdlGen('flash --board icebreaker --lanes 4 --dry-run --json', {
      cwd,
      env,
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'tercet.flash/1',
      command: ['iceprog', 'build/ternary_4x1_int8_icebreaker/design.bin'],
      source: 'to be built',
      written: false,
    });
    expect(() => readFileSync(join(cwd, 'calls'))).toThrow('ENOENT');
  });

  test('weights come into the bitstream of a core in block RAM, or behind it for one with SPRAM', async () => {
    const cwd = workspace();
    const env = computer(cwd);
    writeFileSync(join(cwd, 'w.txt'), '1 0 -1\n-1 -1 1\n');
    const call = 'flash --circuit matmul --weights w.txt --dry-run --json';
    const { stdout } = await hdlGen(`${call} --board icestick`, { cwd, env });
    expect(JSON.parse(stdout)).toMatchObject({
      command: ['iceprog', 'build/matmul_icestick/loaded.bin'],
      source: 'to be built',
    });
    const behind = await hdlGen(`${call} --board icebreaker`, { cwd, env });
    expect(JSON.parse(behind.stdout).command).toEqual(['iceprog', 'build/matmul_icebreaker/loaded.bin']);
    const refused = await hdlGen(`${call} --board upduino`, { cwd, env });
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('TCT-6092')]);
  });

  test('a bitstream that is there is written by the program of the board', async () => {
    const cwd = workspace();
    const env = computer(cwd);
    writeBitstream(join(cwd, 'top.bin'));
    const { status, stdout, stderr } = await hdlGen('flash --board icebreaker --bitstream top.bin', {
      cwd,
      env,
    });
    expect(stderr).toContain('writing: iceprog top.bin');
    expect(stdout).toContain('written    yes');
    expect(status).toBe(0);
    expect(readFileSync(join(cwd, 'calls'), 'utf8')).toBe('top.bin\n');
  });

  test('where the program fails, its words and the reason are shown', async () => {
    const cwd = workspace();
    const env = computer(cwd, 2, "Can't find iCE FTDI USB device");
    writeBitstream(join(cwd, 'top.bin'));
    const { status, stderr } = await hdlGen('flash --board icestick --bitstream top.bin', { cwd, env });
    expect(status).toBe(2);
    expect(stderr).toContain('TCT-9008');
    const right = await hdlGen('flash --board up5k-b-evn --bitstream top.bin', { cwd, env });
    expect(right.status).toBe(1);
    expect(right.stderr).toContain("Can't find iCE FTDI USB device\n");
    expect(right.stderr).toContain("error TCT-9009: 'iceprog' failed: exit status 2");
    expect(right.stderr).toContain('udev rule');
  });

  test('the board may be a JSON file', async () => {
    const cwd = workspace();
    const env = computer(cwd);
    const board = {
      name: 'mine',
      device: 'up5k',
      package: 'sg48',
      clock: { pin: '35', MHz: 12 },
      programmer: { usb: '0403:6014', commands: [['iceprog', '-I', 'B', '{file}']] },
    };
    writeFileSync(join(cwd, 'mine.json'), JSON.stringify(board));
    writeBitstream(join(cwd, 'top.bin'));
    const { status } = await hdlGen('flash --board mine.json --bitstream top.bin', { cwd, env });
    expect(status).toBe(0);
    expect(readFileSync(join(cwd, 'calls'), 'utf8')).toBe('-I B top.bin\n');

    writeFileSync(join(cwd, 'mine.json'), JSON.stringify({ ...board, clock: { pin: '35', mhz: 12 } }));
    const wrong = await hdlGen('flash --board mine.json --bitstream top.bin', { cwd, env });
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain("TCT-4054: 'mine.json' describes no board: clock");
  });

  test('what is not installed is told with the way to get it', async () => {
    const cwd = workspace();
    const { status, stderr } = await hdlGen('flash --board fomu --lanes 4', { cwd, env: { PATH: cwd } });
    expect(status).toBe(1);
    expect(stderr).toContain('TCT-9001');
    expect(stderr).toContain('apt install dfu-util');
  });
});
