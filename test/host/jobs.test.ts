import { describe, expect, it } from 'vitest';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { SimulatedPort, type Step, TernaryDevice } from '../../host/index.ts';
import { addressOf, registerOf } from '../../protocol/index.ts';
import { ternaryCore } from '../../rtl/core/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { Draw } from '../support/draw.ts';
import { boardParameters, smallBoard } from '../support/small-board.ts';

/* How a product goes to a device: one exchange for each job, with both halves of the buffers in use. Exactness is in device.test.ts. */

const core = { ...boardParameters, batch: 1 };
const draw = new Draw(3);
const matrix = (rows: number, columns: number, most: number) => ({
  rows,
  columns,
  data: draw.times(rows * columns, () => draw.between(-most, most)),
});

/** Keeps what each exchange does. */
class Watched extends SimulatedPort {
  readonly exchanges: (readonly Step[])[] = [];

  override exchange(...call: Parameters<SimulatedPort['exchange']>): Promise<Uint32Array[]> {
    this.exchanges.push(call[0]);
    return super.exchange(...call);
  }
}

const start = addressOf('registers', registerOf('control').address);
const isStart = (step: Step): boolean =>
  'words' in step && step.address === start && (step.words[0]! & 1) === 1;
/** The halves of a buffer that some steps touch. */
const halves = (steps: readonly Step[], window: 'activations' | 'results', depth: number): number[] => {
  const begin = addressOf(window, 0);
  const found = steps
    .filter(({ address }) => address >= begin && address < begin + depth)
    .map(({ address }) => (address - begin < depth / 2 ? 0 : 1));
  return [...new Set(found)];
};

describe('the jobs of a product', () => {
  it('take an exchange each, in which the next one is loaded and the one before is read', async () => {
    const port = new Watched('the core', createSimulation(elaborate(ternaryCore(core)).circuit));
    const device = await TernaryDevice.over(port, core);
    await device.loadWeights(matrix(8, 40, 1));
    port.exchanges.length = 0;
    await device.matmul(matrix(6, 40, 100));
    // The port is so fast that a job may be at work still at the end of its exchange; then it is asked again.
    const [first, ...others] = port.exchanges.filter(steps => steps.some(isStart));
    expect(others).toHaveLength(5);
    const words = core.activationDepth * 4;
    expect(halves(first!, 'activations', words)).toEqual([0, 1]);
    for (const [i, steps] of others.slice(0, 4).entries()) {
      // Job i + 1 runs with the other half of both.
      expect(halves(steps, 'activations', words)).toEqual([i % 2]);
      expect(halves(steps, 'results', core.resultDepth)).toEqual([i % 2]);
    }
  });

  it('write what stays the same once, also where the next product is another one', async () => {
    const port = new Watched('the core', createSimulation(elaborate(ternaryCore(core)).circuit));
    const device = await TernaryDevice.over(port, core);
    await device.loadWeights(matrix(8, 40, 1));
    await device.matmul(matrix(2, 40, 100));
    port.exchanges.length = 0;
    await device.matmul(matrix(2, 40, 100));
    const walk = addressOf('registers', registerOf('walk').address);
    expect(port.exchanges.flat().some(({ address }) => address === walk)).toBe(false);
  });

  it('never send more over a link than the board keeps while it answers', async () => {
    const { transport } = smallBoard();
    const device = await TernaryDevice.open(transport, boardParameters);
    await device.loadWeights(matrix(16, 60, 1));
    await device.matmul(matrix(12, 60, 100));
    expect(device.counts.repeated).toBe(0);
    await device.close();
  });
});
