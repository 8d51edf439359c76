import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LinkClient, openSerialPort, type SerialPortClass } from '../../host/index.ts';
import { ModelDevice } from '../support/model-device.ts';
import { missing } from '../support/tools.ts';

/*
 * The serial port, on a pseudo-terminal: a Python process has its other end, and carries the bytes to a model of a device and back.
 */

const hasPython = spawnSync('python3', ['-c', 'import pty'], { stdio: 'ignore' }).status === 0;
const bridge = `
import os, pty, select, sys, tty
master, slave = pty.openpty()
tty.setraw(slave)
sys.stderr.write(os.ttyname(slave) + "\\n"); sys.stderr.flush()
while True:
    for end in select.select([master, 0], [], [])[0]:
        data = os.read(end, 4096)
        if not data: sys.exit()
        os.write(1 if end == master else master, data)
`;

describe.skipIf(!hasPython)(`a serial port${missing(hasPython, 'Python')}`, () => {
  let process: ChildProcess;
  let path: string;
  const device = new ModelDevice([5, 12, 8, 8], new Map([[0, 0x3154_4354]]));

  beforeAll(async () => {
    process = spawn('python3', ['-c', bridge]);
    process.stdout!.on('data', (bytes: Buffer) => {
      const said = [...bytes].flatMap(byte => device.take(byte));
      if (said.length > 0) process.stdin!.write(Uint8Array.from(said));
    });
    const [line] = (await once(process.stderr!, 'data')) as [Buffer];
    path = line.toString().trim();
  });
  afterAll(() => process.kill());

  it('carries words there and back', async () => {
    const transport = await openSerialPort(path, 115_200);
    const link = new LinkClient(transport);
    await link.synchronise();
    const words = Uint32Array.from({ length: 1000 }, (_, i) => (i * 2_654_435_761) >>> 0);
    await link.write(0x10000, words);
    expect(await link.read(0x10000, 1000)).toEqual(words);
    expect(link.counts).toMatchObject({ repeated: 0, damaged: 0 });
    await transport.close();
  });

  it('can be given up while it waits', async () => {
    const transport = await openSerialPort(path, 115_200);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await expect(transport.receive(10_000, controller.signal)).rejects.toThrow('aborted');
    expect(await transport.receive(5)).toEqual(new Uint8Array());
    await transport.close();
  });

  it('that is in use already is told so', async () => {
    const transport = await openSerialPort(path, 115_200);
    await expect(openSerialPort(path, 115_200)).rejects.toMatchObject({ code: 'TCT-8021' });
    await transport.close();
  });
});

describe('a serial port that cannot be opened', () => {
  it('because it is not there', async () => {
    await expect(openSerialPort('/dev/ttyNotThere7', 115_200)).rejects.toMatchObject({
      code: 'TCT-8020',
      message: "there is no serial port '/dev/ttyNotThere7'",
    });
  });

  // What the driver says where a port may not be opened; a test that runs as root may open everything.
  it.each([
    ['Error: Permission denied, cannot open /dev/ttyUSB1', 'TCT-8022', /idVendor}=="1d50"/],
    ['Opening COM3: Access denied', 'TCT-8022', /udevadm/],
    ['EACCES', 'TCT-8022', /70-tercet-1d50/],
    ['Error Resource temporarily unavailable Cannot lock port', 'TCT-8021', /another program/],
    ['Opening COM9: File not found', 'TCT-8020', /there are: COM1/],
    ['something else', 'TCT-8023', /something else/],
    ['Error: Inappropriate ioctl for device', 'TCT-8023', /failed: Inappropriate ioctl for device/],
  ])('because of: %s', async (reason, code, told) => {
    class Refusing {
      static list = async () => [{ path: 'COM1' }, { path: 'COM3', vendorId: '1D50' }];
      open(done: (error: Error) => void): void {
        done(new Error(reason));
      }
    }
    const opening = openSerialPort('COM3', 115_200, Refusing as unknown as SerialPortClass);
    const error = await opening.catch((error: unknown) => error as { code: string; format(): string });
    expect(error).toMatchObject({ code });
    expect((error as { format(): string }).format()).toMatch(told);
  });
});
