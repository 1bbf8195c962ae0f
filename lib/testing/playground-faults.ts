#!/usr/bin/env node
import { faultsCommand } from './faults-command.ts'

// Code 1 says that something was accepted. Whoever reads no further gets the code that is true all the same, and where nothing
// can be written, what was to be told is lost.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', ({ code }: NodeJS.ErrnoException) => code === 'EPIPE' || process.exit(2))

process.exitCode = await faultsCommand(process.argv.slice(2))
