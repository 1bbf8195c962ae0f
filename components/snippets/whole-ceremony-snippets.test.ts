import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { wholeCeremonyByCurl } from './whole-ceremony-snippets.ts'

const key = `sk_test_${'a'.repeat(62)}`
const facts = { username: "o'hara", options: undefined, added: undefined, mediation: 'conditional' }
// What an echo of some shells would take for an escape.
const begun = { ceremonyId: 'cer_1', publicKey: { user: { name: 'a\\n"b"' } } }
const credential = '{"id":"a\\\\nb"}'

const found = (command: string) =>
  (process.env.PATH ?? '').split(delimiter).find((folder) => existsSync(join(folder, command)))

describe.each(['sh', 'bash', 'dash', 'zsh'].filter(found))('in %s the lines of a sign-in', (shell) => {
  test.each([
    ['take the key from its variable', { PLAYGROUND_API_KEY: key }, ''],
    ['ask for it', {}, `${key}\n`],
  ])('%s, pass all on as it is, and show it to nobody', async (_, env, typed) => {
    const calls: { url: string | undefined; key: string | undefined; body: unknown }[] = []
    const server = createServer(async (request, response) => {
      const { url, headers } = request
      calls.push({ url, key: headers.authorization, body: JSON.parse(await text(request)) })
      response.end(JSON.stringify(calls.length === 1 ? begun : { token: 'eyJ' }))
    }).listen(0)
    const folder = mkdtempSync(join(tmpdir(), 'curl-'))
    const watching = `#!/bin/sh\nprintf '%s\\n' "$@" >> ${folder}/arguments\nexec ${found('curl')}/curl "$@"\n`
    writeFileSync(join(folder, 'curl'), watching)
    chmodSync(join(folder, 'curl'), 0o755)
    const code = wholeCeremonyByCurl(`http://localhost:${(server.address() as AddressInfo).port}`, {
      ...facts,
      ceremony: 'authentication',
    })
    const printed = await new Promise<string>((resolve, reject) => {
      const child = execFile(
        shell,
        ['-c', code],
        { env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, PLAYGROUND_API_KEY: '', ...env } },
        (error, stdout) => (error ? reject(error) : resolve(stdout)),
      )
      child.stdin?.end(`${typed}${credential}\n`)
    }).finally(() => server.close())
    const seen = readFileSync(join(folder, 'arguments'), 'utf8')
    rmSync(folder, { recursive: true })
    expect(calls).toEqual([
      { url: '/v1/passkeys/authenticate/begin', key: `Bearer ${key}`, body: { username: "o'hara" } },
      {
        ...{ url: '/v1/passkeys/authenticate/finish', key: `Bearer ${key}` },
        body: { ceremonyId: 'cer_1', credential: JSON.parse(credential) },
      },
    ])
    expect(printed).toContain(`const { publicKey } = ${JSON.stringify(begun)}\n`)
    expect(printed).toContain("mediation: 'conditional'")
    for (const shown of [seen, printed, code]) expect(shown).not.toContain(key)
  })
})
