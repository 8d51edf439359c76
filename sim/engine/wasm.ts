/*
 * The few things of the WebAssembly interface that the engine uses. TypeScript has their types only together with
 * the whole browser, which this package does not want in scope.
 */

/** A linear memory; `buffer` is a new one after each `grow`. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface WebAssemblyInterface {
  readonly Memory: new (limits: { readonly initial: number }) => WasmMemory;
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
