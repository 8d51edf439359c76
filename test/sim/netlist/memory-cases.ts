import type { Draw } from '../../support/draw.ts';
import { bits, type CellKind } from './cell-cases.ts';

/** Memories with every kind of port: small ones, so that ports often meet at one word. */
export const memory: CellKind = [
  '$mem_v2',
  draw => {
    const width = draw.pick([1, draw.between(2, 9), 40]);
    const size = draw.between(1, 9);
    const offset = draw.pick([0, 0, draw.between(1, 5)]);
    const addressBits = Math.max(1, Math.ceil(Math.log2(size + offset))) + draw.pick([0, 0, 1]);
    const [reads, writes] = [draw.between(1, 3), draw.between(1, 3)];
    const isClocked = draw.times(reads, () => draw.below(2));
    const [readEdges, writeEdges] = [polarities(draw, reads), polarities(draw, writes)];
    // Ports at different edges never meet.
    const meetings = draw.times(reads * writes, i => {
      const [read, write] = [Math.floor(i / writes), i % writes];
      const mayMeet = isClocked[read] === 1 && readEdges[read] === writeEdges[write];
      return mayMeet ? draw.pick(['new', 'unknown', 'old']) : 'old';
    });
    // Without it Verilog leaves open which of two writes at one edge counts.
    const priorities = draw.times(writes * writes, i => {
      const [one, other] = [Math.floor(i / writes), i % writes];
      return one > other && writeEdges[one] === writeEdges[other];
    });
    const flags = (list: readonly boolean[]) => `${list.length}'${list.map(Number).toReversed().join('')}`;
    const onlyClocked = (otherwise: string) =>
      isClocked
        .map(each => (each === 1 ? '-' : otherwise))
        .toReversed()
        .join('');
    return {
      parameters: {
        MEMID: `"\\\\words_${draw.below(2 ** 30)}"`,
        WIDTH: width,
        SIZE: size,
        OFFSET: offset,
        ABITS: addressBits,
        INIT: bits(draw, width * size),
        RD_PORTS: reads,
        RD_CLK_ENABLE: flags(isClocked.map(each => each === 1)),
        RD_CLK_POLARITY: flags(readEdges),
        RD_TRANSPARENCY_MASK: flags(meetings.map(each => each === 'new')),
        RD_COLLISION_X_MASK: flags(meetings.map(each => each === 'unknown')),
        RD_WIDE_CONTINUATION: `${reads}'${'0'.repeat(reads)}`,
        RD_CE_OVER_SRST: bits(draw, reads),
        RD_ARST_VALUE: bits(draw, reads * width),
        RD_SRST_VALUE: bits(draw, reads * width),
        RD_INIT_VALUE: bits(draw, reads * width),
        WR_PORTS: writes,
        WR_CLK_ENABLE: `${writes}'${'1'.repeat(writes)}`,
        WR_CLK_POLARITY: flags(writeEdges),
        WR_PRIORITY_MASK: flags(priorities),
        WR_WIDE_CONTINUATION: `${writes}'${'0'.repeat(writes)}`,
      },
      inputs: {
        RD_EN: reads,
        RD_ARST: reads,
        RD_SRST: reads,
        RD_ADDR: reads * addressBits,
        WR_EN: writes * width,
        WR_ADDR: writes * addressBits,
        WR_DATA: writes * width,
      },
      outputs: { RD_DATA: reads * width },
      clocks: { RD_CLK: reads, WR_CLK: writes },
      // A port without a clock has no reset, and is always enabled.
      fixed: {
        RD_EN: onlyClocked('1'),
        RD_SRST: onlyClocked('0'),
        RD_ARST: onlyClocked('0'),
      },
    };
  },
];

/** Mostly the rising edge, so that ports of one memory often have the same. */
function polarities(draw: Draw, count: number): boolean[] {
  return draw.times(count, () => !draw.oneIn(4));
}
