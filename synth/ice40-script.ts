/** What is done for iCE40 between Verilog that is read and a netlist of its cells: `synth_ice40`, with two passes of our own. */
import { comparisonFile, comparisonModel, correctComparisons } from './comparisons.ts';
import { mapMemories, memoryFile, memoryModel } from './memories.ts';
import type { FileSet } from './tool.ts';

/** How it is done. */
export interface Ice40Options {
  readonly top: string;
  /** The letter by which Yosys knows the family: `hx`, `lp` or `u`. */
  readonly yosysDevice: string;
  /** Multiplications may become DSP blocks. */
  readonly dsp?: boolean | undefined;
  /** Large memories may become SPRAM. */
  readonly spram?: boolean | undefined;
}

/** The files that the commands read, beside those of the design. */
export const ice40Files: FileSet = { [comparisonFile]: comparisonModel, [memoryFile]: memoryModel };

/** The commands up to where the design still has its modules, and those after that. */
export function ice40Script({ top, yosysDevice, dsp, spram }: Ice40Options): {
  readonly hierarchical: readonly string[];
  readonly flat: readonly string[];
} {
  const options = `-top ${top} -device ${yosysDevice}${dsp ? ' -dsp' : ''}${spram ? ' -spram' : ''}`;
  return {
    hierarchical: [`synth_ice40 -run begin:flatten ${options}`],
    flat: [
      correctComparisons,
      `synth_ice40 -run flatten:map_ram ${options}`,
      ...mapMemories(spram ?? false),
      `synth_ice40 -run map_ffram: ${options}`,
    ],
  };
}
