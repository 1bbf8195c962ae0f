import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'

// Where a test file's data is: beside the server that its project started, or in a folder of its own.

const served = inject('served')
process.env.DATA_DIR = served?.dataDir ?? mkdtempSync(join(tmpdir(), 'playground-test-'))
process.env.BASE_URL = served?.baseUrl ?? 'http://localhost:3000'
process.env.LOG_LEVEL = 'silent'
