import type { LoadModule } from '../module-names.js'

export type PngModule = 'oxipng'
export type LoadPngModule = LoadModule<PngModule>
