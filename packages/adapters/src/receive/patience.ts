import { UploadError } from '@sluice/core'
import { nextTurn } from './next-turn.js'

export interface Patience {
  /** Longest silence between two chunks, in milliseconds. */
  readonly idleMs: number
  /** Longest time for the whole body, in milliseconds. */
  readonly totalMs: number
  /** Least rate over each `idleMs`, in bytes a second. */
  readonly minBytesPerSecond: number
}

/** Longest wait that is counted at once, in milliseconds. */
const sliceMs = 250

/**
 * Reads from a client as long as there is patience with it: the answer to slow clients (Slowloris). Only time
 * in which the event loop turned counts: it is taken in slices, and a slice that was long because the server
 * was busy counts no more than another. Before silence is held against a client, waiting bytes are looked for.
 * @throws UploadError `upload-too-slow`; `aborted` where the body breaks off
 */
export function patientReader(reader: ReadableStreamDefaultReader<Uint8Array>, limits: Patience) {
  const { idleMs, totalMs, minBytesPerSecond } = limits
  const slice = Math.min(sliceMs, Math.ceil(idleMs / 2))
  let total = 0
  let silence = 0
  let window = 0
  let inWindow = 0

  /** What has ended the patience, if anything has. */
  function whyNot(): string | undefined {
    if (total >= totalMs) return `longer than totalMs, ${totalMs} ms`
    if (silence >= idleMs) return `silent for idleMs, ${idleMs} ms`
    if (window >= idleMs && inWindow < (minBytesPerSecond * window) / 1000)
      return `${inWindow} bytes in ${window} ms, less than minBytesPerSecond`
    return undefined
  }
  function waited(ms: number) {
    total += ms
    silence += ms
    window += ms
  }
  function came(step: Step) {
    silence = 0
    inWindow += step.value?.length ?? 0
  }
  function startWindow() {
    window = 0
    inWindow = 0
  }

  return async function read(): Promise<Step> {
    const reading = reader.read()
    // A refusal leaves a read behind that may still fail. The reader is left as it is: what becomes of the
    // connection is decided when the answer has been sent.
    reading.catch(() => {})
    try {
      for (;;) {
        const start = performance.now()
        let step = await within(reading, slice)
        waited(step ? Math.min(slice, performance.now() - start) : slice)
        if (!step && whyNot() !== undefined) step = await afterTurn(reading)
        if (step) came(step)
        const detail = whyNot()
        if (detail !== undefined && !step?.done) throw new UploadError('upload-too-slow', {}, { detail })
        if (window >= idleMs) startWindow()
        if (step) return step
      }
    } catch (thrown) {
      throw UploadError.from(thrown, 'aborted', { stage: 'receive' })
    }
  }
}

type Step = Awaited<ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']>>

async function within(reading: Promise<Step>, ms: number): Promise<Step | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const expired = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([reading, expired])
  } finally {
    clearTimeout(timer)
  }
}

function afterTurn(reading: Promise<Step>): Promise<Step | undefined> {
  return Promise.race([reading, new Promise<undefined>(resolve => nextTurn(() => resolve(undefined)))])
}
