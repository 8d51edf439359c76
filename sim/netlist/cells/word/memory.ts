import { type NetId, uint } from '../../../../ir/index.ts';
import type { CellReader, NetlistCell } from '../../cell.ts';
import { MemoryAddresses } from './memory-addresses.ts';
import { initialWords } from './memory-contents.ts';
import { isNotZero } from './operands.ts';

/**
 * A memory with any number of ports. A port that is wider than the memory is there as several; each has an address of
 * its own. A read port without a clock is a lookup, and one with a clock a register that takes what a lookup gives. If
 * several ports write one word at one edge, the last one comes last.
 */
const memory: CellReader = {
  form: {
    connected: ['RD_DATA'],
    numbers: {
      SIZE: { least: 1, largest: 2 ** 31 - 1, required: true },
      WIDTH: { least: 1, largest: 2 ** 20, required: true },
      ABITS: { least: 0, largest: 64, required: true },
      RD_PORTS: { least: 0, largest: 2 ** 16, required: true },
      WR_PORTS: { least: 0, largest: 2 ** 16, required: true },
    },
    bits: cell => {
      const [width, address] = [cell.number('WIDTH'), cell.number('ABITS')];
      const [reads, writes] = [cell.number('RD_PORTS'), cell.number('WR_PORTS')];
      return {
        RD_ADDR: reads * address,
        RD_DATA: reads * width,
        WR_ADDR: writes * address,
        WR_DATA: writes * width,
        WR_EN: writes * width,
      };
    },
  },
  outputs: cell => (cell.number('RD_PORTS') === 0 ? [] : [{ port: 'RD_DATA', bits: cell.number('WIDTH') }]),
  read: cell => new MemoryCell(cell).read(),
};

/** A write port in the terms of the circuit. */
interface WritePort {
  readonly domain: number | undefined;
  /** As the netlist has it. */
  readonly address: NetId;
  /** 1 where any bit is written. */
  readonly enable: NetId;
  /** The bits that are written; undefined where it is always all of them. */
  readonly mask: NetId | undefined;
  readonly data: NetId;
}

class MemoryCell {
  readonly #cell: NetlistCell;
  readonly #width: number;
  readonly #addresses: MemoryAddresses;
  readonly #writes: readonly WritePort[];
  /** Its place in the circuit. */
  readonly #place: number;

