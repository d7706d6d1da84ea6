import type { LoadModule } from '../../modules/module-names.js'

export type AvifModule = 'avif-dec' | 'avif-enc'
export type LoadAvifModule = LoadModule<AvifModule>
