/** The command `hdl-gen`. Its door for other programs: the types of the JSON documents that it prints and writes. */
export type { EnergyDocument, MacEnergy } from '../../energy/index.ts';
export type { BlockCounts, BuildDocument, ThroughputDocument } from './build-document.ts';
export type { CosimDocument, MissingOpinion, OpinionDocument, OpinionName } from './cosim-document.ts';
export type {
  CheckDocument,
  CircuitSimDocument,
  ConfigDocument,
  DoctorDocument,
  DoctorItem,
  ErrorDocument,
  HardwiredConfig,
  HardwiredManifest,
  HardwiredSimDocument,
  Manifest,
  MemoryManifest,
  PortDocument,
  SimDocument,
  VerilogSimDocument,
} from './documents.ts';
export type {
  CostName,
  ExploreDocument,
  ExplorePoint,
  Finding,
  FrontDocument,
  PlacedFigures,
  PointConfig,
  ToolVersion,
} from './explore/document.ts';
export type { ModelRunDocument, QuantiseDocument, RunLayerDocument } from './model/document.ts';
export type {
  CostDocument,
  DeviceDocument,
  LayerDocument,
  ModelDocument,
  TensorDocument,
} from './model/inspect-document.ts';
export type { LoadDocument, PartDocument, ProductDocument, WeightsDocument } from './model/pack-document.ts';
export type {
  ClaimDocument,
  ClaimKind,
  ProveDocument,
} from './prove-document.ts';
export type { RooflineDocument } from './roofline-report.ts';
