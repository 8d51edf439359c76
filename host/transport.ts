/** What carries bytes between host and device: a serial port, or a simulated wire. */
export interface Transport {
  /** What messages call it: `/dev/ttyUSB1`, `simulated icebreaker`. */
  readonly name: string;
  /** Bits a second on the wire, of which a byte takes ten. */
  readonly baud: number;
  /** How long an answer may be on its way beside the time on the wire, in milliseconds of the transport's clock. */
  readonly latencyMs: number;

  /** Gives bytes to the wire; is done when the transport has taken them. */
  send(bytes: Uint8Array): Promise<void>;

  /**
   * The bytes that have come since the last call, at least one; or none when nothing has come for `timeoutMs` on the clock
   * of the transport, which for a simulated wire is that of the simulation.
   */
  receive(timeoutMs: number, signal?: AbortSignal): Promise<Uint8Array>;

  /** The time on its clock in milliseconds, from any moment on. Without it the clock of this machine is taken. */
  now?(): number;

  /** Gives the wire back. Afterwards nothing else is called. */
  close(): Promise<void>;
}
