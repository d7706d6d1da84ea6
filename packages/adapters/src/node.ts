import type { IncomingMessage, ServerResponse } from 'node:http'
import { incomingBody } from './node/incoming-body.js'
import { goneSignal, incomingHeaders } from './node/node-request.js'
import { send } from './node/send.js'

/** What the fetch handler gets as its second argument on Node. */
export interface NodeEnv {
  readonly incoming: IncomingMessage
}
