import { linkBody } from './cocotb-link.ts';
import type { EmbeddedCore, StreamInterface, WishboneInterface } from './core.ts';

/** The test of a core in cocotb: a Python module that also runs itself, in Icarus Verilog. */
export function cocotbTest(core: EmbeddedCore): string {
  const { top, madeBy } = core;
  const body = bodyOf(core.interface);
  const folders = core.models.length === 0 ? ['verilog'] : ['verilog', 'models'];
  const sources = folders.map(folder => `sorted((FOLDER / "${folder}").glob("*.v"))`).join(' + ');
  return `"""The test of ${top} in cocotb (1.8 or newer), made by ${madeBy}.

    pip install cocotb
    python3 test_${top}.py      # compiles and runs it in Icarus Verilog
"""

import random
from pathlib import Path

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import FallingEdge, Timer

FOLDER = Path(__file__).resolve().parent
SOURCES = ${sources}


def vectors(name):
    """The numbers of a file of vectors, one a line."""
    lines = (FOLDER / "vectors" / name).read_text().splitlines()
    return [int(line, 16) for line in lines if not line.startswith("//")]


async def start(dut):
    """Starts the clock and resets the core. All inputs change at falling edges."""
    cocotb.start_soon(Clock(dut.clk, 10, "ns").start())
    dut.rst.value = 1
    for _ in range(3):
        await FallingEdge(dut.clk)
    dut.rst.value = 0

${body}

@cocotb.test()
async def without_pauses(dut):
    await play(dut, pauses=False)


@cocotb.test()
async def with_pauses(dut):
    random.seed(1)
    await play(dut, pauses=True)


def run():
    try:
        from cocotb_tools.runner import get_results, get_runner  # cocotb 2
        files = {"sources": SOURCES}
    except ImportError:
        from cocotb.runner import get_results, get_runner
        files = {"verilog_sources": SOURCES}
    place = {"build_dir": FOLDER / "sim_build", "hdl_toplevel": "${top}"}
    runner = get_runner("icarus")
    runner.build(**files, **place, build_args=["-g2005"], timescale=("1ns", "1ps"), always=True)
    results = runner.test(**place, test_dir=FOLDER, test_module=Path(__file__).stem)
    tests, failed = get_results(results)
    print(f"{tests} tests, {failed} failed")
    return 0 if tests > 0 and failed == 0 else 1


if __name__ == "__main__":
    raise SystemExit(run())
`;
}

/** What a test says of its interface: `play(dut, pauses)` and what that needs. */
function bodyOf(spoken: EmbeddedCore['interface']): string {
  switch (spoken.kind) {
    case 'wishbone':
      return wishboneBody(spoken);
    case 'uart':
    case 'spi':
      return linkBody(spoken);
    default:
      return streamBody(spoken);
  }
}

function streamBody({ inputs, output, mostCycles }: StreamInterface): string {
  const columns = inputs
    .map(({ name, prefix, flags, flagFile, fields }) => {
      const rows = [
        ...flags.map(
          (flag, i) =>
            `        "${prefix}${flag}": [word >> ${flags.length - 1 - i} & 1 for word in vectors("${flagFile}")],`,
        ),
        ...fields.map(field => `        "${prefix}${field.name}": vectors("${field.file}"),`),
      ];
      return `    "${prefix}": {  # the stream '${name}'\n${rows.join('\n')}\n    },`;
    })
    .join('\n');
  return `
# What each stream is played from: for each port its values, beat after beat.
STREAMS = {
${columns}
}
SUMS = vectors("${output.field.file}")


async def play(dut, pauses):
    """Sends all beats and compares all sums; with \`pauses\` both sides stop at random."""
    for prefix in STREAMS:
        getattr(dut, prefix + "valid").value = 0
    dut.${output.prefix}ready.value = 0
    await start(dut)
    sent = {prefix: 0 for prefix in STREAMS}
    held = {prefix: False for prefix in STREAMS}
    received = []
    for cycle in range(${8 * mostCycles + 1000}):
        await FallingEdge(dut.clk)
        for prefix, ports in STREAMS.items():
            beats = len(next(iter(ports.values())))
            pausing = pauses and not held[prefix] and random.randrange(3) == 0
            valid = sent[prefix] < beats and not pausing
            getattr(dut, prefix + "valid").value = int(valid)
            if valid:
                for port, values in ports.items():
                    getattr(dut, port).value = values[sent[prefix]]
        dut.${output.prefix}ready.value = 0 if pauses and random.randrange(3) == 0 else 1
        await Timer(2, "ns")
        for prefix in STREAMS:
            offers = int(getattr(dut, prefix + "valid").value) == 1
            takes = int(getattr(dut, prefix + "ready").value) == 1
            held[prefix] = offers and not takes
            sent[prefix] += int(offers and takes)
        if int(dut.${output.prefix}valid.value) == 1 and int(dut.${output.prefix}ready.value) == 1:
            received.append(int(dut.${output.prefix}${output.field.name}.value))
            assert received[-1] == SUMS[len(received) - 1], f"sum {len(received) - 1} is wrong"
        if len(received) == len(SUMS):
            return
    raise AssertionError(f"{len(received)} of {len(SUMS)} sums came")
`;
}

function wishboneBody({ script }: WishboneInterface): string {
  return `
WRITE, READ, WAIT, WRITE_ERROR, READ_ERROR, PARTIAL_ERROR = range(6)


async def transfer(dut, write, address, data=0, sel=15):
    """One classic cycle; gives the word that was read, or None where the core answers with an error."""
    await FallingEdge(dut.clk)
    dut.wb_cyc_i.value = dut.wb_stb_i.value = 1
    dut.wb_we_i.value = int(write)
    dut.wb_adr_i.value = address
    dut.wb_sel_i.value = sel
    dut.wb_dat_i.value = data
    for _ in range(10000):
        await Timer(2, "ns")
        ack, err = int(dut.wb_ack_o.value), int(dut.wb_err_o.value)
        if ack or err:
            word = int(dut.wb_dat_o.value) if ack and not write else 0
            await FallingEdge(dut.clk)
            dut.wb_cyc_i.value = dut.wb_stb_i.value = 0
            return None if err else word
        await FallingEdge(dut.clk)
    raise AssertionError(f"no answer at the address {address:#x}")


async def play(dut, pauses):
    """Plays all transfers; with \`pauses\` the master waits at random between two of them."""
    dut.wb_cyc_i.value = dut.wb_stb_i.value = 0
    await start(dut)
    script = vectors("${script.file}")
    assert len(script) == ${script.count}, f"${script.file} has {len(script)} of ${script.count} transfers"
    for number, word in enumerate(script):
        kind, address, data = word >> 52, word >> 32 & 0xFFFFF, word & 0xFFFFFFFF
        if pauses:
            for _ in range(random.randrange(3)):
                await FallingEdge(dut.clk)
        place = f"transfer {number}, address {address:#x}"
        if kind == WRITE:
            assert await transfer(dut, True, address, data) is not None, place
        elif kind == READ:
            seen = await transfer(dut, False, address)
            assert seen == data, f"{place}: {seen} was read, {data} is expected"
        elif kind == WAIT:
            for _ in range(10000):
                if not await transfer(dut, False, address) & data:
                    break
            else:
                raise AssertionError(f"{place}: it never ends")
        else:
            sel = 1 if kind == PARTIAL_ERROR else 15
            assert await transfer(dut, kind != READ_ERROR, address, data, sel) is None, place
`;
}
