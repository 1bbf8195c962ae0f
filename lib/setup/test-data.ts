import { inject } from 'vitest'
import { isolated, newDataDir } from './isolated.ts'

// Where a test file's data is: beside the server that its project started, or in a folder of its own.

const served = inject('served')
Object.assign(process.env, isolated(served?.dataDir ?? newDataDir('test')), served?.settings, {
  BASE_URL: served?.baseUrl ?? 'http://localhost:3000',
  LOG_LEVEL: 'silent',
})
