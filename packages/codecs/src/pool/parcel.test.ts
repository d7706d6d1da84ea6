import { MessageChannel } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { pack, unpack } from './parcel.js'

test.each([0, 1, 1000, 300_000])(
  '%d bytes arrive as they were sent, and the parcel is empty then',
  async length => {
    const sent = Uint8Array.from({ length: length + 8 }, (_, at) => at * 7).subarray(4, length + 4)
    const { port1, port2 } = new MessageChannel()
    const arrived = new Promise<Uint8Array>(resolve => port2.once('message', resolve))
    const parcel = pack(sent)
    port1.postMessage(parcel, [parcel.buffer])
    expect(parcel.length).toBe(0)
    const received = await arrived
    port1.close()
    expect(unpack(received)).toEqual(sent)
    expect(received.length).toBe(0)
  },
)
