/**
 * Tercet: ternary and 1-bit hardware for small FPGAs. What a program that imports `tercet` gets: the language, the
 * Verilog emitter, the ternary cores, the simulator, the schemes of 1-bit models, and the host that talks to boards.
 */
export { Diagnostic } from './diagnostic/index.ts';
export type * from './hdl-gen/cli/index.ts';
export * from './hdl-gen/emit/index.ts';
export * from './hdl-gen/lang/index.ts';
export * from './host/index.ts';
export * from './model/index.ts';
export * from './model/layers/index.ts';
export * from './model/plan/index.ts';
export * from './model/schemes/index.ts';
export { type CoreParameters, configurationOf, ternaryCore } from './rtl/core/index.ts';
export * from './rtl/memory/index.ts';
export * from './rtl/ternary/index.ts';
export { type BoardCoreParameters, boardCore, defaultCore } from './rtl/top/index.ts';
export * from './sim/activity/index.ts';
export * from './sim/index.ts';
export * from './sim/timed/index.ts';
export { parseSdf, type Sdf } from './synth/index.ts';
