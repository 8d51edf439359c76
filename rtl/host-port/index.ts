/** The port through which links and buses reach a core, and the registers behind it. */
export { type HostRequest, type HostResponse, hostRequest, hostResponse } from './host-port.ts';
export {
  type FieldSignals,
  type KeptAs,
  type RegisterFile,
  type RegisterSources,
  registerFile,
} from './register-file.ts';
