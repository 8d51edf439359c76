export { type EmittedMemory, emittedMemories } from './memory-names.ts';
export type { PllCell } from './pll-top.ts';
export { type EmitOptions, emitVerilog, type VerilogFile } from './verilog.ts';
