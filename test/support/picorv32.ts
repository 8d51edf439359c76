import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../synth/index.ts';
import {
  assemble,
  branch,
  type Instruction,
  immediate,
  jump,
  jumpTo,
  load,
  register,
  store,
  upper,
} from './riscv.ts';

/*
 * picorv32, a processor that others have written, with a memory and a program. Its Verilog is not a part of Tercet: it
 * comes from PyPI, once, into the folder of the cache.
 */
const distribution = 'pythondata-cpu-picorv32';
const version = '1.0.post218';

/** Its Verilog; undefined where it is neither in the cache nor to be had. */
export function picorv32(): string | undefined {
  const folder = join(cacheFolder(), `picorv32-${version}`);
  const file = join(folder, 'pythondata_cpu_picorv32', 'verilog', 'picorv32.v');
  if (!existsSync(file)) {
    try {
      mkdirSync(folder, { recursive: true });
      const pip = [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--no-deps',
        '--target',
        folder,
        `${distribution}==${version}`,
      ];
      execFileSync('python3', pip, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 60_000 });
    } catch {
      return undefined;
    }
  }
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The processor with 4 KB of memory, which answers after one cycle, and what goes between them as outputs. */
export const systemVerilog = `
module system #(parameter [0:0] EXTENDED = 0) (
  input clk, input resetn, output trap, output mem_valid, output [31:0] mem_addr, output [31:0] mem_wdata,
  output [3:0] mem_wstrb
);
  reg [31:0] memory [0:1023];
  initial $readmemh("program.hex", memory);
  reg mem_ready = 0;
  reg [31:0] mem_rdata = 0;
  picorv32 #(.ENABLE_MUL(EXTENDED), .ENABLE_DIV(EXTENDED), .BARREL_SHIFTER(EXTENDED)) cpu (
    .clk(clk), .resetn(resetn), .trap(trap), .mem_valid(mem_valid), .mem_ready(mem_ready), .mem_addr(mem_addr),
    .mem_wdata(mem_wdata), .mem_wstrb(mem_wstrb), .mem_rdata(mem_rdata), .pcpi_wr(1'b0), .pcpi_rd(32'b0),
    .pcpi_wait(1'b0), .pcpi_ready(1'b0), .irq(32'b0));
  always @(posedge clk) begin
    mem_ready <= 0;
    if (mem_valid && !mem_ready) begin
      mem_ready <= 1;
      mem_rdata <= memory[mem_addr[11:2]];
      if (mem_wstrb[0]) memory[mem_addr[11:2]][7:0] <= mem_wdata[7:0];
      if (mem_wstrb[1]) memory[mem_addr[11:2]][15:8] <= mem_wdata[15:8];
      if (mem_wstrb[2]) memory[mem_addr[11:2]][23:16] <= mem_wdata[23:16];
      if (mem_wstrb[3]) memory[mem_addr[11:2]][31:24] <= mem_wdata[31:24];
    end
  end
endmodule
`;

/** Where the program writes each checksum. */
export const checksumAddress = 0xff0;

/** Numbers that the program works on, behind itself. */
const data = 0x800;
const words = 8;

/**
 * Works without end on numbers in memory: each round mixes them with whatever the processor can do, goes through them
 * by bytes, halves and words, and writes a checksum.
 */
export function program({ extended }: { readonly extended: boolean }): number[] {
  const [zero, sum, at, end, a, c, d, round, link, half] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const clear = Array.from({ length: 22 }, (_, i) => immediate('addi', 10 + i, zero, i * 77));
  const more: Instruction[] = extended
    ? (['mul', 'mulh', 'mulhsu', 'mulhu', 'div', 'divu', 'rem', 'remu'] as const).flatMap(name => [
        register(name, d, sum, a),
        register('add', sum, sum, d),
      ])
    : [];
  return assemble([
    ...clear,
    upper(sum, 0x12345),
    immediate('addi', round, zero, 0),
    'fill',
    upper(at, 1),
    immediate('addi', at, at, data - 0x1000),
    immediate('addi', end, at, 4 * words),
    'next number',
    immediate('slli', a, sum, 5),
    register('add', sum, sum, a),
    immediate('addi', sum, sum, 0x123),
    store('sw', sum, at, 0),
    immediate('addi', at, at, 4),
    branch('bltu', at, end, 'next number'),
    'again',
    immediate('addi', round, round, 1),
    immediate('addi', at, end, -4 * words),
    'next word',
    load('lw', a, at, 0),
    load('lb', c, at, 1),
    load('lhu', d, at, 2),
    jump(link, 'mix'),
    store('sh', sum, at, 2),
    store('sb', c, at, 0),
    load('lh', half, at, 0),
    load('lbu', d, at, 3),
    register('add', sum, sum, half),
    register('sub', sum, sum, d),
    ...more,
    immediate('addi', at, at, 4),
    branch('bne', at, end, 'next word'),
    upper(half, 1),
    store('sw', sum, half, checksumAddress - 0x1000),
    jump(zero, 'again'),
    'mix',
    immediate('andi', half, round, 15),
    register('sll', half, a, half),
    register('xor', sum, sum, half),
    register('sra', half, sum, c),
    register('srl', d, sum, d),
    branch('bge', half, d, 'less'),
    register('or', sum, sum, half),
    jump(zero, 'mixed'),
    'less',
    register('and', half, half, d),
    immediate('xori', sum, sum, -1),
    register('add', sum, sum, half),
    'mixed',
    register('slt', half, sum, a),
    register('sltu', d, a, sum),
    register('add', sum, sum, half),
    immediate('slli', d, d, 7),
    register('xor', sum, sum, d),
    jumpTo(zero, link),
  ]);
}

/** A program as `$readmemh` reads it: all words of the memory. */
export function hex(instructions: readonly number[]): string {
  const all = Array.from({ length: 1024 }, (_, i) => instructions[i] ?? 0);
  return `${all.map(each => each.toString(16).padStart(8, '0')).join('\n')}\n`;
}
