import { ice40ModelsOf } from '../../synth/index.ts';
import type { Design } from '../lang/index.ts';
import { deviceCells } from './cosim-sources.ts';

/**
 * Models of the cells of the device that a design places by itself, for whoever simulates its Verilog: `models/SB_SPRAM256KA.v`. They have
 * no time scale, as the Verilog beside them has none.
 */
export function cellModels(design: Design): Record<string, string> {
  const cells = [...new Set(deviceCells(design))];
  return Object.fromEntries(cells.map(cell => [`models/${cell}.v`, modelOf(cell)]));
}

function modelOf(cell: string): string {
  const text = ice40ModelsOf([cell]).replace(/^`timescale .*\n/m, '');
  return `// ${cell} of the iCE40, to simulate: tools that make bitstreams have it of their own.
${licence}
// verilator lint_off WIDTH
${text.trimEnd()}
// verilator lint_on WIDTH
`;
}

const licence = `//
// This is the model of Yosys (techlibs/ice40/cells_sim.v in https://github.com/YosysHQ/yosys):
//
// Copyright (C) 2012 - 2025 Claire Xenia Wolf <claire@yosyshq.com>
//
// Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that
// the above copyright notice and this permission notice appear in all copies.
//
// THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES
// OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR
// ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS
// ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
//`;
