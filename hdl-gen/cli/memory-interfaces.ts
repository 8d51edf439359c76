import {
  type LinkInterface,
  linkTestbench,
  type PlayedCore,
  type WishboneInterface,
  wishboneTestbench,
} from '../../embedding/index.ts';
import {
  type ByteWire,
  LinkClient,
  type SimulatedPins,
  SimulatedTransport,
  SimulatedWishbone,
  SpiWire,
  UartWire,
  type WordPort,
} from '../../host/index.ts';
import { addressBits } from '../../protocol/index.ts';
import type { CoreParameters } from '../../rtl/core/index.ts';
import { keepAlive, spiCore, uartCore, wishboneCore } from '../../rtl/top/index.ts';
import { type Design, elaborate } from '../lang/index.ts';
import type { CoreSession } from './core-session.ts';
import type { MemoryInterfaceName } from './interface-options.ts';
import { exchangesOf, linesIn, linkScript } from './link-script.ts';
import { controlMeanings } from './port-meanings.ts';
import { counted, grouped } from './table.ts';
import { wishboneScript } from './wishbone-script.ts';

/** The clock of a core and the rate of its link, where it has one. */
export interface LinkRate {
  readonly clockHz: number;
  readonly baud: number;
}

/** A session as files: what plays it, and what is played. */
export interface PlayedSession {
  readonly spoken: WishboneInterface | LinkInterface;
  /** The script in `vectors/`. */
  readonly script: string;
  readonly testbench: (told: PlayedCore) => string;
  /** How long it is: `57 transfers`. */
  readonly length: string;
  readonly count: number;
}

/** A way to reach a core with its memories: all that is told of it stands here. */
export interface MemoryInterface {
  /** What it is, for a person: a row of a table. */
  readonly row: (rate: LinkRate) => readonly [name: string, text: string];
  /** One line for FuseSoC, in front of the size. */
  readonly description: string;
  /** The core behind the interface, alone and behind few pins. */
  readonly design: (core: CoreParameters, rate: LinkRate) => Design;
  readonly onPins: (core: CoreParameters, rate: LinkRate) => Design;
  /** What its ports are for. */
  readonly meanings: Readonly<Record<string, string>>;
  /** The host's end, at the ports of a simulation of the core. */
  readonly port: (simulation: SimulatedPins, rate: LinkRate) => WordPort;
  /** What its inputs are while the host wants nothing. */
  readonly rest: Readonly<Record<string, number>>;
  readonly played: (session: CoreSession, rate: LinkRate) => PlayedSession;
}

const linkMeanings = {
  ...controlMeanings,
  came: '1 for a cycle: a request came whole',
  lost: '1 for a cycle: a request came damaged; the host sends it again',
};

/** What messages call the core in a simulation. */
const simulatedCore = 'the simulated core';

/** The shortest period of the clock of SPI, in cycles of the core. */
export const spiCycles = 8;

export const memoryInterfaceOf: Readonly<Record<MemoryInterfaceName, MemoryInterface>> = {
  wishbone: {
    row: () => [
      'bus',
      `Wishbone B4 classic, 32 bits, ${addressBits} address bits; docs/registers.md tells the words`,
    ],
    description: 'Ternary matrix products on a Wishbone bus',
    design: core => elaborate(wishboneCore(core)),
    onPins: core => elaborate(keepAlive(wishboneCore(core))),
    port: simulation => new SimulatedWishbone(simulatedCore, simulation),
    rest: { wb_cyc_i: 0, wb_stb_i: 0 },
    meanings: {
      ...controlMeanings,
      wb_cyc_i: '1: the bus is taken',
      wb_stb_i: '1: a transfer is asked for',
      wb_we_i: '1: it writes',
      wb_adr_i: 'address of a word of four bytes',
      wb_sel_i: 'bytes that are meant: a write takes all four',
      wb_dat_i: 'the word that is written',
      wb_ack_o: '1: the transfer is done',
      wb_err_o: '1: it is refused: no such address, or a write of less than four bytes',
      wb_dat_o: 'the word that was read',
    },
    played(session) {
      const count = session.transfers.length;
      const spoken = { kind: 'wishbone', addressBits, script: { file: 'bus.hex', count } } as const;
      return {
        spoken,
        script: wishboneScript(session),
        testbench: told => wishboneTestbench(told, spoken),
        length: counted(count, 'transfer'),
        count,
      };
    },
  },
  uart: {
    row: ({ clockHz, baud }) => [
      'link',
      `UART at ${grouped(baud)} baud from a clock of ${clockHz / 1e6} MHz; docs/protocol.md tells the frames`,
    ],
    description: 'Ternary matrix products behind a UART',
    design: (core, rate) => elaborate(uartCore({ core, ...rate })),
    onPins: (core, rate) => elaborate(keepAlive(uartCore({ core, ...rate }))),
    port: (simulation, rate) => linkPort(new UartWire({ simulation, ...rate }), rate),
    rest: { rx: 1 },
    meanings: {
      ...linkMeanings,
      rx: 'from the host; 1 while nothing comes',
      tx: 'to the host',
    },
    played: (session, { clockHz, baud }) => playedLink('uart', session, clockHz / baud),
  },
  spi: {
    row: ({ clockHz }) => [
      'link',
      `SPI slave, mode 0, SCK up to ${clockHz / 1e6 / spiCycles} MHz with a clock of ${clockHz / 1e6} MHz; docs/protocol.md tells the frames`,
    ],
    description: 'Ternary matrix products behind SPI',
    design: core => elaborate(spiCore({ core })),
    // Three of its inputs begin with a synchroniser.
    onPins: core => elaborate(keepAlive(spiCore({ core }), { ownBits: true, isInverting: true })),
    port: (simulation, { clockHz }) =>
      linkPort(new SpiWire({ simulation, cyclesPerBit: spiCycles }), { clockHz, baud: clockHz / spiCycles }),
    rest: { cs_n: 1, sck: 0 },
    meanings: {
      ...linkMeanings,
      sck: 'clock of the master, an eighth of clk at most; rests at 0',
      mosi: 'from the master, taken where sck rises',
      cs_n: '0: this slave is meant',
      miso: 'to the master, changes where sck falls; drive the pin only while cs_n is 0 where there are several slaves',
    },
    played: session => playedLink('spi', session, spiCycles),
  },
};

/** A session begins with the same number each time, so that the same call has the same cycles. */
function linkPort(wire: ByteWire, rate: LinkRate): WordPort {
  return new LinkClient(new SimulatedTransport(simulatedCore, wire, rate), { firstNumber: 1 });
}

function playedLink(kind: LinkInterface['kind'], session: CoreSession, cyclesPerBit: number): PlayedSession {
  const exchanges = exchangesOf(session);
  const script = linkScript(exchanges);
  const spoken: LinkInterface = {
    ...{ kind, cyclesPerBit },
    script: { file: 'link.hex', lines: linesIn(script), exchanges: exchanges.length },
  };
  return {
    spoken,
    script,
    testbench: told => linkTestbench(told, spoken),
    length: counted(exchanges.length, 'exchange'),
    count: exchanges.length,
  };
}
