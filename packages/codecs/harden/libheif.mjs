// libheif is LGPL and no part of this package: it is hardened where it was installed, by the one who
// installed it.
import { createHash } from 'node:crypto'
/** @import { HardenRules } from '@sluice/sandbox/harden' */
import { harden } from '@sluice/sandbox/harden'

/** The one version whose imports and exports stand below, and the SHA-256 of its libheif.wasm. */
export const LIBHEIF = {
  version: '1.23.2',
  sha256: 'e4aa8333fbe55ec7c6c776f735236f40bed9103188498f8131d4e52b73cdfee8',
}

// Its glue is minified, so what the letters stand for was read out of it by hand.
const names = new Map(
  Object.entries({
    a: '_embind_register_enum_value',
    b: '__assert_fail',
    c: '_emval_decref',
    d: '_embind_register_function',
    e: '_emval_take_value',
    f: '_embind_register_memory_view',
    g: '_emval_set_property',
    h: '_emval_new_cstring',
    i: '_embind_register_integer',
    j: '_embind_register_enum',
    k: '__cxa_throw',
    l: '_emval_new_object',
    m: '_emval_new_array',
    n: '_embind_register_value_object_field',
    o: '_embind_register_class',
    p: 'fd_write',
    q: '_embind_register_std_wstring',
    r: '__syscall_fcntl64',
    s: 'fd_close',
    t: 'fd_read',
    u: '_embind_register_std_string',
    v: '_embind_register_float',
    w: '_embind_finalize_value_object',
    x: '_embind_register_value_object',
    y: 'fd_seek',
    z: '_embind_register_bigint',
    A: 'strftime_l',
    B: '__syscall_ioctl',
    C: 'abort',
    D: 'emscripten_resize_heap',
    E: '__syscall_unlinkat',
    F: '__syscall_openat',
    G: 'environ_get',
    H: 'environ_sizes_get',
    I: '_emscripten_memcpy_js',
    J: '_embind_register_emval',
    K: '_embind_register_bool',
    L: '_embind_register_void',
    M: '_emval_run_destructors',
    N: '_emval_call_method',
    O: '_emval_get_method_caller',
    P: '_emval_incref',
  }),
)

/** @type {HardenRules} */
const rules = {
  metered: true,
  names,
  imports: ['memory', ...names.values()].map(name => `env.${name}`),
  exports: {
    R: '__wasm_call_ctors',
    Na: 'malloc',
    la: 'heif_context_alloc',
    mh: 'heif_context_read_from_memory_without_copy',
    Ca: 'heif_context_get_primary_image_handle',
    ae: 'heif_decoding_options_alloc',
    Da: 'heif_decode_image',
    Ia: 'heif_image_get_width',
    Ja: 'heif_image_get_height',
    cb: 'heif_image_get_plane_readonly',
    hb: 'heif_image_get_decoding_warnings',
  },
}

/**
 * Hardens libheif-js/libheif-wasm/libheif.wasm: metered, memory from outside, imports held to a list.
 * @param {Uint8Array} source
 * @throws Error for any other file
 */
export function hardenLibheif(source) {
  const { version, sha256 } = LIBHEIF
  const found = createHash('sha256').update(source).digest('hex')
  if (found !== sha256)
    throw new Error(
      `This is not libheif.wasm of libheif-js ${version}, the only one that was looked at: SHA-256 ${found}`,
    )
  return harden(source, rules)
}
