export { type EmittedMemory, emittedMemories } from './memory-names.ts';
export { type EmitOptions, emitVerilog, type VerilogFile } from './verilog.ts';
