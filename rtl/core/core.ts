import {
  any,
  bit,
  component,
  int,
  named,
  registered,
  type Signal,
  scope,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { windowAddressBits } from '../../protocol/index.ts';
import { hostRequest } from '../host-port/index.ts';
import { arrayInGroups } from './groups.ts';
import { registeredResponse, registeredWindows } from './host-registers.ts';
import { hostWindows, isReady } from './host-windows.ts';
import { jobControl } from './job-control.ts';
import { activationBuffer, weightStore } from './operands.ts';
import { coreGeometry, type PresetCoreParameters } from './parameters.ts';
import { resultPath } from './result-path.ts';
import { markAhead } from './turns.ts';
import { untilAbort } from './until-abort.ts';
import { walk } from './walk.ts';
import { weightFeed } from './weight-feed.ts';

/**
 * A ternary matrix product with its memories: Y = W.X + initial values, behind a host port.
 *
 *     host port --+--> registers --------> walk (addresses, marks)
 *                 |                          |         |
 *                 +--> weight store <--------+         | marks, delayed by the latency of the array
 *                 |        | weight feed     |         |
 *                 +--> activations <---------+         |
 *                 |        |                           |
 *                 |       array: `rows` sums of beats  |
 *                 |        |                           |
 *                 +--> initial values --> result path <+
 *                 |                          |
 *                 +<------- results ---------+
 *
 * Weights stay. Activations and results have two halves each, which a job names: while it runs, the host writes the
 * other half of the activations and reads the other half of the results. A job never waits, so its cycles are known
 * before it begins.
 */
export const ternaryCore = component('ternary_core', (parameters: PresetCoreParameters) => {
  const geometry = coreGeometry(parameters);
  return {
    inputs: { request: hostRequest },
    build({ request }) {
      const { weights_ready: weightsReady, done } = named({ weights_ready: wire(bit), done: wire(bit) });
      const progress = named({
        walk: { taken: wire(bit), running: wire(bit), half: wire(bit), opened: wire(bit) },
      }).walk;
      const activationWrite = named({
        activation_write: { here: wire(bit), half: wire(bit) },
      }).activation_write;

      const { activationRegister, hostRegisters } = parameters;
      const ready = isReady(request, weightsReady);
      const coming = hostWindows(request, weightsReady);
      const host = hostRegisters ? registeredWindows(coming, ready) : coming;
      const jobs = scope('jobs', () =>
        jobControl(
          host,
          coming,
          { ...progress, done, activationWrite: activationWrite.here, activationHalf: activationWrite.half },
          parameters,
          geometry,
        ),
      );
      // Job control and walk may be far from each other.
      const near = (signal: Signal): Signal =>
        activationRegister ? registered(signal, { reset: jobs.abort }) : signal;
      const path = scope('walk', () => walk({ ...jobs, queued: near(jobs.queued) }, parameters, geometry));
      progress.taken.drive(near(path.taken));
      progress.running.drive(path.running);
      progress.half.drive(path.half);
      // The single port of SPRAM takes a write only where nothing is read; in a fast core `moves` is late, and ends last.
      const isReading = path.running.or(path.taken).or(path.moves);
      weightsReady.drive(parameters.store === 'spram' ? isReading.not() : 1);

      const w = scope('weights', () => {
        // The RAMs may be far from both: for a fast clock it comes out of a register. It never comes for a word more: behind the last
        // one of a job, which the registers of the weights go on taking, nothing may follow.
        const { awake } = named({
          awake: hostRegisters
            ? registered(any([path.willFetch, coming.writes.weights]))
            : path.fetches.or(host.writes.weights),
        });
        const stored = weightStore(
          parameters.store === 'bram' ? coming : host,
          { address: path.weights, running: path.moves, fetch: path.fetches, awake },
          parameters,
          geometry,
        );
        const { word } = named({ word: parameters.weightRegister ? registered(stored) : stored });
        return weightFeed(geometry, word, path.cycle);
      });
      const { x, ...written } = scope('activations', () =>
        activationBuffer(
          coming,
          { address: path.activations, running: path.running, fetch: path.moves },
          parameters,
          geometry,
        ),
      );
      activationWrite.here.drive(written.write);
      activationWrite.half.drive(written.half);

      const { latency } = geometry;
      const totals = arrayInGroups(x, w, parameters, geometry);

      // The mark of a tile goes along with its first beat, which takes this long to the sums.
      const { mark } = named({
        mark: untilAbort(path.mark, latency - markAhead, jobs.abort),
      });
      const results = scope('result', () =>
        resultPath(
          {
            totals,
            mark,
            abort: jobs.abort,
            initial: {
              enable: host.writes.activations.and(host.offset.bit(windowAddressBits - 1)),
              address: host.offset.slice(0, Math.log2(parameters.initialValues)),
              data: host.data.slice(0, parameters.initBits),
            },
            place: { initialBase: jobs.place.initialBase, half: jobs.place.resultHalf },
            output: jobs.output,
            read: { enable: host.reads, address: host.offset.slice(0, Math.log2(parameters.resultDepth)) },
          },
          parameters,
          geometry,
        ),
      );
      done.drive(results.done);
      progress.opened.drive(results.opened);
      const reset = { reset: true } as const;
      const { answers, answers_result: answersResult } = named({
        answers: registered(host.reads, reset),
        answers_result: registered(host.reads.and(host.isResults), reset),
      });
      // Behind a block RAM that may be far away there is no time for the choice of an answer.
      const late = (signal: Signal): Signal => (hostRegisters ? registered(signal) : signal);
      const result = late(results.read).wrap(int(32)).wrap(uint(32));
      const data = result.and(late(answersResult).mask()).or(jobs.response.data);
      const response = { valid: hostRegisters ? registered(answers, reset) : answers, data };
      return { ready, response: hostRegisters ? registeredResponse(response) : response };
    },
  };
});
