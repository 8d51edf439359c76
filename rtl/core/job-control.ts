import {
  any,
  bit,
  mux,
  named,
  register,
  registered,
  type Signal,
  scope,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { type FieldSignals, type HostResponse, type KeptAs, registerFile } from '../host-port/index.ts';
import { cycleCount } from './cycle-count.ts';
import type { HostWindows } from './host-windows.ts';
import { type CoreGeometry, type CoreParameters, configurationOf, encodingNumber } from './parameters.ts';

/*
 * The registers, and the life of a job: `start` queues it, the walk takes it when the job before has read its operands, and it
 * is done when its last result is written. So up to three are on their way: one queued, one in the walk, and one that
 * hands over its last sums.
 */

/** What the rest of the core tells the registers. */
export interface Progress {
  /** 1 in the cycle in which the walk takes the queued job. */
  readonly taken: Signal;
  readonly running: Signal;
  /** 1 for a cycle when the result path has taken where results begin. */
  readonly opened: Signal;
  /** The half of the activations that is read. */
  readonly half: Signal;
  /** 1 for a cycle when a job is done. */
  readonly done: Signal;
  /** 1 where activations are written, and into which half. */
  readonly activationWrite: Signal;
  readonly activationHalf: Signal;
}

export interface JobControl {
  readonly queued: Signal;
  readonly abort: Signal;
  /** The sizes of the product less 2, as `downCounter` takes them. */
  readonly job: FieldSignals<'walk'>;
  readonly weights: FieldSignals<'weightPlace'>;
  readonly place: FieldSignals<'jobPlace'>;
  readonly output: FieldSignals<'outputStage'>;
  readonly response: HostResponse;
}

/**
 * Registers and jobs. `coming` is the request that comes in, and `host` that, or with `hostRegisters` the one of the cycle before.
 */
export function jobControl(
  host: HostWindows,
  coming: HostWindows,
  { taken, running, opened, half, done, activationWrite, activationHalf }: Progress,
  parameters: CoreParameters,
  geometry: CoreGeometry,
): JobControl {
  const { lanes, rows, batch, activationBits, activationDepth, initialValues } = parameters;
  const { resultBits, beatStride, weightStride } = geometry;
  // It comes with the reset too, so it is all that what belongs to a job has to look at.
  const { abort } = named({ abort: register(bit, { initial: 1, reset: true }) });
  const queued = register(bit, { reset: abort });
  const placing = register(bit, { reset: abort });
  const jobs = register(uint(2), { reset: abort });
  const jobsDone = register(uint(8), { reset: true });
  const startLost = register(bit, { reset: true });
  const bufferInUse = register(bit, { reset: true });
  named({
    queued,
    placing,
    jobs,
    jobs_done: jobsDone,
    start_lost: startLost,
    buffer_in_use: bufferInUse,
  });
  const { start } = named({ start: wire(bit) });
  const { busy } = named({ busy: jobs.notEquals(0).or(start) });
  const clearsCycles = named({ clear_cycles: wire(bit) }).clear_cycles;
  const cycles = scope('cycles', () => cycleCount({ counts: busy, clears: clearsCycles }, parameters));

  const file = registerFile(
    {
      read: host.reads.and(host.isResults.not()),
      write: host.writes.registers,
      address: host.offset,
      data: host.data,
    },
    {
      configuration: { hash: configurationOf(parameters) },
      geometry: { lanes, rows, batch },
      numbers: {
        activationBits,
        sumBits: resultBits,
        encoding: encodingNumber(parameters),
        outputStage: parameters.outputStage ? 1 : 0,
        doubleBuffered: 1,
      },
      weightCapacity: { words: parameters.weightWords * weightStride },
      activationCapacity: { words: activationDepth * beatStride },
      resultCapacity: { words: parameters.resultDepth },
      limits: { activationDepth, initialValues },
      status: {
        busy,
        running,
        queued: any([start, queued, placing]),
        runningHalf: half,
        startLost,
        bufferInUse,
        jobsDone,
      },
      cycles: { cycles },
    },
    {
      kept: {
        walk: {
          lastBeat: roundsLessTwo(activationDepth / 2),
          lastBlock: roundsLessTwo(activationDepth / 2),
          lastTile: roundsLessTwo(parameters.resultDepth / 2),
        },
      },
      isLate: parameters.hostRegisters,
      ...(parameters.hostRegisters && { ahead: { write: coming.writes.registers, address: coming.offset } }),
    },
  );
  const { control } = file.commands;
  // What a command sets off waits for a cycle, so that the path of the link ends here.
  const given = (command: Signal): Signal => registered(control.written.and(command), { reset: true });
  start.drive(given(control.start));
  clearsCycles.drive(given(control.clearCycles));
  abort.next(control.written.and(control.abort));
  const { clearErrors } = named({
    clearErrors: given(control.clearErrors),
  });
  const { full } = named({ full: queued.and(taken.not()) });
  const { accepted } = named({ accepted: start.and(full.not()) });
  queued.next(start.or(full));
  placing.next(taken.or(placing.and(opened.not())));
  const counted = jobs.add(accepted).sub(done).wrap(uint(2));
  jobs.next(counted);
  jobsDone.next(jobsDone.add(done).wrap(uint(8)));
  startLost.next(mux(clearErrors, 0, startLost.or(start.and(full))));
  const { hit } = named({
    hit: parameters.activationRegister
      ? // A cycle later it can be seen whether the job was taken just then.
        registered(activationWrite, { reset: true })
          .and(running.or(registered(running)))
          .and(half.equals(registered(activationHalf)))
      : activationWrite.and(
          running
            .and(half.equals(activationHalf))
            .or(taken.and(file.held.jobPlace.activationHalf.equals(activationHalf))),
        ),
  });
  bufferInUse.next(mux(clearErrors, 0, bufferInUse.or(hit)));
  const { walk, weightPlace, jobPlace, outputStage } = file.held;
  return {
    queued,
    abort,
    job: walk,
    weights: weightPlace,
    place: jobPlace,
    output: outputStage,
    response: file.response,
  };
}

/** How a size is kept that was written less 1: as much of it as can matter, less 2, so that who counts down has nothing to compare. */
function roundsLessTwo(most: number): KeptAs {
  return { of: last => last.slice(0, Math.min(last.width, Math.log2(most))).sub(1), initial: -1 };
}
