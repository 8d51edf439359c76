export type { CellReader, NetlistCell } from './cell.ts';
export { cellReaders } from './cells/index.ts';
export { type NetlistCircuit, type NetlistOptions, netlistCircuit } from './circuit.ts';
export type { PortPart, PortParts } from './ports.ts';
