import type { CheckModules, LoadModule } from '../module-names.js'

export type JsquashModule = 'jpeg-dec' | 'png' | 'webp-dec' | 'resize'
export type LoadJsquashModule = LoadModule<JsquashModule>
export type CheckJsquashModules = CheckModules<JsquashModule>
