import type { CheckModules, LoadModule } from '../module-names.js'

export type JpegModule = 'jpeg-enc'
export type LoadJpegModule = LoadModule<JpegModule>
export type CheckJpegModules = CheckModules<JpegModule>
