import { expect, test } from 'vitest';
import { createSimulation, netlistCircuit } from '../../sim/index.ts';
import { findDevice, synthesise } from '../../synth/index.ts';

/*
 * Block RAMs are mapped by a file of Tercet's own. What is in them at power-up, and what is written later, is read at
 * the right address, for every pair of widths of the two ports.
 */

const widths = [2, 4, 8, 16];
const bits = 4096;

/** What the memories of words of `word` bits hold at power-up. */
function contents(word: number): number[] {
  return Array.from({ length: bits / word }, (_, i) => ((i * 40503) >>> 5) & (2 ** word - 1));
}

/** A memory whose ports have different widths: its words are the narrower one's. */
function memory(name: string, read: number, write: number): string {
  const word = Math.min(read, write);
  const port = (width: number) => Math.log2(bits / width);
  /** The part of a wide port, and of its address, that one word is. */
  const access = (width: number, address: string, action: (word: string, part: string) => string) =>
    Array.from({ length: width / word }, (_, i) => {
      const at = width === word ? address : `{${address}, ${Math.log2(width / word)}'d${i}}`;
      return action(`words[${at}]`, `[${i * word} +: ${word}]`);
    }).join(' ');
  return `module ${name} (
  input clk, we, input [${port(read) - 1}:0] ra, input [${port(write) - 1}:0] wa,
  input [${write - 1}:0] d, output reg [${read - 1}:0] q
);
  reg [${word - 1}:0] words [0:${bits / word - 1}];
  initial $readmemh("${word}.hex", words);
  always @(posedge clk) if (we) begin ${access(write, 'wa', (to, part) => `${to} <= d${part};`)} end
  always @(posedge clk) begin ${access(read, 'ra', (from, part) => `q${part} <= ${from};`)} end
endmodule
`;
}

const pairs = widths.flatMap(read => widths.map(write => ({ name: `r${read}_w${write}`, read, write })));

test('a block RAM holds its contents at their addresses, for all widths of its ports', async () => {
  const range = (width: number) => `[${width - 1}:0]`;
  const top = `module top (input clk, input we, input [10:0] ra, wa, input [15:0] d,
  ${pairs.map(({ name, read }) => `output ${range(read)} ${name}`).join(', ')});
${pairs
  .map(({ name, read, write }) => {
    const [r, w] = [read, write].map(width => range(Math.log2(bits / width)));
    return `  ram_${name} ${name}_ram (clk, we, ra${r}, wa${w}, d${range(write)}, ${name});`;
  })
  .join('\n')}
endmodule
`;
  const hex = Object.fromEntries(
    widths.map(word => [
      `${word}.hex`,
      contents(word)
        .map(value => value.toString(16))
        .join('\n'),
    ]),
  );
  const { netlistJson } = await synthesise({
    files: {
      ...hex,
      'top.v': top + pairs.map(({ name, read, write }) => memory(`ram_${name}`, read, write)).join(''),
    },
    top: 'top',
    device: findDevice('hx8k'),
    expected: { bram: pairs.length },
  });
  const simulation = createSimulation(netlistCircuit(netlistJson).circuit);

  // The bits of each memory, as the author of the Verilog sees them.
  const model = pairs.map(({ read, write }) => {
    const word = Math.min(read, write);
    return contents(word).flatMap(value => Array.from({ length: word }, (_, place) => (value >> place) & 1));
  });
  const wrong = new Set<string>();
  let random = 1;
  for (let cycle = 0; cycle < 3000; cycle++) {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    const [ra, wa] = [random >>> 21, (random >>> 10) & 2047];
    const [d, we] = [(Math.imul(random, 40503) >>> 16) & 0xffff, cycle < 2048 ? 0 : 1];
    const address = cycle < 2048 ? cycle : ra;
    for (const [name, value] of Object.entries({ we, wa, d, ra: address })) simulation.set(name, value);
    simulation.step();
    for (const [i, { name, read, write }] of pairs.entries()) {
      const [at, to] = [(address % (bits / read)) * read, (wa % (bits / write)) * write];
      const expected = model[i]!.slice(at, at + read).reduce((sum, bit, place) => sum + bit * 2 ** place, 0);
      if (simulation.get(name) !== BigInt(expected)) wrong.add(name);
      if (we) for (let place = 0; place < write; place++) model[i]![to + place] = (d >> place) & 1;
    }
  }
  expect([...wrong]).toEqual([]);
});

test('a word that is written whole or not at all has no mask: the write enable says it all', async () => {
  const ports = 'input clk, input [1:0] we, input [7:0] ra, wa, input [15:0] d, output reg [15:0] q';
  const body = (write: string) => `
  reg [15:0] words [0:255];
  always @(posedge clk) begin ${write} q <= words[ra]; end
endmodule
`;
  const masks = async (write: string): Promise<Set<number | string>> => {
    const files = { 'ram.v': `module ram (${ports});${body(write)}` };
    const { netlistJson } = await synthesise({ files, top: 'ram', device: findDevice('hx8k') });
    const { modules } = JSON.parse(netlistJson) as {
      modules: {
        ram: { cells: Record<string, { type: string; connections: Record<string, (number | string)[]> }> };
      };
    };
    const ram = Object.values(modules.ram.cells).find(({ type }) => type === 'SB_RAM40_4K');
    return new Set(ram!.connections.MASK);
  };
  expect(await masks('if (we[0]) words[wa] <= d;')).toEqual(new Set(['0']));
  const halves = 'if (we[0]) words[wa][7:0] <= d[7:0]; if (we[1]) words[wa][15:8] <= d[15:8];';
  expect((await masks(halves)).size).toBe(2);
});
