import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timedRuns, warmUpMs } from './row.ts';

/** A port of a Verilog module. */
export interface VerilogPort {
  readonly name: string;
  readonly width: number;
}

/** What Verilator is to run. */
export interface VerilatorSubject {
  readonly top: string;
  readonly files: Readonly<Record<string, string>>;
  readonly inputs: readonly VerilogPort[];
  readonly outputs: readonly VerilogPort[];
  /** One list for each cycle: the values of the inputs, in their order. */
  readonly stimulus: readonly (readonly bigint[])[];
}

/** Cycles per second, and a sum over all outputs of the first run for comparing. */
export interface VerilatorResult {
  readonly rate: number;
  readonly checksum: number;
}

export const hasVerilator = spawnSync('verilator', ['--version'], { stdio: 'ignore' }).error === undefined;

/**
 * Compiles a design with Verilator (-O3, -march=native) and runs it over the stimulus, which it takes from memory as
 * our engine does: as often as that, and when it is as warm; the fastest run counts.
 */
export function runVerilator(subject: VerilatorSubject): VerilatorResult {
  const folder = mkdtempSync(join(tmpdir(), 'tercet-bench-'));
  try {
    for (const [name, text] of Object.entries(subject.files)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'stimulus.bin'), stimulusBytes(subject));
    writeFileSync(join(folder, 'main.cpp'), harness(subject));
    const sources = Object.keys(subject.files).filter(name => name.endsWith('.v'));
    const flags = ['-O3', '-Wno-fatal', '--x-assign', 'fast', '--x-initial', 'fast', '--noassert'];
    const build = [
      '--cc',
      '--exe',
      '--build',
      '--prefix',
      'Vtop',
      '-Mdir',
      'out',
      '--top-module',
      subject.top,
    ];
    const compiler = ['-CFLAGS', '-O3 -march=native'];
    execFileSync('verilator', [...flags, ...compiler, ...build, ...sources, 'main.cpp'], {
      cwd: folder,
      stdio: 'ignore',
    });
    const text = execFileSync(join(folder, 'out', 'Vtop'), { cwd: folder, encoding: 'utf8' });
    const [rate, checksum] = text.trim().split(' ').map(Number);
    return { rate: rate!, checksum: checksum! };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const wordsOf = (width: number) => Math.ceil(width / 32);

/** The inputs of all cycles in words of 32 bits, the lowest first. */
function stimulusBytes({ inputs, stimulus }: VerilatorSubject): Uint8Array {
  const stride = inputs.reduce((sum, { width }) => sum + wordsOf(width), 0);
  const words = new Uint32Array(stride * stimulus.length);
  let at = 0;
  for (const values of stimulus)
    inputs.forEach(({ width }, i) => {
      for (let word = 0; word < wordsOf(width); word++)
        words[at++] = Number(BigInt.asUintN(32, BigInt.asUintN(width, values[i]!) >> BigInt(32 * word)));
    });
  return new Uint8Array(words.buffer);
}

function harness({ inputs, outputs, stimulus }: VerilatorSubject): string {
  let stride = 0;
  const sets = inputs.map(({ name, width }) => {
    const words = wordsOf(width);
    const at = stride;
    stride += words;
    if (width <= 32) return `top->${name} = r[${at}];`;
    if (width <= 64) return `top->${name} = r[${at}] | (uint64_t)r[${at + 1}] << 32;`;
    return `memcpy(&top->${name}, r + ${at}, ${4 * words});`;
  });
  const reads = outputs.map(({ name, width }) =>
    width <= 32 ? `sum = sum * 31 + top->${name};` : `sum = sum * 31 + (uint32_t)top->${name};`,
  );
  return `#include "Vtop.h"
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>
int main() {
  const int cycles = ${stimulus.length}, stride = ${stride};
  std::vector<uint32_t> records((size_t)cycles * stride);
  FILE *file = fopen("stimulus.bin", "rb");
  if (fread(records.data(), 4, records.size(), file) != records.size()) return 1;
  Vtop *top = new Vtop;
  std::vector<double> rates;
  uint32_t first = 0;
  bool isChecked = false;
  const auto start = std::chrono::steady_clock::now();
  for (int run = 0; run < ${timedRuns};) {
    uint32_t sum = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < cycles; i++) {
      const uint32_t *r = records.data() + (size_t)i * stride;
      ${sets.join('\n      ')}
      top->clk = 0;
      top->eval();
      ${reads.join('\n      ')}
      top->clk = 1;
      top->eval();
    }
    const auto end = std::chrono::steady_clock::now();
    if (!isChecked) first = sum;
    isChecked = true;
    if (begin - start < std::chrono::milliseconds(${warmUpMs})) continue;
    rates.push_back(cycles / std::chrono::duration<double>(end - begin).count());
    run++;
  }
  printf("%f %u\\n", *std::max_element(rates.begin(), rates.end()), first);
}
`;
}
