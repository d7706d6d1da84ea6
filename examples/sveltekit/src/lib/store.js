import { fsStore } from 'sluice/stores/fs'

// Makes its folder with the first use: a build imports this file too.
export const store = fsStore('./uploads')
