import type { EmbeddedCore, PlayedStream, StreamInterface, WishboneInterface } from './core.ts';

/** A core that LiteX has an interface for. */
interface LiteXCore extends EmbeddedCore {
  readonly interface: StreamInterface | WishboneInterface;
}

/** Whether LiteX has an interface for what a core speaks. */
export function speaksLiteX(core: EmbeddedCore): core is LiteXCore {
  const { kind } = core.interface;
  return kind !== 'uart' && kind !== 'spi';
}

/** The core for LiteX: a Python module with its class, and a function that adds it to a SoC. */
export function litexModule(core: LiteXCore): string {
  const { top, name, madeBy, verilog } = core;
  const parts =
    core.interface.kind === 'wishbone' ? wishboneParts(core.interface) : streamParts(core.interface);
  const files = verilog.map(path => `    "${path}",`).join('\n');
  return `"""${top} (${name}) for LiteX, made by ${madeBy}.

${parts.usage(top)}

Called as a program it makes the Verilog of a small SoC for an iCE40 UP5K in build_litex/, as an example and a check:

    python3 litex_${top}.py
"""

from pathlib import Path

from migen import ClockSignal, Instance, ResetSignal

from litex.gen import LiteXModule
${parts.imports}

FOLDER = Path(__file__).resolve().parent
VERILOG = [
${files}
]

${parts.definition(top)}

def add_${top}(soc, name="ternary"${parts.addArguments}):
    """Adds the core to a SoC under a name; gives the core."""
    core = TernaryCore(soc.platform)
    soc.add_module(name, core)
${parts.add}    return core


def example():
    """A SoC with the core and a bridge from its UART to the bus; no processor."""
    from litex.build.generic_platform import Pins, Subsignal
    from litex.build.lattice import LatticePlatform
    from litex.gen import ClockDomain
    from litex.soc.integration.builder import Builder
    from litex.soc.integration.soc_core import SoCMini

    pins = [
        ("clk12", 0, Pins("35")),
        ("serial", 0, Subsignal("rx", Pins("6")), Subsignal("tx", Pins("9"))),
    ]
    platform = LatticePlatform("ice40-up5k-sg48", pins, toolchain="icestorm")
    soc = SoCMini(platform, clk_freq=int(12e6), ident="Tercet example")
    soc.cd_sys = ClockDomain("sys")
    soc.comb += soc.cd_sys.clk.eq(platform.request("clk12"))
    soc.comb += soc.cd_sys.rst.eq(0)
    soc.add_uartbone(baudrate=115200)
    add_${top}(soc)
    Builder(soc, output_dir=str(FOLDER / "build_litex"), compile_software=False).build(
        build_name="example", run=False
    )


if __name__ == "__main__":
    example()
`;
}

interface Parts {
  readonly usage: (top: string) => string;
  readonly imports: string;
  readonly definition: (top: string) => string;
  readonly addArguments: string;
  readonly add: string;
}

function definition(
  top: string,
  doc: string,
  fields: readonly string[],
  connections: readonly string[],
  rest: readonly string[],
): string {
  return `
class TernaryCore(LiteXModule):
    """${doc}"""

    def __init__(self, platform):
${fields.map(line => `        ${line}`).join('\n')}
        self.specials += Instance(
            "${top}",
            i_clk=ClockSignal(),
            i_rst=ResetSignal(),
${connections.map(line => `            ${line},`).join('\n')}
        )
${rest.map(line => `        ${line}\n`).join('')}        for path in VERILOG:
            platform.add_source(str(FOLDER / path))
`;
}

