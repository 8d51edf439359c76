import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of the accelerator beside its top. */
const parts = ['sequencer.v', 'compute.v', 'memory.v'];

/**
 * The Verilog of the accelerator of a checkout of SymbioticEDA/MARLANN, by file name. Its serial interface, which has a clock of its
 * own and rests while it is measured, is left out: what it gives and takes become ports.
 */
export function acceleratorFiles(checkout: string): Record<string, string> {
  const read = (name: string): string => readFileSync(join(checkout, 'rtl', name), 'utf8');
  const files = { 'top.v': withoutInterface(read('top.v')) };
  for (const name of parts) Object.assign(files, { [name]: read(name) });
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, `\`define QPI\n${text}`]));
}

const ports = [
  'input active, input din_valid, input din_start, input [7:0] din_data',
  'output reg dout_valid, output reg [7:0] dout_data, output busy_o',
].join(', ');

function withoutInterface(top: string): string {
  const withPorts = between(top, '`ifdef QPI\n\tinput  qpi_csb', ');\n', `\t${ports}\n`);
  const cut = between(
    withPorts,
    '\t/********** QPI Interface',
    '\t/********** Cmd State Machine',
    '\twire qpi_active = active;\n\twire dout_ready = 0;\n\tassign busy_o = busy;\n',
  );
  const own = cut.slice(0, cut.lastIndexOf('`ifdef', cut.indexOf('module marlann_qpi')));
  // Ports now.
  return own.replace(
    /\t(?:wire|reg) +(?:\[ 7:0\] )?(?:din_valid|din_start|din_data|dout_valid|dout_ready|dout_data);\n/g,
    '',
  );
}

/** A text with another one in place of what lies from one mark up to another one. */
function between(text: string, from: string, to: string, put: string): string {
  const begin = text.indexOf(from);
  const end = text.indexOf(to, begin);
  if (begin < 0 || end < 0) throw new Error(`this is not the top of MARLANN: '${from.trim()}' is not in it`);
  return text.slice(0, begin) + put + text.slice(end);
}
