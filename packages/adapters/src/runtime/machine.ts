// Node, Deno and Bun run on a machine that has a file system.
import type { Store } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'

export const openFolder = (folder: string): Store => fsStore(folder)
