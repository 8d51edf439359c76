import type { EmbeddedCore } from './core.ts';

/** The core for FuseSoC (CAPI2): to depend on, to run its testbench in Icarus, and to lint with Verilator. */
export function fusesocCore({
  name,
  version,
  description,
  top,
  verilog,
  models,
  vectors,
  madeBy,
}: EmbeddedCore): string {
  const list = (paths: readonly string[]): string => paths.map(path => `      - ${path}`).join('\n');
  const copied = vectors.map(path => `      - ${path}: {file_type: user, copyto: ${path}}`).join('\n');
  const hasModels = models.length > 0;
  const modelFiles = hasModels
    ? `  models: # cells of the device, which synthesis knows by itself
    files:
${list(models)}
    file_type: verilogSource-2005
`
    : '';
  const simulated = hasModels ? 'rtl, models' : 'rtl';
  // Outputs of a cell that nobody uses are left open.
  const warnings = hasModels ? '-Wall, -Wno-PINMISSING' : '-Wall';
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
${modelFiles}  bench:
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
    filesets: [${simulated}, bench]
    toplevel: testbench
  lint:
    flow: lint
    flow_options:
      tool: verilator
      verilator_options: [${warnings}]
    filesets: [${simulated}]
    toplevel: ${top}
`;
}

/** Vendor, library, name and version, by which FuseSoC knows a core. */
export function vlnv({ name, version }: Pick<EmbeddedCore, 'name' | 'version'>): string {
  return `tercet::${name}:${version}`;
}
