import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bitstream } from '../support/bitstream.ts';
import { hdlGen, workspace } from './helpers.ts';

/** A bitstream of an UP5K. */
function writeBitstream(path: string): void {
  writeFileSync(path, bitstream(692, 336));
}

/** A computer with an `iceprog` that notes what it is called with and ends as asked. */
function computer(cwd: string, status = 0, says = 'flash ID: 0xEF 0x40 0x16'): Record<string, string> {
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

  test('cores that differ have folders of their own', async () => {
    const cwd = workspace();
    const env = computer(cwd);
    const call = 'flash --circuit matmul --board icebreaker --dry-run --json';
    const options = ['--output-stage', '--rows 1', '--baud 115200', '--batch 2'];
    const commands = await Promise.all(
      options.map(
        async each => JSON.parse((await hdlGen(`${call} ${each}`, { cwd, env })).stdout).command[1],
      ),
    );
    expect(new Set([...commands, 'build/matmul_icebreaker/design.bin']).size).toBe(options.length + 1);
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
    expect(stdout).toContain('iceprog -t: flash ef 40 16');
    expect(readFileSync(join(cwd, 'calls'), 'utf8')).toBe('-t\ntop.bin\n');
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
    // The board is asked first, so nothing was written.
    expect(right.stderr).toContain(
      "error TCT-9014: the board could not be asked before it is written: 'iceprog -t' failed",
    );
    expect(right.stderr).toContain('udev rule');
  });

  test('a write that fails after the board has answered is told as such', async () => {
    const cwd = workspace();
    const env = computer(cwd);
    const words = 'Found difference between flash and file!';
    const script = `#!/bin/sh\necho "$@" >> '${cwd}/calls'\n[ "$1" = -t ] && { echo 'flash ID: 0xEF 0x40 0x16'; exit 0; }\necho '${words}'\nexit 3\n`;
    writeFileSync(join(cwd, 'bin', 'iceprog'), script);
    writeBitstream(join(cwd, 'top.bin'));
    const { status, stdout, stderr } = await hdlGen('flash --bitstream top.bin', { cwd, env });
    expect(status).toBe(1);
    expect(stderr).toContain(`${words}\n`);
    expect(stderr).toContain("error TCT-9009: 'iceprog' failed: ");
    expect(stderr).toContain('read back');
    expect(stdout).not.toContain('written    yes');
    expect(readFileSync(join(cwd, 'calls'), 'utf8')).toBe('-t\ntop.bin\n');
  });

  test('a board whose flash does not answer is not written', async () => {
    const cwd = workspace();
    const env = computer(cwd, 0, 'flash ID: 0xFF 0xFF 0xFF 0xFF');
    writeBitstream(join(cwd, 'top.bin'));
    const { status, stderr } = await hdlGen('flash --bitstream top.bin', { cwd, env });
    expect([status, stderr]).toEqual([1, expect.stringContaining('TCT-9011')]);
    expect(readFileSync(join(cwd, 'calls'), 'utf8')).toBe('-t\n');
  });

  test('a bitstream that is larger than the flash is not written', async () => {
    const cwd = workspace();
    const env = computer(cwd, 0, 'flash ID: 0xEF 0x40 0x0E');
    writeBitstream(join(cwd, 'top.bin'));
    const { status, stderr } = await hdlGen('flash --bitstream top.bin', { cwd, env });
    expect([status, stderr]).toEqual([1, expect.stringContaining('TCT-9013')]);
    expect(readFileSync(join(cwd, 'calls'), 'utf8')).toBe('-t\n');
  });

  test('an interrupt while it writes says that the flash may be half written, and nothing else', async () => {
    const cwd = workspace();
    const env = computer(cwd);
    const path = join(cwd, 'bin', 'iceprog');
    writeFileSync(path, `#!/bin/sh\n[ "$1" = -t ] || { echo programming..; exec /bin/sleep 60; }\n`);
    writeBitstream(join(cwd, 'top.bin'));
    const signalAt = { pattern: /programming\.\./, signal: 'SIGINT' } as const;
    const { status, stderr } = await hdlGen('flash --bitstream top.bin', { cwd, env, signalAt });
    expect(status).toBe(130);
    expect(stderr).toContain('interrupted: the flash of the board may be half written');
    expect(stderr).not.toContain('nothing was left half-written');
  });

  test.each([
    ['--weights nope.npy', 'TCT-6002', '--circuit matmul --weights nope.npy'],
    ['--bitstream top.bin --weights w.npy', 'TCT-6006', 'written as it is'],
    ['--usb foo', 'TCT-6002', "'--usb' takes BUS:ADDRESS, not 'foo'"],
    ['--usb foo', 'TCT-6002', 'hdl-gen flash --usb 1:7'],
    ['--with foo', 'TCT-9002', "'foo' is no program that is known to write"],
  ])('flash %s is refused with what would be right', async (options, code, part) => {
    const { status, stderr } = await hdlGen(`flash ${options} --dry-run`, { cwd: workspace() });
    expect(status).toBe(2);
    expect(stderr).toContain(code);
    expect(stderr).toContain(part);
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
    expect(readFileSync(join(cwd, 'calls'), 'utf8')).toBe('-I B -t\n-I B top.bin\n');

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
