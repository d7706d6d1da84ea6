// Node, Deno and Bun have a file system.
import type { Store } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'

export const openFolder = (folder: string): Store => fsStore(folder)
