/** A small assembler for RV32IM: enough for programs that test a processor. */

/** One instruction, given its own address and the addresses of the labels. */
export type Instruction = (at: number, labels: ReadonlyMap<string, number>) => number;

type Register = number;

const inRegisters = {
  add: [0, 0],
  sub: [32, 0],
  sll: [0, 1],
  slt: [0, 2],
  sltu: [0, 3],
  xor: [0, 4],
  srl: [0, 5],
  sra: [32, 5],
  or: [0, 6],
  and: [0, 7],
  mul: [1, 0],
  mulh: [1, 1],
  mulhsu: [1, 2],
  mulhu: [1, 3],
  div: [1, 4],
  divu: [1, 5],
  rem: [1, 6],
  remu: [1, 7],
} as const;
const withImmediate = { addi: 0, slti: 2, sltiu: 3, xori: 4, ori: 6, andi: 7, slli: 1, srli: 5 } as const;
const loads = { lb: 0, lh: 1, lw: 2, lbu: 4, lhu: 5 } as const;
const stores = { sb: 0, sh: 1, sw: 2 } as const;
const branches = { beq: 0, bne: 1, blt: 4, bge: 5, bltu: 6, bgeu: 7 } as const;

/** `rd = rs1 operation rs2` */
export function register(
  name: keyof typeof inRegisters,
  rd: Register,
  rs1: Register,
  rs2: Register,
): Instruction {
  const [funct7, funct3] = inRegisters[name];
  return () => word([funct7, 7], [rs2, 5], [rs1, 5], [funct3, 3], [rd, 5], [0b0110011, 7]);
}

/** `rd = rs1 operation immediate`, a number of 12 bits with a sign. */
export function immediate(
  name: keyof typeof withImmediate,
  rd: Register,
  rs1: Register,
  value: number,
): Instruction {
  return () => word([value, 12], [rs1, 5], [withImmediate[name], 3], [rd, 5], [0b0010011, 7]);
}

/** `rd = memory[rs1 + offset]` */
export function load(name: keyof typeof loads, rd: Register, rs1: Register, offset: number): Instruction {
  return () => word([offset, 12], [rs1, 5], [loads[name], 3], [rd, 5], [0b0000011, 7]);
}

/** `memory[rs1 + offset] = rs2` */
export function store(name: keyof typeof stores, rs2: Register, rs1: Register, offset: number): Instruction {
  return () => word([offset >> 5, 7], [rs2, 5], [rs1, 5], [stores[name], 3], [offset, 5], [0b0100011, 7]);
}

/** Goes on at a label where the comparison of `rs1` with `rs2` holds. */
export function branch(
  name: keyof typeof branches,
  rs1: Register,
  rs2: Register,
  label: string,
): Instruction {
  return (at, labels) => {
    const by = labels.get(label)! - at;
    return word(
      ...([
        [by >> 12, 1],
        [by >> 5, 6],
        [rs2, 5],
        [rs1, 5],
      ] as const),
      ...([
        [branches[name], 3],
        [by >> 1, 4],
        [by >> 11, 1],
        [0b1100011, 7],
      ] as const),
    );
  };
}

/** `rd = upper * 4096` */
export function upper(rd: Register, value: number): Instruction {
  return () => word([value, 20], [rd, 5], [0b0110111, 7]);
}

/** Goes on at a label; `rd` takes the address behind. */
export function jump(rd: Register, label: string): Instruction {
  return (at, labels) => {
    const by = labels.get(label)! - at;
    return word(
      ...([
        [by >> 20, 1],
        [by >> 1, 10],
        [by >> 11, 1],
        [by >> 12, 8],
        [rd, 5],
        [0b1101111, 7],
      ] as const),
    );
  };
}

/** Goes on at the address in `rs1`; `rd` takes the address behind. */
export function jumpTo(rd: Register, rs1: Register): Instruction {
  return () => word([0, 12], [rs1, 5], [0, 3], [rd, 5], [0b1100111, 7]);
}

/** The words of a program that begins at address 0. A text is a label for what comes behind. */
export function assemble(program: readonly (Instruction | string)[]): number[] {
  const labels = new Map<string, number>();
  const instructions: Instruction[] = [];
  for (const each of program)
    if (typeof each === 'string') labels.set(each, 4 * instructions.length);
    else instructions.push(each);
  return instructions.map((instruction, i) => instruction(4 * i, labels));
}

/** Fields side by side, the highest first. */
function word(...fields: readonly (readonly [value: number, width: number])[]): number {
  return fields.reduce((all, [value, width]) => ((all << width) | (value & (2 ** width - 1))) >>> 0, 0);
}
