import { describe, expect, it } from 'vitest';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { residentWords } from '../../host/index.ts';
import { type CoreParameters, coreGeometry, placeholders, ternaryCore } from '../../rtl/core/index.ts';
import { keepAlive } from '../../rtl/top/index.ts';
import {
  findDevice,
  type MemoryContents,
  placeAndRoute,
  replaceContents,
  synthesise,
} from '../../synth/index.ts';
import { Draw } from '../support/draw.ts';
import { boardParameters } from '../support/small-board.ts';

/*
 * Weights that take the place of placeholders in a finished design. What comes out has to be the same text as that of a design which was
 * built with those weights, from synthesis on.
 */

const core: CoreParameters = {
  ...boardParameters,
  ...{ lanes: 2, rows: 1, batch: 1, maxK: 64 },
  ...{ weightWords: 512, activationDepth: 16, resultDepth: 256, initialValues: 256 },
};
const geometry = coreGeometry(core);
const device = findDevice('hx1k');

/** nextpnr's text for a core behind few pins. */
async function placed(preset: Parameters<typeof ternaryCore>[0]['preset']): Promise<string> {
  const design = elaborate(keepAlive(ternaryCore({ ...core, preset })));
  const files = Object.fromEntries(emitVerilog(design).map(({ name, text }) => [name, text]));
  const { netlistJson } = await synthesise({ files, top: design.top.component, device });
  const { asc } = await placeAndRoute({ netlistJson, device, package: 'tq144', targetMHz: 50, seed: 1 });
  return new TextDecoder().decode(asc);
}

const wide = (words: readonly number[]): MemoryContents => ({ width: 8, words: words.map(BigInt) });
const values = (words: readonly number[]): MemoryContents => ({ width: 16, words: words.map(BigInt) });

describe('the contents of block RAMs', () => {
  it('are replaced in a finished design as if it had been built with them', async () => {
    const draw = new Draw(3);
    const [rows, columns] = [30, 20];
    const data = draw.times(rows * columns, () => draw.between(-1, 1));
    const { weights, initial } = residentWords({ rows, columns, data: Int8Array.from(data) }, core);
    const words = Array<number>(core.weightWords).fill(0);
    for (const { offset, data } of weights) words[offset] = data;
    const bits = Array.from({ length: core.initialValues }, (_, i) => (initial[i] ?? 0) & 0xffff);
    expect(geometry.wordsPerWeightWord).toBe(1);
    expect(words.filter(word => word !== 0).length).toBeGreaterThan(rows);

    const before = placeholders(core, geometry);
    const [built, wanted] = [await placed('placeholders'), await placed({ weights: [words], initial: bits })];
    expect(built).not.toBe(wanted);
    const withWeights = await replaceContents(built, wide(before.weights[0]!), wide(words));
    expect(withWeights).not.toBe(wanted);
    expect(await replaceContents(withWeights, values(before.initial), values(bits))).toBe(wanted);

    // What was replaced is not there any more.
    await expect(replaceContents(withWeights, wide(before.weights[0]!), wide(words))).rejects.toThrow(
      expect.objectContaining({ code: 'TCT-4021' }),
    );
  });
});
