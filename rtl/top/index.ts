export { type BoardCoreParameters, boardCore, defaultCore, windowBitsOf } from './board-core.ts';
export { type KeepAliveOptions, keepAlive } from './keep-alive.ts';
export { spiCore, type UartCoreParameters, uartCore } from './link-core.ts';
export { type SelfTestParameters, selfTest } from './self-test.ts';
export { type SelfTestProgram, selfTestProgram } from './self-test-program.ts';
export { type Led, lockInput, lockPort, powerOnReset } from './status.ts';
export { wishboneCore } from './wishbone-core.ts';
