#!/usr/bin/env node
import { run } from './run.js'

// `sluice … | head` closes the pipe early; that is no error.
process.stdout.on('error', thrown => {
  if (thrown.code !== 'EPIPE') throw thrown
  process.exit(0)
})

function interruption(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  return controller.signal
}

const { stdin, stdout, stderr } = process
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, interruption })
