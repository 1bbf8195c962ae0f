import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Page } from '@playwright/test'
import { Webhook } from 'standardwebhooks'
import { expect, refused, test } from './console.ts'
import { tabTo } from './focus.ts'
import { sound, soundInBoth } from './sound.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

let server: Server
let calls: { headers: Record<string, string>; body: string }[]
let answer: string
let url: string

test.beforeEach(async () => {
  calls = []
  answer = '{"result":"FOUR"}'
  server = createServer(async (request, response) => {
    calls.push({ headers: request.headers as Record<string, string>, body: await text(request) })
    response.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  url = `http://localhost:${(server.address() as AddressInfo).port}/upper`
})
test.afterEach(() => server.close())

async function fillIn(page: Page, id: string): Promise<void> {
  await field(page, 'Name').fill('Upper case')
  await field(page, 'Id').fill(id)
  await field(page, 'Endpoint').fill(url)
  await field(page, 'Input schema').fill('{ "text": "four" }')
  await button(page, 'From an example: input schema').click()
  await expect(field(page, 'Input schema')).toHaveValue(/"type": "object"/)
  await field(page, 'Output schema').fill('{ "result": "FOUR" }')
  await button(page, 'From an example: output schema').click()
}

test('a skill is registered, tried, looked into, changed, and removed', async ({ page, member: { tenant } }) => {
  test.slow()
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Skills' }).click()
  await expect(page.getByRole('heading', { name: 'No test skill of your own yet' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Built in' }).getByRole('listitem')).toHaveCount(4)
  await soundInBoth(page, 'no skill yet')
  await page.getByRole('link', { name: 'Register a skill' }).click()
  await fillIn(page, 'acme.upper')
  await sound(page, 'filled in')
  await button(page, 'Register skill').click()
  const secret = (await page.getByTestId('secret').textContent()) ?? ''
  expect(secret).toMatch(/^whsec_/)
  await expect(page.getByText('The server keeps it encrypted')).toBeVisible()
  await expect(page.getByRole('region', { name: 'environment variable' })).toHaveText(`export SKILL_SECRET=${secret}`)
  await sound(page, 'secret')
  await page.getByRole('checkbox', { name: 'I have stored it' }).check()
  await button(page, 'Done').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Upper case' })).toBeVisible()

  await expect(field(page, 'Input')).toHaveValue('{\n  "text": "text"\n}')
  await expect(page.getByRole('region', { name: 'execution' })).toContainText('acme.upper')
  await expect(page.getByRole('region', { name: 'endpoint' })).toContainText(/SKILL_SECRET/)
  await button(page, 'Show the request').click()
  await expect(page.getByRole('region', { name: 'request' })).toContainText('webhook-signature: v1,')
  expect(calls).toEqual([])
  await button(page, 'Run it').click()
  await expect(page.getByText('The run succeeded')).toBeVisible()
  await expect(page.getByRole('region', { name: 'output' })).toContainText('FOUR')
  const [call] = calls
  expect(new Webhook(secret).verify(call?.body ?? '', call?.headers ?? {})).toMatchObject({ input: { text: 'text' } })
  answer = '<h1>Down</h1>'
  await button(page, 'Run it').click()
  await expect(page.getByText('The run failed')).toBeVisible()
  await expect(page.getByRole('region', { name: 'answer of the endpoint' })).toContainText('Down')
  await expect(page.getByText('Let the endpoint answer with JSON')).toBeVisible()
  const runs = page.getByRole('list', { name: 'Runs' }).getByRole('listitem')
  await expect(runs).toHaveCount(2)
  const { secret: key } = await tenant.addKey('skills:execute')
  const headers = { Authorization: `Bearer ${key}` }
  await page.request.post('/v1/skills/execute', { headers, data: { skill_id: 'acme.upper', input: { text: 'two' } } })
  await expect(runs, 'what a key has executed is there without a reload').toHaveCount(3)
  await soundInBoth(page, 'tried')
  await runs
    .last()
    .getByRole('button', { name: /^Show run/ })
    .click()
  await expect(page.getByRole('dialog').getByRole('region', { name: 'output' })).toContainText('FOUR')
  await sound(page, 'a run')
  await page.keyboard.press('Escape')

  await button(page, 'Rotate the secret').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click()
  await expect(page.getByTestId('secret')).not.toHaveText(secret)
  await page.getByRole('checkbox', { name: 'I have stored it' }).check()
  await button(page, 'Done').click()
  await expect(page.getByText('Two secrets sign')).toBeVisible()

  await field(page, 'Price').fill('0.25')
  await button(page, 'Save').click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('$0.25')
  await button(page, 'Remove').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove skill' }).click()
  await expect(page.getByRole('heading', { name: 'No test skill of your own yet' })).toBeVisible()

  // An address that names the environment in its path: the whole Console shows that one.
  await page.goto('/console/skills/live/jwt.inspect')
  const live = page.getByRole('navigation', { name: 'Environment' }).getByRole('link', { name: 'Live' })
  await expect(live).toHaveAttribute('aria-current', 'page')
})

test.describe('refused', () => {
  test.use({ expectedErrors: refused(400), viewport: { width: 390, height: 800 } })

  test('what is wrong with a schema is said with its line, also on a phone', async ({ page, member: _ }) => {
    await page.goto('/console/skills/new?environment=test')
    await button(page, 'Register skill').click()
    await expect(field(page, 'Name')).toBeFocused()
    await fillIn(page, 'acme.upper')
    await button(page, 'From an example: input schema').click()
    await expect(field(page, 'Input schema')).toHaveAccessibleDescription(/a schema already/)
    await expect(field(page, 'Input schema')).toBeFocused()
    await field(page, 'Endpoint').fill('upper.acme.example')
    await button(page, 'Register skill').click()
    await expect(field(page, 'Endpoint')).toHaveAccessibleDescription(/from https:\/\/ on/)
    await field(page, 'Endpoint').fill(url)
    await field(page, 'Output schema').fill('{\n  "type": "object",\n  oops\n}')
    await button(page, 'Register skill').click()
    await expect(field(page, 'Output schema')).toBeFocused()
    await expect(field(page, 'Output schema')).toHaveAccessibleDescription(/Line 3/)
    await sound(page, 'a mistake')
    await field(page, 'Output schema').fill('{\n  "properties": {\n    "a": {\n      "type": "text"\n    }\n  }\n}')
    await button(page, 'Register skill').click()
    await expect(field(page, 'Output schema')).toHaveAccessibleDescription(/Line 4: \/properties\/a\/type/)
    await field(page, 'Output schema').fill('{}')
    await button(page, 'Register skill').click()
    await expect(page.getByTestId('secret')).toBeVisible()
  })
})

test('the keyboard alone registers a skill, runs it, looks at the run, and removes it', async ({ page, member: _ }) => {
  test.slow()
  const press = async (name: string, key = 'Enter') => {
    await tabTo(page, button(page, name))
    await page.keyboard.press(key)
  }
  const write = async (name: string, text: string) => {
    await tabTo(page, field(page, name))
    await page.keyboard.insertText(text)
  }
  await page.goto('/console/skills')
  await tabTo(page, page.getByRole('link', { name: 'Register a skill' }))
  await page.keyboard.press('Enter')
  await expect(field(page, 'Name')).toBeVisible()
  await write('Name', 'Upper case')
  await write('Id', 'acme.upper')
  await write('Endpoint', url)
  await tabTo(page, page.getByRole('radio', { name: 'Test' }))
  await write('Input schema', '{ "text": "four" }')
  await press('From an example: input schema', 'Space')
  await expect(field(page, 'Input schema')).toBeFocused()
  await write('Output schema', '{ "result": "FOUR" }')
  await press('From an example: output schema')
  await press('Register skill')
  await expect(page.getByRole('heading', { name: 'The skill’s secret' })).toBeFocused()
  await tabTo(page, page.getByRole('checkbox', { name: 'I have stored it' }))
  await page.keyboard.press('Space')
  await press('Done')
  await expect(page.getByRole('heading', { level: 1, name: 'Upper case' })).toBeVisible()
  await press('Run it')
  await expect(page.getByRole('status').filter({ hasText: 'The run succeeded' })).toBeVisible()
  const show = page.getByRole('button', { name: /^Show run/ })
  await tabTo(page, show)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('region', { name: 'output' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(show).toBeFocused()
  await press('Rotate the secret')
  await page.keyboard.press('Escape')
  await expect(button(page, 'Rotate the secret')).toBeFocused()
  await tabTo(page, button(page, 'Remove'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Remove skill' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'No test skill of your own yet' })).toBeVisible()
})

test('a live skill is registered with a passkey', async ({ page, member: _ }) => {
  await page.goto('/console/skills/new')
  await fillIn(page, 'acme.upper')
  await page.getByRole('radio', { name: 'Live' }).check()
  await button(page, 'Register skill').click()
  await expect(page.getByTestId('secret')).toBeVisible()
  const audit = await (await page.request.get('/console/api/audit?action=skill.created')).json()
  expect(audit.data).toMatchObject([{ environment: 'live', target: { id: 'acme.upper' } }])
})
