/** The ways from a host to the host port of a core: frames over a UART or SPI. */
export { type FlashBootParameters, flashBoot } from './flash-boot.ts';
export { link } from './link.ts';
export type { LinkParameters } from './parameters.ts';
export { spiLink } from './spi-link.ts';
export { type UartRate, uartRate } from './uart/rate.ts';
export { type UartLinkParameters, uartLink } from './uart-link.ts';
