/** Buses of systems on a chip: AXI4-Stream around the array, Wishbone in front of a core. */
export { type AxiData, type AxiField, axiLayout } from './axi-layout.ts';
export { ternaryAxi } from './axi-stream.ts';
export { type BusParameters, wishboneRequest, wishboneSlave } from './wishbone-slave.ts';
