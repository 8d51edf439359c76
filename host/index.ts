/** The host's side of a device: the device, its link, and the wires that it can run over. */
export {
  type CallOptions,
  type DeviceOptions,
  type DeviceProgress,
  type LoadOptions,
  type ProductOptions,
  type ProductRun,
  type SessionOptions,
  TernaryDevice,
} from './device.ts';
export type { Identity } from './identity.ts';
export {
  type ExchangeOptions,
  LinkClient,
  type LinkClientOptions,
  type LinkCounts,
  type Piece,
  type Span,
  type Step,
} from './link-client.ts';
export type { Activations, Results, Weights } from './matrices.ts';
export type { OutputStage } from './output-stage.ts';
export { type ResidentWords, residentPieces, residentWords } from './resident.ts';
export { type LinearRun, runLinear } from './run-linear.ts';
export { listSerialPorts, openSerialPort, type SerialPortClass } from './serial-transport.ts';
export type { ByteWire } from './simulated/byte-wire.ts';
export type { SimulatedPins } from './simulated/pins.ts';
export { SimulatedPort } from './simulated/simulated-port.ts';
export { type SimulatedRates, SimulatedTransport } from './simulated/simulated-transport.ts';
export { SimulatedWishbone } from './simulated/simulated-wishbone.ts';
export { SpiWire, type SpiWireOptions } from './simulated/spi-wire.ts';
export { UartWire, type UartWireOptions } from './simulated/uart-wire.ts';
export type { Transport } from './transport.ts';
export { type WeightLoad, weightLoads } from './weight-loads.ts';
export type { WordPort } from './word-port.ts';
