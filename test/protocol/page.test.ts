import { describe, expect, it } from 'vitest';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { UartWire } from '../../host/index.ts';
import { commands, encodeRequest, type Request, statuses, stuff } from '../../protocol/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { readPage, tableRows } from '../docs/pages.ts';
import { plainBoard } from '../support/plain-core.ts';

/* docs/protocol.md says what is true: its tables, and its examples in bytes. */

const page = readPage('docs/protocol.md');
const blockWith = (text: string): string => page.blocks.find(block => block.text.includes(text))!.text;
const bytesOf = (text: string): number[] =>
  [...text.matchAll(/\b[0-9a-f]{2}\b/g)].map(([hex]) => Number.parseInt(hex, 16));

describe('docs/protocol.md', () => {
  it('lists all commands and statuses', () => {
    const pairs = tableRows(page).map(([number, name]) => `${number} ${name}`);
    for (const table of [commands, statuses])
      expect(pairs).toEqual(
        expect.arrayContaining(Object.entries(table).map(([name, value]) => `${value} ${name}`)),
      );
  });

  it.each([
    ['03 11 22', (frame: Uint8Array) => stuff(frame)],
    ['11 22 03', (frame: Uint8Array) => stuff(frame.toReversed()).reverse()],
  ])('has the example of stuffing %s', (begin, make) => {
    const [frame, stuffed] = blockWith(begin)
      .split('\n')
      .map(line => bytesOf(line.slice(8)));
    expect([...make(Uint8Array.from(frame!))]).toEqual(stuffed);
  });

  it('has a session that a board really says', () => {
    const lines = blockWith('sync     host')
      .trim()
      .split('\n')
      .map(line => bytesOf(line.slice(18)));
    const words = new Uint32Array();
    const requests: Request[] = [
      { sequence: 7, command: 'sync', address: 0, count: 0, words },
      { sequence: 8, command: 'read', address: 0, count: 1, words },
      { sequence: 9, command: 'write', address: 0x10000, count: 1, words: Uint32Array.of(0x12345678) },
    ];
    expect(lines.filter((_, i) => i % 2 === 0)).toEqual(requests.map(each => [...encodeRequest(each)]));

    const rates = { clockHz: 12_000_000, baud: 1_000_000 };
    const simulation = createSimulation(elaborate(plainBoard({ ...rates, lazy: false })).circuit);
    const wire = new UartWire({ simulation, ...rates });
    for (let i = 0; i < lines.length; i += 2) {
      wire.send(lines[i]!);
      const heard = Array.from({ length: 6 }, () => wire.runBlock()).flat();
      expect(heard).toEqual(lines[i + 1]);
    }
  });
});
