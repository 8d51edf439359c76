export type { CellReader, NetlistCell } from './cell.ts';
export { cellReaders } from './cells/index.ts';
export { type NetlistCircuit, type NetlistOptions, netlistCircuit } from './circuit.ts';
export { type NetlistBit, type NetlistCellData, type NetlistModule, readModule } from './json.ts';
export { memoryLimit } from './memory-limit.ts';
export type { PortPart, PortParts } from './ports.ts';
export type { Print, PrintTrigger } from './print.ts';
export { type PrintForm, type PrintPart, show } from './print-format.ts';
export type { BitPlace, NetBit } from './wires.ts';
