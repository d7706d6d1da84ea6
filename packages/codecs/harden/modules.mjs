// The modules that the sandbox runs. One line each: where it comes from, and whether it reads a stranger's
// bytes.

/**
 * @typedef {object} ModuleRules
 * @property {string} source the file of WebAssembly, as it is imported
 * @property {string} [glue] the JavaScript beside it, from which the real names of imports are read
 * @property {readonly string[]} imports those that are allowed, as `module.name`
 * @property {Readonly<Record<string, string>>} exports those that are kept: new names by those in the file
 */

// What the four Emscripten modules may ask of us. Nothing here reaches a file, a socket, a clock or a global
// object.
const EMSCRIPTEN = [
  'memory',
  'abort',
  'exit',
  'emscripten_memcpy_big',
  '_emscripten_memcpy_js',
  'emscripten_resize_heap',
  'environ_get',
  'environ_sizes_get',
  'fd_close',
  'fd_seek',
  'fd_write',
  '__cxa_throw',
  '_embind_register_bigint',
  '_embind_register_bool',
  '_embind_register_emval',
  '_embind_register_enum',
  '_embind_register_enum_value',
  '_embind_register_float',
  '_embind_register_function',
  '_embind_register_integer',
  '_embind_register_memory_view',
  '_embind_register_std_string',
  '_embind_register_std_wstring',
  '_embind_register_void',
  '_embind_register_value_object',
  '_embind_register_value_object_field',
  '_embind_finalize_value_object',
  '_emval_call',
  '_emval_decref',
  '_emval_get_global',
  '_emval_get_method_caller',
  '_emval_incref',
  '_emval_new',
  '_emval_run_destructors',
].map(name => `env.${name}`)

// Little CMS comes with file functions of the C library and the helpers of C++ exceptions; the host refuses
// them all.
const LCMS = [
  'env.memory',
  ...['fd_write', 'fd_read', 'fd_close', 'fd_seek'].map(name => `wasi_snapshot_preview1.${name}`),
  ...[
    'abort',
    '__assert_fail',
    'emscripten_memcpy_js',
    'emscripten_resize_heap',
    'emscripten_date_now',
    '_gmtime_js',
    '_tzset_js',
    '__syscall_openat',
    '__syscall_fcntl64',
    '__syscall_ioctl',
    '__syscall_unlinkat',
    '__syscall_rmdir',
    '__cxa_find_matching_catch_2',
    '__cxa_find_matching_catch_3',
    '__cxa_begin_catch',
    '__resumeException',
    ...['ii', 'iii', 'v', 'vi', 'vii', 'viii', 'viiii'].map(signature => `invoke_${signature}`),
  ].map(name => `env.${name}`),
]

/**
 * A module of Emscripten.
 * @param {string} source without its extension
 * @param {readonly [ctors: string, malloc: string, table: string]} exported their names in the file
 * @returns {ModuleRules}
 */
function emscripten(source, [ctors, malloc, table]) {
  return {
    source: `${source}.wasm`,
    glue: `${source}.js`,
    exports: { [ctors]: '__wasm_call_ctors', [malloc]: 'malloc', [table]: 'table' },
    imports: EMSCRIPTEN,
  }
}

// The codecs of AVIF leave functions by longjmp, which Emscripten does with exceptions of JavaScript. What is
// left of this list are functions of the C library and of embind that the host refuses.
const JUMPING = [
  ...EMSCRIPTEN,
  ...[
    '_emscripten_throw_longjmp',
    ...['iii', 'iiiii', 'v', 'vi', 'vii', 'viii', 'viiii', 'viiiii', 'viiiiii', 'viiiiiii'].map(invoke),
    ...['iiiiiiiiii', 'iiiiiiiiiii', 'iiiiiiiiiiii'].map(invoke),
    ...['_emval_call_method', '_emval_new_cstring', '_emval_set_property', '_emval_take_value'],
    ...['__syscall_fcntl64', '__syscall_ioctl', '__syscall_openat', 'fd_read'],
    ...['emscripten_asm_const_int', 'emscripten_date_now'],
  ].map(name => `env.${name}`),
]

/** @param {string} signature */
function invoke(signature) {
  return `invoke_${signature}`
}

/**
 * A module of Emscripten that leaves functions by longjmp.
 * @param {string} source without its extension
 * @param {readonly [ctors: string, malloc: string, table: string]} exported their names in the file
 * @param {readonly [setThrew: string, stackRestore: string, stackSave: string]} forJumps theirs too
 * @returns {ModuleRules}
 */
