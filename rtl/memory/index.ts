export { type AsyncFifo, type AsyncFifoParameters, asyncFifo } from './async-fifo.ts';
export { type ColumnRead, type ColumnStoreOptions, type ColumnWrite, columnStore } from './column-store.ts';
export { spram, spramBits, spramWords } from './spram.ts';
export { type SpramWrite, spramStore, spramStoreBits } from './spram-store.ts';
