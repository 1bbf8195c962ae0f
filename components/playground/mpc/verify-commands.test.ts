import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MpcKey } from '#lib/sdk/mpc/index.ts'
import { type Tool, verifyCommands } from './verify-commands.ts'

const message = 'Pay “12.50 USDC”\n$(to) `Globex`\'"'

function commands(more: { message?: string } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const bytes = sign(null, Buffer.from(message), createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })))
  const key = { suite: 'ed25519', publicKey: Buffer.from(x, 'base64url') } as unknown as MpcKey
  return verifyCommands(key, { bytes, message, ...more })
}

const withPython = spawnSync('python3', ['-c', 'import cryptography']).status === 0
if (!withPython) console.warn('Python’s package cryptography is not installed: its lines are not run.')

test.runIf(withPython)('Python’s lines say what they promise, and fail for another message', () => {
  const run = (of: ReturnType<typeof commands>) => spawnSync('sh', ['-c', of.Python?.code ?? 'false'])
  expect(String(run(commands()).stdout).trim()).toBe(commands().Python?.says)
  expect(run(commands({ message: 'another' })).status).not.toBe(0)
})

test('whatever the message says, nothing of it is run by the shell', () => {
  for (const tool of ['openssl', 'Python', 'Node'] satisfies Tool[]) {
    const { code = '' } = commands({ message: '\'"; echo run-by-the-shell; `echo run`' })[tool] ?? {}
    expect(code).not.toContain('run-by-the-shell')
  }
  expect(String(execFileSync('sh', ['-c', commands().Node?.code ?? '']))).toContain('true')
})