function jumping(source, exported, [setThrew, stackRestore, stackSave]) {
  const rules = emscripten(source, exported)
  const jumps = { [setThrew]: 'setThrew', [stackRestore]: 'stackRestore', [stackSave]: 'stackSave' }
  return { ...rules, exports: { ...rules.exports, ...jumps }, imports: JUMPING }
}

/**
 * A module of wasm-bindgen.
 * @param {string} source without the end of its name
 * @param {readonly string[]} exports
 * @param {readonly string[]} [imports]
 * @returns {ModuleRules}
 */
function bindgen(source, exports, imports = []) {
  return {
    source: `${source}_bg.wasm`,
    exports: Object.fromEntries(['__wbindgen_malloc', ...exports].map(name => [name, name])),
    imports: ['env.memory', ...imports.map(name => `wbg.${name}`)],
  }
}

/** @type {Readonly<Record<string, ModuleRules & { readonly metered: boolean }>>} */
export const MODULES = {
  lcms: {
    metered: true,
    source: 'lcms-wasm/dist/lcms.wasm',
    exports: Object.fromEntries(
      [
        '__wasm_call_ctors',
        'malloc',
        'cmsOpenProfileFromMem',
        'cmsGetColorSpace',
        'cmsCreate_sRGBProfile',
        'cmsCreateTransform',
        'cmsDoTransform',
      ].map(name => [name, name]),
    ),
    imports: LCMS,
  },
  png: {
    metered: true,
    ...bindgen(
      '@jsquash/png/codec/pkg/squoosh_png',
      ['decode', 'decode_rgba16', 'imagedatargba16_width', 'imagedatargba16_height', 'imagedatargba16_data'],
      [
        '__wbindgen_memory',
        '__wbg_buffer',
        '__wbg_newwithbyteoffsetandlength',
        '__wbindgen_object_drop_ref',
        '__wbg_newwithownedu8clampedarrayandsh',
        '__wbindgen_throw',
      ],
    ),
  },
  resize: {
    metered: true,
    ...bindgen('@jsquash/resize/lib/resize/pkg/squoosh_resize', [
      'resize',
      '__wbindgen_add_to_stack_pointer',
    ]),
  },
  'jpeg-dec': { metered: true, ...emscripten('@jsquash/jpeg/codec/dec/mozjpeg_dec', ['B', 'D', 'F']) },
  'webp-dec': { metered: true, ...emscripten('@jsquash/webp/codec/dec/webp_dec', ['t', 'u', 'y']) },
  'webp-enc': { metered: true, ...emscripten('@jsquash/webp/codec/enc/webp_enc', ['y', 'z', 'D']) },
  'webp-enc-simd': {
    metered: true,
    ...emscripten('@jsquash/webp/codec/enc/webp_enc_simd', ['y', 'z', 'D']),
  },
  'jpeg-enc': { metered: true, ...emscripten('@jsquash/jpeg/codec/enc/mozjpeg_enc', ['D', 'F', 'H']) },
  oxipng: {
    metered: true,
    ...bindgen(
      '@jsquash/oxipng/codec/pkg/squoosh_oxipng',
      ['optimise_raw', '__wbindgen_add_to_stack_pointer'],
      ['__wbindgen_throw'],
    ),
  },
  'avif-dec': {
    metered: true,
    ...jumping('@jsquash/avif/codec/dec/avif_dec', ['G', 'I', 'K'], ['L', 'M', 'N']),
  },
  'avif-enc': {
    metered: true,
    ...jumping('@jsquash/avif/codec/enc/avif_enc', ['Q', 'S', 'U'], ['V', 'W', 'X']),
  },
}

/**
 * Our own, built with fuel and imported memory: they change with the source beside them, without a manifest. The exports
 * that are kept, where there are others, by which benchmarks and tests tune and look inside.
 * @type {Readonly<Record<string, readonly string[] | undefined>>}
 */
export const OURS = {
  kernel: undefined,
  encoder: [
    'fuel',
    'begin',
    'survey',
    'flatShare',
    'plan',
    'encodeBand',
    'finish',
    'partAddress',
    'partBytes',
    'band',
    'hasAlpha',
    'openLossless',
    'losslessPixels',
    'surveyLossless',
    'wayOf',
    'tryLossless',
    'finishLossless',
    'losslessAddress',
    'losslessBytes',
  ],
}