  constructor(cell: NetlistCell) {
    const b = cell.builder;
    const size = cell.number('SIZE');
    this.#cell = cell;
    this.#width = cell.number('WIDTH');
    cell.requireMemory((cell.text('MEMID') ?? cell.name).replace(/^\\/, ''), size, this.#width);
    this.#addresses = new MemoryAddresses(b, size, cell.number('OFFSET') | 0);
    this.#writes = Array.from({ length: cell.number('WR_PORTS') }, (_, i) => this.#writePort(i));
    this.#place = b.memories.length;
    b.memories.push({
      name: (cell.text('MEMID') ?? cell.name).replace(/^\\/, ''),
      element: uint(this.#width),
      depth: size,
      initial: initialWords(cell, this.#width, size),
      reads: [],
      writes: this.#writes.flatMap(({ domain, address, enable, mask, data }) => {
        if (domain === undefined) return [];
        const isThere = this.#addresses.isThere(address);
        return {
          address: this.#addresses.index(address),
          enable: isThere === undefined ? enable : b.and(enable, isThere),
          mask,
          data,
          domain,
        };
      }),
    });
  }

  read(): void {
    for (let i = 0; i < this.#cell.number('RD_PORTS'); i++) {
      const address = this.#address('RD', i);
      if (this.#bit('RD_CLK_ENABLE', i)) this.#clocked(i, address);
      else this.#lookUp(address, this.#cell.output('RD_DATA', i));
    }
  }

  #writePort(i: number): WritePort {
    const cell = this.#cell;
    if (!this.#bit('WR_CLK_ENABLE', i)) cell.refuse('it is written without a clock');
    const low = i * this.#width;
    const enables = cell.bits('WR_EN').map((_, bit) => cell.resolved('WR_EN', bit));
    const own = enables.slice(low, low + this.#width);
    const isWhole = own.every(bit => bit === own[0]);
    const mask = isWhole ? undefined : cell.vectorOf('WR_EN', low, this.#width);
    return {
      domain: cell.domain('WR_CLK', !this.#bit('WR_CLK_POLARITY', i), i),
      address: this.#address('WR', i),
      enable: mask === undefined ? cell.vectorOf('WR_EN', low, 1) : isNotZero(cell.builder, mask),
      mask,
      // Yosys leaves open what is not written.
      data: cell.vector(
        cell
          .bits('WR_DATA')
          .slice(low, low + this.#width)
          .map((bit, place) => (bit === 'x' && own[place] !== '1' ? '0' : bit)),
        'WR_DATA',
      ),
    };
  }

  /** A read port whose data change at an edge. */
  #clocked(i: number, address: NetId): void {
    const cell = this.#cell;
    const b = cell.builder;
    const domain = cell.domain('RD_CLK', !this.#bit('RD_CLK_POLARITY', i), i);
    const value = (parameter: string) =>
      BigInt.asUintN(this.#width, cell.value(parameter) >> BigInt(i * this.#width));
    const reset = this.#control('RD_SRST', i);
    const asynchronous = this.#control('RD_ARST', i);
    const word = this.#lookUp(address, b.net(uint(this.#width)));
    b.register(cell.output('RD_DATA', i), {
      next: this.#withCollisions(i, domain, address, word),
      domain,
      enable: cell.resolved('RD_EN', i) === '1' ? undefined : cell.vectorOf('RD_EN', i, 1),
      reset:
        reset === undefined
          ? undefined
          : { when: reset, value: value('RD_SRST_VALUE'), waits: this.#bit('RD_CE_OVER_SRST', i) },
      asynchronous:
        asynchronous === undefined
          ? undefined
          : { when: asynchronous, value: b.constant(value('RD_ARST_VALUE'), this.#width) },
      initial: value('RD_INIT_VALUE'),
    });
  }

  /** What a read port sees of writes to the same word at the same edge: nothing, the new bits, or unknown ones, 0. */
  #withCollisions(i: number, domain: number | undefined, address: NetId, old: NetId): NetId {
    const b = this.#cell.builder;
    let word = old;
    this.#writes.forEach((write, j) => {
      const place = i * this.#writes.length + j;
      const isUnknown = this.#bit('RD_COLLISION_X_MASK', place);
      if (write.domain !== domain || !(isUnknown || this.#bit('RD_TRANSPARENCY_MASK', place))) return;
      const meets = b.and(write.enable, b.cell('equal', [address, write.address], undefined));
      const data = isUnknown ? b.constant(0n, this.#width) : write.data;
      const seen = write.mask === undefined ? data : this.#merged(word, data, write.mask);
      word = b.cell('mux', [meets, seen, word], undefined);
    });
    return word;
  }

  /** `word` with the bits of `data` where the mask is 1. */
  #merged(word: NetId, data: NetId, mask: NetId): NetId {
    const b = this.#cell.builder;
    const different = b.and(b.cell('xor', [word, data], undefined), mask);
    return b.wrapped(b.cell('xor', [word, different], undefined), uint(this.#width));
  }

  /** Drives a net with the word at an address; there is 0 beyond the last one. */
  #lookUp(address: NetId, output: NetId): NetId {
    const b = this.#cell.builder;
    const index = this.#addresses.index(address);
    const isThere = this.#addresses.isWithinPlaces(address);
    if (isThere === undefined) {
      b.lookup(output, this.#place, index);
      return output;
    }
    const word = b.net(uint(this.#width));
    b.lookup(word, this.#place, index);
    b.drive(output, 'mux', [isThere, word, b.constant(0n, this.#width)], undefined);
    return output;
  }

  #address(port: 'RD' | 'WR', i: number): NetId {
    const bits = this.#cell.number('ABITS');
    return this.#cell.vectorOf(`${port}_ADDR`, i * bits, bits);
  }

  /** The level of a control; undefined where it is never 1. */
  #control(port: string, i: number): NetId | undefined {
    const bit = this.#cell.resolved(port, i);
    return bit === '0' || bit === 'x' ? undefined : this.#cell.vectorOf(port, i, 1);
  }

  #bit(parameter: string, i: number): boolean {
    return ((this.#cell.value(parameter) >> BigInt(i)) & 1n) === 1n;
  }
}

/** A port of a memory that stands alone, before `memory_collect` has put the memory together. */
const part: CellReader = {
  outputs: cell => (cell.width('DATA') > 0 && cell.type.startsWith('$memrd') ? ['DATA'] : []),
  read: cell => cell.refuse("it is a part of a memory: run Yosys' 'memory -nomap' before 'write_json'"),
};

export const memories: Readonly<Record<string, CellReader>> = {
  $mem_v2: memory,
  $memrd: part,
  $memrd_v2: part,
  $memwr: part,
  $memwr_v2: part,
  $meminit: part,
  $meminit_v2: part,
};
