/*
 * The few things of the WebAssembly interface that the engine uses. TypeScript has their types only together with
 * the whole browser, which this package does not want in scope.
 */

/** A linear memory. After `grow`, `buffer` is a new one over the same bytes, and views of the old one still show them. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** In pages. Only a shared memory keeps its views when it grows; it must have a maximum. */
interface MemoryLimits {
  readonly initial: number;
  readonly maximum: number;
  readonly shared: true;
}

interface WebAssemblyInterface {
  readonly Memory: new (limits: MemoryLimits) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Record<string, Record<string, unknown>>,
  ) => { readonly exports: Record<string, unknown> };
}

export const wasm: WebAssemblyInterface = (
  globalThis as unknown as { readonly WebAssembly: WebAssemblyInterface }
).WebAssembly;

/** Bytes of a page of memory. */
export const pageBytes = 65536;

/** Pages that 32 bits of address reach. */
export const mostPages = 65536;

/** A memory of at least so many bytes. */
export function newMemory(bytes: number): WasmMemory {
  return new wasm.Memory({ initial: Math.ceil(bytes / pageBytes), maximum: mostPages, shared: true });
}

/** Makes a memory larger where it has fewer bytes. */
export function growTo(memory: WasmMemory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / pageBytes);
  if (missing > 0) memory.grow(missing);
}
