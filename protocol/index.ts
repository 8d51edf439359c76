/** What host and device say to each other, as data. The room imports nothing. */
export { addressBits, addressOf, type WindowName, windowAddressBits, windows } from './address-space.ts';
export { type BootPiece, bootImage, bootMagic, bootPlace } from './boot-image.ts';
export { cHeader } from './c-header.ts';
export { maxFrameBytes, stuff, stuffFromEnd, unstuff, unstuffFromEnd } from './cobs.ts';
export { type Configuration, configurationHash, fnv1a } from './configuration.ts';
export { crc16, crcNext, crcRest, crcRestOf, crcStart } from './crc16.ts';
export { crc32, crc32Polynomial, crc32Start } from './crc32.ts';
export {
  type CommandName,
  commands,
  type Damage,
  type Decoded,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  FrameSplitter,
  maxWords,
  type Request,
  type Response,
  responseOverhead,
  type StatusName,
  statuses,
} from './frames.ts';
export {
  type Access,
  type Field,
  type FieldValues,
  pack,
  type Register,
  rangeOf,
  unpack,
  wordBits,
} from './register.ts';
export { registerPage } from './register-page.ts';
export {
  magic,
  protocolVersion,
  type RegisterName,
  type RegisterOf,
  registerOf,
  registers,
} from './registers.ts';
export {
  byteOf,
  type ImageGeometry,
  type ImageLayout,
  imageLayout,
  type Packing,
  type PlacedCode,
  placesIn,
  stepOf,
  stepsAfter,
  wordsFor,
} from './weight-image.ts';
