import type { CheckModules, LoadModule } from '../module-names.js'

export type JsquashModule = 'jpeg-dec' | 'png' | 'webp-dec' | 'webp-enc' | 'webp-enc-simd' | 'resize'
export type LoadJsquashModule = LoadModule<JsquashModule>
export type CheckJsquashModules = CheckModules<JsquashModule>
