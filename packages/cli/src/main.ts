#!/usr/bin/env node
import { run } from './run.js'

// `sluice … | head` closes the pipe early; that is no error.
process.stdout.on('error', thrown => {
  if (thrown.code !== 'EPIPE') throw thrown
  process.exit(0)
})
process.exitCode = await run(process.argv.slice(2), process)
