import {
  accessFunction,
  constant,
  instruction,
  memoryOperand,
  typeCode,
  unsigned,
  type WasmFunction,
} from './encoder.ts';
import type { Address, Apply, Node } from './expression.ts';
import { op, opcodes, type ValueType } from './opcodes.ts';
import type { Destination, Statement } from './statement.ts';
import type { StorePart } from './word.ts';

/** The parameters of each function: the addresses of the stimulus record and of the result record. */
const stimulusParameter = 0;
const resultParameter = 1;
const parameters = 2;

/**
 * From so many instructions on that only one of two values needs, a branch is better than to compute both. Measured on a
 * processor: 6 to 12 are alike.
 */
const branchCost = 8;

/** The code of a function of these statements. */
export function functionOf(statements: readonly Statement[]): WasmFunction {
  const writer = new Writer();
  writer.count(statements);
  writer.writeAll(statements);
  constant(writer.code, 'i32', 0n);
  return { parameters, locals: writer.locals, code: writer.code };
}

class Writer {
  readonly code: number[] = [];
  readonly locals: ValueType[] = [];
  /** Uses of each node that are still to come. */
  readonly #uses = new Map<Node, number>();
  readonly #held = new Set<Node>();
  readonly #ownCosts = new Map<Node, number>();
  /** Whether what is written now may not be done: then no local may get its value here. */
  #isInBranch = false;
  readonly #localOf = new Map<Node, number>();
  /** Of the index of loops. */
  #index: number | undefined;
  /** The locals that had values when the loop began that is being written. */
  #beforeLoop: ReadonlySet<number> | undefined;
  readonly #afterLoop: { readonly type: ValueType; readonly local: number }[] = [];
  readonly #free: Record<ValueType, number[]> = { i32: [], i64: [], v128: [] };

  count(statements: readonly Statement[]): void {
    for (const statement of statements) {
      switch (statement.kind) {
        case 'hold':
          for (const node of statement.word) {
            if ((node.kind !== 'load' && node.kind !== 'apply') || this.#held.has(node)) continue;
            if (!this.#uses.has(node)) {
              this.#uses.set(node, 0);
              this.#countOperands(node);
            }
            this.#held.add(node);
          }
          break;
        case 'store':
          for (const { node } of statement.parts) {
            if (typeof statement.to.address === 'object') this.#count(statement.to.address);
            this.#count(node);
          }
          break;
        case 'if':
          this.#count(statement.condition);
          this.count(statement.whenTrue);
          this.count(statement.whenFalse);
          break;
        case 'loop':
          this.count(statement.body);
          break;
        case 'access':
        case 'return':
          break;
      }
    }
  }

  #count(node: Node): void {
    if (node.kind !== 'load' && node.kind !== 'apply') return;
    const uses = this.#uses.get(node);
    this.#uses.set(node, (uses ?? 0) + 1);
    if (uses === undefined) this.#countOperands(node);
  }

