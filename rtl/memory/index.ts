export { type AsyncFifo, type AsyncFifoParameters, asyncFifo } from './async-fifo.ts';
