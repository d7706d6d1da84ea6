/** Set by build.mjs: 1 in kernel.debug.wasm, 0 in kernel.wasm. */
declare const DEBUG: bool
