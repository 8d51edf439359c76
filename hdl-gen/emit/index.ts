export { type EmitOptions, emitVerilog, type VerilogFile } from './verilog.ts';
