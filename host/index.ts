/** The host's side of a device: the link, and the wires that it can run over. */
export { type ExchangeOptions, LinkClient, type LinkClientOptions, type LinkCounts } from './link-client.ts';
export { SimulatedTransport } from './simulated/simulated-transport.ts';
export { UartWire, type UartWireOptions } from './simulated/uart-wire.ts';
export type { Transport } from './transport.ts';
