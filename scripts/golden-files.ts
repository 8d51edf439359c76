import { emitVerilog } from '../hdl-gen/emit/index.ts';
import { elaborate } from '../hdl-gen/lang/index.ts';
import { ternaryStream } from '../rtl/ternary/index.ts';

/** The configurations whose Verilog is committed, for people who want to read or use it without running anything. */
const configurations = [
  { folder: 'lanes_64', parameters: { lanes: 64, rows: 1 } },
  { folder: 'lanes_8_rows_4', parameters: { lanes: 8, rows: 4 } },
] as const;

/** The files below rtl/verilog/, by path, as they should be. */
export function goldenFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { folder, parameters } of configurations) {
    const core = ternaryStream({ activationBits: 8, maxK: 4096, initBits: 16, pipeline: 1, ...parameters });
    for (const { name, text } of emitVerilog(elaborate(core), { madeBy: 'Tercet' })) {
      files.set(`${folder}/${name}`, text);
    }
  }
  return files;
}
