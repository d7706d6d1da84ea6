import { uploadRoute } from 'sluice/next'
import { store } from '../store.js'

export const POST = uploadRoute(() => ({ store, public: true }))
