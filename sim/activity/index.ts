/** How often the nets of a netlist change: without delays in the engine, or as somebody else's simulation has dumped it. */
export { type NamedNet, namedNets, withNamesOf } from './net-names.ts';
export { type NetToggles, type ToggleOptions, type ToggleRun, toggleRun } from './toggles.ts';
export { type NetChanges, readVcd, type VcdActivity, type VcdOptions } from './vcd.ts';
export { type DumpedCycles, type VcdInputOptions, vcdInputs, type WantedInput } from './vcd-inputs.ts';
