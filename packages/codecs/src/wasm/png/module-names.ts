import type { CheckModules, LoadModule } from '../module-names.js'

export type PngModule = 'oxipng'
export type LoadPngModule = LoadModule<PngModule>
export type CheckPngModules = CheckModules<PngModule>
