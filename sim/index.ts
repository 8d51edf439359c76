export { type BatchOptions, type BatchRunOptions, BatchSimulation, createBatch } from './batch.ts';
export type { BatchRecords } from './batch-records.ts';
export {
  type CellReader,
  cellReaders,
  memoryLimit,
  type NetlistCell,
  type NetlistCircuit,
  type NetlistOptions,
  netlistCircuit,
  type PortPart,
  type PortParts,
  type Print,
} from './netlist/index.ts';
export { type PowerUp, powerUp } from './power-up.ts';
export {
  type Printed,
  type PrintedRun,
  type PrintingOptions,
  PrintingSimulation,
} from './printing-simulation.ts';
export type { RecordField, RecordLayout, Records } from './records.ts';
export {
  type CoverCount,
  createSimulation,
  type RunOptions,
  type Simulation,
  type SimulationOptions,
  type StepOptions,
  type Stimuli,
} from './simulation.ts';
export { type TraceSink, vcd, type Waveform, type WaveformOptions, waveform } from './trace/index.ts';
export { type CircuitRun, type PartialValues, type Reading, simulate } from './typed.ts';