  #countOperands(node: Node): void {
    if (node.kind === 'apply') for (const operand of node.operands) this.#count(operand);
    if (node.kind === 'load' && typeof node.address === 'object') this.#count(node.address);
  }

  writeAll(statements: readonly Statement[]): void {
    for (const statement of statements) this.#write(statement);
  }

  #write(statement: Statement): void {
    switch (statement.kind) {
      case 'hold':
        for (const node of statement.word) {
          if (!this.#held.has(node) || this.#localOf.has(node) || this.#uses.get(node) === 0) continue;
          this.#compute(node);
          this.#keep(node, op.localSet);
        }
        break;
      case 'store':
        this.#store(statement.to, statement.parts);
        break;
      case 'if':
        this.#push(statement.condition);
        this.code.push(op.if, op.noResult);
        this.writeAll(statement.whenTrue);
        if (statement.whenFalse.length > 0) {
          this.code.push(op.else);
          this.writeAll(statement.whenFalse);
        }
        this.code.push(op.end);
        break;
      case 'loop':
        this.#loop(statement.turns * statement.step, statement.step, statement.body);
        break;
      case 'access':
        constant(this.code, 'i32', BigInt(statement.index));
        this.code.push(op.call);
        unsigned(this.code, accessFunction);
        this.code.push(op.drop);
        break;
      case 'return':
        constant(this.code, 'i32', BigInt(statement.result));
        this.code.push(op.return);
        break;
    }
  }

  #loop(end: number, step: number, body: readonly Statement[]): void {
    this.#index ??= this.#newLocal('i32');
    const index = this.#index;
    const live = [...this.#localOf].filter(([node]) => this.#uses.get(node)! > 0);
    this.#beforeLoop = new Set(live.map(([, local]) => local));
    constant(this.code, 'i32', 0n);
    this.#local(op.localSet, index);
    this.code.push(op.loop, op.noResult);
    this.writeAll(body);
    this.#local(op.localGet, index);
    constant(this.code, 'i32', BigInt(step));
    this.code.push(opcodes.i32.add);
    this.#local(op.localTee, index);
    constant(this.code, 'i32', BigInt(end));
    this.code.push(opcodes.i32.ltUnsigned, op.branchIf, 0, op.end);
    this.#beforeLoop = undefined;
    for (const { type, local } of this.#afterLoop.splice(0)) this.#free[type].push(local);
  }

  #store({ address, offset }: Destination, parts: readonly StorePart[]): void {
    const put = (part: StorePart) => {
      instruction(this.code, part.opcode);
      memoryOperand(this.code, offset + part.offset);
      if (part.lane !== undefined) this.code.push(part.lane);
    };
    // Nobody reads the record of results, so no part of it has to wait for the others.
    const waits = address !== 'result';
    for (const part of parts) {
      this.#address(address);
      this.#push(part.node);
      if (!waits) put(part);
    }
    if (waits) for (const part of parts.toReversed()) put(part);
  }

  #address(address: Address): void {
    if (address === 'fixed') constant(this.code, 'i32', 0n);
    else if (address === 'stimulus') this.#local(op.localGet, stimulusParameter);
    else if (address === 'result') this.#local(op.localGet, resultParameter);
    else this.#push(address);
  }

  /** Puts the node's value on the stack, for one of its uses. */
  #push(node: Node): void {
    const local = this.#localOf.get(node);
    if (local !== undefined) {
      this.#local(op.localGet, local);
    } else {
      this.#compute(node);
      if (this.#isKept(node)) this.#keep(node, op.localTee);
    }
    this.#used(node);
  }

  #used(node: Node): void {
    if (node.kind !== 'load' && node.kind !== 'apply') return;
    const rest = this.#uses.get(node)! - 1;
    this.#uses.set(node, rest);
    const local = this.#localOf.get(node);
    if (rest > 0 || local === undefined) return;
    // What was there before a loop is needed in each of its turns.
    if (this.#beforeLoop?.has(local)) this.#afterLoop.push({ type: node.type, local });
    else this.#free[node.type].push(local);
  }

  #compute(node: Node): void {
    switch (node.kind) {
      case 'index':
        this.#local(op.localGet, this.#index!);
        break;
      case 'base':
        this.#address(node.record);
        break;
      case 'constant':
        constant(this.code, node.type, node.value);
        break;
      case 'load':
        this.#address(node.address);
        instruction(this.code, node.opcode);
        memoryOperand(this.code, node.offset);
        break;
      case 'apply':
        if (node.opcode === op.select && this.#isWorthBranch(node)) {
          this.#branch(node);
          break;
        }
        for (const operand of node.operands) this.#push(operand);
        instruction(this.code, node.opcode);
        if (node.lane !== undefined) this.code.push(node.lane);
        break;
    }
  }

  /** Whether a choice between two values has so much to compute that the one not taken is better left out. */
  #isWorthBranch({ operands, type }: Apply): boolean {
    if (type === 'v128') return false;
    const [whenTrue, whenFalse] = operands;
    return this.#ownCost(whenTrue!) + this.#ownCost(whenFalse!) >= branchCost;
  }

  /** The instructions that only this node's one user needs. */
  #ownCost(node: Node): number {
    if (node.kind !== 'apply' || this.#uses.get(node)! > 1 || this.#localOf.has(node)) return 0;
    let cost = this.#ownCosts.get(node);
    if (cost === undefined) {
      cost = node.operands.reduce((sum, operand) => sum + this.#ownCost(operand), 1);
      this.#ownCosts.set(node, cost);
    }
    return cost;
  }

  /** Computes one of two values only. What others use too is computed before, so that it is there for them. */
  #branch({ operands, type }: Apply): void {
    const [whenTrue, whenFalse, condition] = operands;
    const isOuter = !this.#isInBranch;
    if (isOuter) for (const value of [whenTrue!, whenFalse!]) this.#share(value);
    this.#push(condition!);
    this.code.push(op.if, typeCode[type]);
    this.#isInBranch = true;
    this.#push(whenTrue!);
    this.code.push(op.else);
    this.#push(whenFalse!);
    this.code.push(op.end);
    if (isOuter) this.#isInBranch = false;
  }

  /** Takes what is used more than once below a node into locals. */
  #share(node: Node): void {
    if (this.#localOf.has(node)) return;
    if (this.#isKept(node)) {
      this.#compute(node);
      this.#keep(node, op.localSet);
    } else if (node.kind === 'apply') for (const operand of node.operands) this.#share(operand);
    else if (node.kind === 'load' && typeof node.address === 'object') this.#share(node.address);
  }

  /** A load of a scalar from a fixed place is as cheap as a local; what must not be repeated is kept. */
  #isKept(node: Node): boolean {
    const isComputed =
      node.kind === 'apply' ||
      (node.kind === 'load' && (typeof node.address === 'object' || node.type === 'v128'));
    return isComputed && this.#uses.get(node)! > 1;
  }

  /** Takes the value on the stack into a local. */
  #keep(node: Node, instruction: number): void {
    const free = this.#free[node.type].pop();
    const local = free ?? this.#newLocal(node.type);
    this.#localOf.set(node, local);
    this.#local(instruction, local);
  }

  #newLocal(type: ValueType): number {
    this.locals.push(type);
    return parameters + this.locals.length - 1;
  }

  #local(instruction: number, index: number): void {
    this.code.push(instruction);
    unsigned(this.code, index);
  }
}
