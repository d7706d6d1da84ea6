import { uploadHandler } from 'sluice/fetch'
import { store } from '$lib/store.js'

const upload = uploadHandler({ store, public: true })

/** @type {import('./$types').RequestHandler} */
export const POST = ({ request }) => upload(request)