function wishboneParts({ addressBits }: WishboneInterface): Parts {
  return {
    usage: top => `    add_${top}(soc)        # a slave on the bus of the SoC, in a region of its own

A word of the core is four bytes of the region: docs/registers.md of Tercet tells the addresses. The region is not cached.`,
    imports: `from litex.soc.integration.soc import SoCRegion
from litex.soc.interconnect import wishbone`,
    definition: top =>
      definition(
        top,
        'The registers and memories of the core, on `bus`.',
        [`self.bus = bus = wishbone.Interface(data_width=32, adr_width=${addressBits}, addressing="word")`],
        [
          'i_wb_cyc_i=bus.cyc',
          'i_wb_stb_i=bus.stb',
          'i_wb_we_i=bus.we',
          'i_wb_adr_i=bus.adr',
          'i_wb_sel_i=bus.sel',
          'i_wb_dat_i=bus.dat_w',
          'o_wb_ack_o=bus.ack',
          'o_wb_err_o=bus.err',
          'o_wb_dat_o=bus.dat_r',
        ],
        [],
      ),
    addArguments: ', origin=0x9000_0000',
    add: `    region = SoCRegion(origin=origin, size=4 * 2**${addressBits}, cached=False)
    soc.bus.add_slave(name, core.bus, region)
`,
  };
}

function streamParts({ kind, inputs, output }: StreamInterface): Parts {
  const { prefix, field } = output;
  if (kind === 'axi') {
    const [input] = inputs as [PlayedStream];
    const inputBits = input.fields[0]!.bits;
    return {
      usage: top => `    core = add_${top}(soc)      # core.sink takes beats, core.source gives sums

Both are AXI-Streams; docs/embedding.md of Tercet tells what lies where in their data.`,
      imports: 'from litex.soc.interconnect.axi import AXIStreamInterface',
      definition: top =>
        definition(
          top,
          'Beats go into `sink`, sums come out of `source`.',
          [
            `self.sink = sink = AXIStreamInterface(data_width=${inputBits})`,
            `self.source = source = AXIStreamInterface(data_width=${field.bits})`,
          ],
          [
            ...['valid', 'last', 'data'].map(name => `i_${input.prefix}${name}=sink.${name}`),
            `o_${input.prefix}ready=sink.ready`,
            `i_${prefix}ready=source.ready`,
            ...['valid', 'last', 'data'].map(name => `o_${prefix}${name}=source.${name}`),
          ],
          [`self.comb += source.keep.eq(2 ** ${field.bits / 8} - 1)`],
        ),
      addArguments: '',
      add: '',
    };
  }
  const sinkOf = ({ name }: PlayedStream): string => (name === 'in' ? 'sink' : `${name}_sink`);
  /** An endpoint has `first` and `last` by itself; other flags are fields. */
  const ownFlags = ['first', 'last'];
  const layoutOf = ({ flags, fields }: PlayedStream): string =>
    [
      ...flags.filter(flag => !ownFlags.includes(flag)).map(flag => `("${flag}", 1)`),
      ...fields.map(({ name, bits }) => `("${name}", ${bits})`),
    ].join(', ');
  return {
    usage: top => `    core = add_${top}(soc)   # core.sink takes beats, core.source gives sums

Each is a stream.Endpoint: connect them to what makes beats and what takes sums.`,
    imports: 'from litex.soc.interconnect import stream',
    definition: top =>
      definition(
        top,
        'Beats go into `sink`, sums come out of `source`.',
        [
          ...inputs.map(each => `self.${sinkOf(each)} = stream.Endpoint([${layoutOf(each)}])`),
          `self.source = stream.Endpoint([("${field.name}", ${field.bits})])`,
        ],
        [
          ...inputs.flatMap(each => [
            `i_${each.prefix}valid=self.${sinkOf(each)}.valid`,
            ...[...each.flags, ...each.fields.map(({ name }) => name)].map(
              name => `i_${each.prefix}${name}=self.${sinkOf(each)}.${name}`,
            ),
            `o_${each.prefix}ready=self.${sinkOf(each)}.ready`,
          ]),
          `o_${prefix}valid=self.source.valid`,
          `i_${prefix}ready=self.source.ready`,
          `o_${prefix}${field.name}=self.source.${field.name}`,
        ],
        ['self.comb += [self.source.first.eq(1), self.source.last.eq(1)]'],
      ),
    addArguments: '',
    add: '',
  };
}
