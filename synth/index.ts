/** The synthesis room: Verilog text to a bitstream for an iCE40, with a report of area and speed. */

export { type BuildRequest, type BuildResult, buildBitstream } from './build.ts';
export type { ModuleResources } from './by-module.ts';
export { cacheFolder, keyOf, readCached, writeCached } from './cache.ts';
export { type CxxrtlProgram, type CxxrtlRequest, compileCxxrtl } from './cxxrtl.ts';
export { type Device, devices, findDevice, findPackage } from './devices.ts';
export {
  DoesNotFit,
  NoPlacement,
  type ResourceKind,
  type ResourceTable,
  type ResourceUse,
} from './diagnostics.ts';
export {
  type EquivalenceRequest,
  type EquivalenceSide,
  proveEquivalence,
  sharedRegisters,
} from './equivalence.ts';
export { ice40Files, ice40Script } from './ice40-script.ts';
export { type MemoryContents, replaceContents } from './icebram.ts';
export { type Packed, pack } from './icepack.ts';
export {
  cellsWithin,
  type Measured,
  type MeasureRequest,
  measure,
  measureKey,
  recall,
  type Unplaceable,
} from './measure.ts';
export { nearestName } from './nearest.ts';
export type { Netlist, NetlistBit, NetlistCell, NetlistModule, NetlistName } from './netlist.ts';
export { type NextpnrReport, type Placement, type PlaceRequest, placeAndRoute } from './nextpnr.ts';
export { packagePins } from './package-pins.ts';
export { type PlacedOnce, type PlaceOnceRequest, placeOnce } from './place-once.ts';
export {
  type PlacedCell,
  type PlacedDesign,
  type PlacedNet,
  type PlacedSink,
  readPlacedFiles,
} from './placed.ts';
export type { PowerUpValue } from './power-up.ts';
export type { OnProgress, ProgressEvent } from './progress.ts';
export type { ResourceReport, SynthesisReport } from './report.ts';
export { ask, type Question, type SatAnswer, type SatTrace } from './sat.ts';
export { type CellDelay, parseSdf, type Sdf } from './sdf.ts';
export { placeSeeds, type SeedResult, type SeedsRequest, type SeedsResult } from './seeds.ts';
export { markedTask, type SystemTask } from './system-tasks.ts';
export type { ClockTiming, PathStep, TimingReport } from './timing.ts';
export { type FileSet, runTool, type ToolRequest, type ToolRun, type ToolTime } from './tool.ts';
export {
  ice40ModelsOf,
  packageFolder,
  type ToolName,
  toolPackages,
  toolVersion,
  withFastWrites,
  withSharedModules,
} from './tool-package.ts';
export { prepareTool } from './tool-thread.ts';
export type { WireCounts } from './wires.ts';
export { readWordLevel, type WordLevel, type WordLevelRequest } from './word-level.ts';
export { runYosys, type Synthesis, type SynthesisRequest, synthesise, type YosysRequest } from './yosys.ts';
