import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import type { SkillCall } from '#lib/contract/skills.ts'
import { signatureHeaders } from '#lib/server/webhooks/sign.ts'
import { EndpointProject, endpointLanguages } from '#lib/setup/endpoint-project.ts'
import { skillServer } from './skill-snippets.ts'
import { pythonValue, typescriptValue } from './written.ts'

const secret = `whsec_${randomBytes(32).toString('base64')}`
const call: SkillCall = {
  ...{ runId: 'run_1', skillId: 'acme.upper', environment: 'test' },
  tenant: { id: 'tnt_1', name: 'Acme Wallet' },
  input: { text: 'žofie' },
}
const body = JSON.stringify(call)
const code = skillServer('http://localhost:3000')

/** A call as an endpoint gets it; `by`: what signed it, `at`: when, and `content`: what it says. */
const signed = (by = secret, at = new Date(), content = body) => ({
  method: 'POST',
  headers: { ...signatureHeaders({ id: call.runId, timestamp: at, body: content, secrets: [by] }) },
  body: content,
})
const forged = () => signed(`whsec_${randomBytes(32).toString('base64')}`)

const project = new EndpointProject()
afterAll(() => project.remove())

test.each(endpointLanguages)(
  'the endpoint in %s does what the server asks for, and what nobody else does',
  async (language) => {
    const { url, output, stop } = await project.serve(language, code[language], { SKILL_SECRET: secret })
    try {
      expect((await fetch(url, forged())).status).toBe(400)
      expect((await fetch(url, { ...signed(), body: `${body} ` })).status).toBe(400)
      expect((await fetch(url, signed(secret, new Date(Date.now() - 3_600_000)))).status).toBe(400)
      expect(output()).not.toContain('run_1')
      const answer = await fetch(url, signed())
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
      expect(await answer.json()).toEqual({ result: 'ŽOFIE' })
      await expect.poll(output).toContain('run_1')
      // A fault of the skill's own is no refusal, and is printed.
      const faulty = await fetch(url, signed(secret, new Date(), JSON.stringify({ ...call, input: {} }))).then(
        ({ status }) => status,
        () => undefined,
      )
      expect(faulty).toBe(language === 'Python' ? undefined : 500)
      await expect.poll(output).toMatch(/(?:Type|Key)Error/)
    } finally {
      stop()
    }
  },
)

test('the command says whether a call that is at hand is signed by the secret', () => {
  const run = ({ headers }: ReturnType<typeof signed>) =>
    project.run('bash', code.curl, {
      args: [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']],
      input: body,
      env: { SKILL_SECRET: secret },
    })
  expect(run(signed())).toMatchObject({ status: 0, stdout: 'The signature is right.\n', stderr: '' })
  expect(run(forged())).toMatchObject({ status: 1, stdout: 'No signature is of this secret.\n', stderr: '' })
})

const value = {
  text: 'It’s\n“one”\\two\'"',
  'a-b': [1.5, -2, true, false, null, {}, [], 'žofie'],
  class: { nested: { none: null } },
}

test.each(endpointLanguages)('JSON is written in %s so that it comes to the same', (language) => {
  const program = {
    TypeScript: `console.log(JSON.stringify(${typescriptValue(value)}))`,
    Python: `import json\nprint(json.dumps(${pythonValue(value)}))`,
  }[language]
  expect(JSON.parse(project.run(language, program).stdout)).toEqual(value)
})
