/** Puts a bitstream on a board, with the programs that others have written for it. */
export { type Answer, askBoard, requireRoom } from './ask.ts';
export { requireBitstream } from './bitstream.ts';
export { findDrive, type Mounts } from './drive.ts';
export { type FlashPlan, type FlashRequest, planFlash, type Surroundings } from './plan.ts';
export { findProgram, locate, type Program, programs } from './programs.ts';
export { type FlashRun, runFlash } from './run.ts';
export { isNamed, type UsbDevice, type UsbFolders, usbDevices } from './usb.ts';
