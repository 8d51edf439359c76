import { bit, type Circuit, int, type NetId } from '../../../ir/index.ts';
import { Builder } from './builder.ts';

/**
 * The ternary array that speed is measured on: `lanes` gates `(x & -nz) ^ -neg` registered, a tree of adders with a
 * register behind each, an accumulator of 20 bits or more; one enable for all registers. The rows share the
 * activations.
 */
export function ternaryArray(lanes: number, rows = 1): Circuit {
  const b = new Builder(`array_${lanes}x${rows}`);
  const enable = b.input('enable', bit);
  const first = b.input('first', bit);
  const x = Array.from({ length: lanes }, (_, i) => b.input(`x_${i}`, int(8)));
  const accumulator = int(14 + Math.ceil(Math.log2(lanes)));
  for (let row = 0; row < rows; row++) {
    let level: NetId[] = x.map((lane, i) => {
      const nz = b.cell('mask', [b.input(`nz_${row}_${i}`, bit)]);
      const neg = b.cell('mask', [b.input(`neg_${row}_${i}`, bit)]);
      return b.registered(b.cell('xor', [b.cell('and', [lane, nz]), neg]), { enable });
    });
    while (level.length > 1) {
      const next: NetId[] = [];
      for (let i = 0; i < level.length; i += 2)
        next.push(b.registered(b.cell('add', [level[i]!, level[i + 1]!]), { enable }));
      level = next;
    }
    const total = level[0]!;
    const sum = b.register(accumulator);
    const longer = b.cell('wrap', [b.cell('add', [sum, total])], { to: accumulator });
    b.drive(sum, b.cell('mux', [first, total, longer]), { enable });
    b.output(`y_${row}`, sum);
    b.signal(`row_${row}.sum`, sum);
    b.signal(`row_${row}.total`, total);
  }
  return b.circuit;
}
