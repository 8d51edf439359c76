export { adderTree, type TreeOptions, treeLatency } from './adder-tree.ts';
export { accumulatorInterval, dotProduct } from './dot-product.ts';
export { dspBits } from './dsp-accumulator.ts';
export type { Encoding } from './encodings/encoding.ts';
export { type EncodingName, encodings, packRows, weightDecoder } from './encodings/encodings.ts';
export { arrayLayout, encodeRow, families, familyOf, ternaryArray } from './families.ts';
export {
  type ArrayCircuit,
  type ArrayInputs,
  type ArrayLayout,
  type BeatShape,
  beatShape,
  type EncodedBeat,
  type Family,
  paddingWeight,
  wholeResult,
} from './family.ts';
export type { Adder, AdderGraph, Term } from './hardwired/adder-graph.ts';
export { hardwiredParallel } from './hardwired/parallel.ts';
export { type HardwiredFigures, type HardwiredParameters, hardwiredFigures } from './hardwired/parameters.ts';
export { addersOf, planAdders } from './hardwired/plan.ts';
export { hardwiredSerial } from './hardwired/serial.ts';
export { laneGate } from './lane-gate.ts';
export {
  type Arch,
  type ArrayParameters,
  archs,
  type DotProductParameters,
  initInterval,
  mostTerms,
  type StreamEncoding,
  streamEncodings,
} from './parameters.ts';
export type { RowPath } from './row-path.ts';
export { type Offer, skidBuffer } from './skid-buffer.ts';
export { brokenPair, withoutBrokenPairs } from './sparse.ts';
export { streamLatency, ternaryStream } from './stream.ts';
export { encodeStreamRow, type StreamWords, streamShape, streamWords } from './stream-weights.ts';
export {
  encodeTableRow,
  type TableLayout,
  type TableParameters,
  tableCells,
  tableLayout,
  tablePaths,
} from './table/parameters.ts';
export { tableStream } from './table/stream.ts';
export { encodeFive, entries, steps, tableCodeBits, tableCodes, tableLanes } from './table/walk.ts';
export { encodeTrit, negations, weightCode } from './weight-code.ts';
