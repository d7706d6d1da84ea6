import type { CheckModules, LoadModule } from '../module-names.js'

export type AvifModule = 'avif-dec' | 'avif-enc'
export type LoadAvifModule = LoadModule<AvifModule>
export type CheckAvifModules = CheckModules<AvifModule>
