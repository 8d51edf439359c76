import type { Board } from '../../constraints/index.ts';
import type { FlashPlan } from '../../flash/index.ts';
import type { FlashDocument } from './documents.ts';
import { linkRateText } from './link-rate.ts';
import { columns } from './table.ts';

/** What the table tells beside the document. */
interface FlashedBoard {
  readonly board: Board;
  readonly plan: FlashPlan;
  /** Whether the system tells what is on the USB. */
  readonly isUsbTold: boolean;
}

/** What `hdl-gen flash` ends with. */
export function flashTable(
  { bitstream, source, command, question, told, link, usb, written }: FlashDocument,
  { board, plan, isUsbTold }: FlashedBoard,
  bold: (text: string) => string,
): string {
  const sources = {
    given: 'as given',
    built: 'built by this call',
    kept: 'built before from the same Verilog',
    'to be built': 'is built first',
  };
  const found =
    plan.kind === 'copy'
      ? `its drive is mounted at ${plan.drive}`
      : usb === null
        ? isUsbTold
          ? 'not found'
          : 'not looked for: this system does not tell what is on the USB'
        : `${usb.name === '' ? board.programmer.usb : usb.name} at ${usb.bus}:${usb.address}`;
  return columns(
    [
      ['board', `${board.title} (${board.device}), ${found}`],
      ['bitstream', `${bitstream}: ${sources[source]}`],
      ...(link === null ? [] : [['link', linkRateText(link)] as const]),
      ['asked', questionText(question, told, written)],
      ['command', shellText(command)],
      ['written', written ? 'yes' : 'no: this is a dry run'],
    ],
    bold,
  );
}

/** How the board is asked who it is, and what it told. */
function questionText(question: readonly string[] | null, told: string | null, written: boolean): string {
  if (question === null) return 'nothing: this way of writing cannot ask';
  if (!written) return shellText(question);
  return `${shellText(question)}: ${told ?? 'it tells nothing of the board'}`;
}

/** A command as it can be pasted into a shell. */
export function shellText(words: readonly string[]): string {
  return words
    .map(word => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
