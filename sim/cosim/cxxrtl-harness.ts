import type { RecordField } from '../records.ts';
import { type Bench, inputLayout, outputLayout, wrapperName } from './bench.ts';

/** Cycles that the program makes in one call at most. */
export const blockCycles = 1024;

/**
 * The C++ around what CXXRTL makes of a bench (see `wrapperOf`): buffers for records of inputs and outputs, and a
 * loop over their cycles. It exports
 *
 * - `inputs()`, `edges()`, `outputs()`: the places of the buffers, each for `blockCycles` cycles. `edges` has a word for
 *   each cycle, in which bit i belongs to `bench.clocks[i]`.
 * - `run(cycles)`: takes the records of the inputs, makes the edges, and writes those of the outputs.
 */
export function cxxrtlHarness(bench: Bench): string {
  const inputs = inputLayout(bench);
  const outputs = outputLayout(bench);
  const { clocks } = bench;
  const lines = (items: readonly string[], indent: string) =>
    items.map(item => `\n${indent}${item}`).join('');
  const put = ({ offset, bytes }: RecordField, i: number) => `put<${bytes}>(top.p_i${i}, in + ${offset});`;
  const take = ({ offset, bytes, signed }: RecordField, i: number) =>
    `take<${bytes}, ${signed}>(top.p_o${i}, out + ${offset});`;
  return `#include "design.cc"
using cxxrtl::value;
using cxxrtl::wire;

static cxxrtl_design::p_${wrapperName.replaceAll('_', '__')} top;
alignas(8) static uint8_t input_records[${blockCycles * inputs.stride + 8}];
alignas(8) static uint8_t output_records[${blockCycles * outputs.stride + 8}];
static uint32_t edge_words[${blockCycles}];

// A value lies in a record in two's complement, lowest byte first, and takes as many bytes as its format says.
template<size_t Bytes, size_t Bits> void put(value<Bits> &port, const uint8_t *record) {
  constexpr size_t chunks = value<Bits>::chunks;
  value<Bits> next;
  memcpy(next.data, record, Bytes < 4 * chunks ? Bytes : 4 * chunks);
  next.data[chunks - 1] &= value<Bits>::msb_mask;
  port = next;
}

template<size_t Bytes, bool Signed, size_t Bits> void take(const value<Bits> &port, uint8_t *record) {
  constexpr size_t chunks = value<Bits>::chunks;
  uint32_t fill = Signed && port.is_neg() ? ~0u : 0u;
  uint32_t words[(Bytes + 3) / 4];
  for (uint32_t &word : words) word = fill;
  for (size_t i = 0; i < chunks; i++) words[i] = port.data[i];
  words[chunks - 1] |= fill & ~value<Bits>::msb_mask;
  memcpy(record, words, Bytes);
}

template<size_t Bytes, bool Signed, size_t Bits> void take(const wire<Bits> &port, uint8_t *record) {
  take<Bytes, Signed>(port.curr, record);
}

#define EXPORT(name) extern "C" __attribute__((export_name(#name)))

EXPORT(inputs) uint8_t *inputs() { return input_records; }
EXPORT(outputs) uint8_t *outputs() { return output_records; }
EXPORT(edges) uint32_t *edges() { return edge_words; }

EXPORT(run) void run(uint32_t cycles) {
  const uint8_t *in = input_records;
  uint8_t *out = output_records;
  for (uint32_t cycle = 0; cycle < cycles; cycle++) {
    ${lines(inputs.fields.map(put), '    ').trimStart()}
    top.step();
    ${lines(outputs.fields.map(take), '    ').trimStart()}
    uint32_t edges = edge_words[cycle];
    (void)edges;${lines(
      clocks.map((_, i) => `top.p_c${i}.data[0] = edges >> ${i} & 1;`),
      '    ',
    )}
    top.step();${lines(
      clocks.map((_, i) => `top.p_c${i}.data[0] = 0;`),
      '    ',
    )}
    top.step();
    in += ${inputs.stride};
    out += ${outputs.stride};
  }
}
`;
}
