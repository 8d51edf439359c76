import type { EmbeddedCore } from './core.ts';

/** The core for FuseSoC (CAPI2): to depend on, to run its testbench in Icarus, and to lint with Verilator. */
export function fusesocCore({
  name,
  version,
  description,
  top,
  verilog,
  vectors,
  madeBy,
}: EmbeddedCore): string {
  const list = (paths: readonly string[]): string => paths.map(path => `      - ${path}`).join('\n');
  const copied = vectors.map(path => `      - ${path}: {file_type: user, copyto: ${path}}`).join('\n');
  return `CAPI=2:
# Made by ${madeBy}.
#
#   fusesoc --cores-root . run --target=sim ${vlnv({ name, version })}     # the testbench, in Icarus Verilog
#   fusesoc --cores-root . run --target=lint ${vlnv({ name, version })}    # Verilator, all warnings

name: ${vlnv({ name, version })}
description: ${description}

filesets:
  rtl:
    files:
${list(verilog)}
    file_type: verilogSource-2005
  bench:
    files:
      - testbench.v
${copied}
    file_type: verilogSource-2005

targets:
  default:
    filesets: [rtl]
    toplevel: ${top}
  sim:
    flow: sim
    flow_options:
      tool: icarus
      iverilog_options: [-g2005, -Wall, -DSTOP_AT_FAIL]
      vvp_options: [-N]
    filesets: [rtl, bench]
    toplevel: testbench
  lint:
    flow: lint
    flow_options:
      tool: verilator
      verilator_options: [-Wall]
    filesets: [rtl]
    toplevel: ${top}
`;
}

/** Vendor, library, name and version, by which FuseSoC knows a core. */
export function vlnv({ name, version }: Pick<EmbeddedCore, 'name' | 'version'>): string {
  return `tercet::${name}:${version}`;
}
