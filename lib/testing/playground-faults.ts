#!/usr/bin/env node
import { faultsCommand } from './faults-command.ts'

process.exitCode = await faultsCommand(process.argv.slice(2))
