import {
  bit,
  component,
  mux,
  named,
  register,
  registered,
  resetBy,
  type Signal,
  scope,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { registers, windowAddressBits } from '../../protocol/index.ts';
import { type CoreParameters, coreGeometry, type PresetCoreParameters, ternaryCore } from '../core/index.ts';
import type { HostRequest } from '../host-port/index.ts';
import { flashBoot, type LinkParameters, uartLink } from '../link/index.ts';
import { heartbeat, type Led, lockInput, statusLights } from './status.ts';

/** What the top level of a board is made for. */
export interface BoardCoreParameters {
  readonly core: CoreParameters;
  /** The board's clock, in hertz. */
  readonly clockHz: number;
  /** Bits a second of its UART. */
  readonly baud: number;
  /** The board's lights, in the order of the output `led`. */
  readonly leds: readonly Led[];
  /** Whether there is an output `keep_high`, for a pin that has to be 1 while the UART is in use. */
  readonly keepHigh?: boolean;
  /** Whether the clock comes from a PLL: then there is an input `pll_locked`. */
  readonly pll?: boolean;
  /** What its weights and initial values are from the start, where they are in block RAM. */
  readonly preset?: PresetCoreParameters['preset'];
  /** Where an image of words for the core begins in the flash of the board, in bytes: then there are ports for the flash. */
  readonly bootPlace?: number | undefined;
}

/**
 * A board that multiplies: the core behind a UART. Its ports are `clk`, `rx`, `tx` and the vector `led`.
 *
 * The reset lasts long enough in time, whatever the clock is and wherever it comes from, for the block RAMs to be there (icestorm issue 76). The lights show
 * that the board is alive (one blinks), that a request comes, and that one was damaged: the last two stay on long enough to be seen.
 */
export const boardCore = component(
  'board_core',
  ({ core, clockHz, baud, leds, keepHigh = false, pll = false, preset, bootPlace }: BoardCoreParameters) => ({
    inputs: { rx: bit, ...lockInput(pll), ...(bootPlace === undefined ? {} : { flash_miso: bit }) },
    build({ rx, pll_locked, flash_miso }) {
      const clockMHz = clockHz / 1e6;
      const { reset, blink: alive } = heartbeat(clockMHz, pll_locked);
      return resetBy(reset, () => {
        const host = named({ host: { ready: wire(bit), valid: wire(bit), data: wire(uint(32)) } }).host;
        const boot =
          flash_miso &&
          flashBoot({ clockHz, place: bootPlace! })({ miso: flash_miso, host: { ready: host.ready } });
        const linkReset = boot === undefined ? reset : registered(reset.or(boot.done.not()), { initial: 1 });
        const link = resetBy(linkReset, () =>
          uartLink({ clockHz, baud, windowBits: windowBitsOf(core) })({
            rx,
            host: { ready: host.ready, response: { valid: host.valid, data: host.data } },
          }),
        );
        const coreReady = boot && wire(bit);
        const port = boot && either(boot, link.host.request, coreReady!);
        const { ready, response } = ternaryCore(preset === undefined ? core : { ...core, preset })(
          { request: port?.request ?? link.host.request },
          { name: 'core' },
        );
        coreReady?.drive(ready);
        host.ready.drive(port?.free ?? ready);
        host.valid.drive(response.valid);
        host.data.drive(response.data);
        const { busy, trouble } = named({ busy: seen(link.came, alive), trouble: seen(link.lost, alive) });
        return {
          tx: link.tx,
          led: statusLights(
            { running: alive, passed: busy, failed: boot ? trouble.or(boot.damaged) : trouble },
            leds,
          ),
          ...(keepHigh ? { keep_high: registered(1, { initial: 0 }) } : {}),
          ...(boot && { flash_sck: boot.sck, flash_cs_n: boot.cs_n, flash_mosi: boot.mosi }),
        };
      });
    },
  }),
);

/**
 * What the flash has for the core, and when that is done, what the link wants; until then the link is reset, and wants nothing. A request waits
 * in a register, so that the choice between the two is no part of the paths of the core: `free` is 1 where one is taken.
 */
function either(
  {
    done,
    host: { request: own },
  }: { readonly done: Signal; readonly host: { readonly request: OwnRequest } },
  link: HostRequest,
  ready: Signal,
): { readonly request: HostRequest; readonly free: Signal } {
  return scope('request', () => {
    const { free } = named({ free: wire(bit) });
    const taken = { enable: free };
    const request = named({
      read: registered(link.read, { ...taken, reset: true }),
      write: registered(own.write.or(link.write), { ...taken, reset: true }),
      address: registered(mux(done, link.address, own.address), taken),
      data: registered(mux(done, link.data, own.data), taken),
    });
    free.drive(request.read.or(request.write).not().or(ready));
    return { request, free };
  });
}
type OwnRequest = Omit<HostRequest, 'read'>;

/** A bit that stays 1 for one to two changes of `clock` after a cycle in which `event` was 1: a pulse that can be seen. */
function seen(event: Signal, clock: Signal): Signal {
  const before = register(bit).next(clock);
  const changes = clock.xor(before);
  const left = register(uint(2), { reset: true });
  left.next(mux(event, 2, mux(changes.and(left.notEquals(0)), left.sub(1).wrap(uint(2)), left)));
  return left.notEquals(0);
}

/** Bits of the addresses that the core has in each window. */
export function windowBitsOf(core: CoreParameters): LinkParameters['windowBits'] {
  const { weightStride } = coreGeometry(core);
  return {
    registers: Math.ceil(Math.log2(registers.length)),
    weights: Math.log2(core.weightWords * weightStride),
    // Initial values are in the upper half of this window.
    activations: windowAddressBits,
    results: Math.log2(core.resultDepth),
  };
}

/**
 * A core for a device, where nothing else is asked for: one row, weights five in a byte. With SPRAM, 40 weights come in a cycle, which
 * is all that it has to give; with block RAM alone as many as leave room for activations.
 */
export function defaultCore({
  bram,
  spram,
}: {
  readonly bram: number;
  readonly spram: number;
}): CoreParameters {
  const common = {
    arch: 'tree-folded',
    rows: 1,
    batch: 1,
    activationBits: 8,
    activationRegister: false,
    weightRegister: false,
    hostRegisters: false,
    drain: 'turns',
    rowGroups: 1,
    pipeline: 1,
    encoding: '5in8',
    initBits: 16,
    maxK: 1024,
    outputStage: false,
  } as const;
  if (spram >= 4)
    return {
      ...common,
      lanes: 40,
      store: 'spram',
      weightWords: 16_384,
      activationDepth: 256,
      resultDepth: 512,
      initialValues: 512,
    };
  const lanes = bram >= 30 ? 20 : 5;
  const depths = { activationDepth: 256, resultDepth: 256, initialValues: 256 } as const;
  return { ...common, ...depths, lanes, store: 'bram', weightWords: 2048 };
}
