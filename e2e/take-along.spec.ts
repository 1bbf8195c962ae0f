import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { python } from '../lib/setup/python.mjs'
import { SnippetProject } from '../lib/setup/snippet-project.ts'
import { expect, test } from './fixtures.ts'
import { runPasted } from './pasted-tests.ts'
import { sound, soundInBoth } from './sound.ts'

test('what is copied of a run goes as it stands, in empty folders', async ({
  page,
  context,
  tenant,
  baseURL,
  signedIn: playground,
}) => {
  // Packages are installed, a browser is started, on a machine that may be busy.
  test.setTimeout(150_000)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const env = { PLAYGROUND_API_KEY: tenant.key, PLAYGROUND_BASE_URL: String(baseURL) }
  const copied = async (of: string, form: string) => {
    await page.evaluate(() => navigator.clipboard.writeText(''))
    await page.getByRole('button', { name: `Copy as… ${of}`, exact: true }).click()
    await page.getByRole('menuitem', { name: form }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe('')
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).not.toContain(tenant.key)
    return text
  }
  const specs = [await copied('run', 'Playwright test')]
  const [curl, program] = [await copied('run', 'curl'), await copied('run', 'Python')]
  await playground.show('Ceremony')
  await page
    .getByRole('list', { name: 'Messages' })
    .getByRole('button', { name: /^begin/ })
    .click()
  const [call, plain] = [await copied('begin', 'TypeScript'), await copied('begin', 'fetch')]

  await page.getByRole('button', { name: 'Open run 1', exact: true }).click()
  specs.push(await copied('run', 'Playwright test'))

  const machinesPython: string | undefined = await python().catch(() => undefined)
  const project = new SnippetProject(machinesPython)
  /** Runs in the page’s console what is printed for it, and gives back what that printed: one at a time. */
  let turn: Promise<unknown> = Promise.resolve()
  const person = (output: string) => {
    const [, lines] = /^([\s\S]*)What it printed, as one line:/.exec(output) ?? []
    if (lines === undefined) return undefined
    const answer = turn.then(async () => {
      const printed = page.waitForEvent('console', { predicate: (message) => message.type() === 'log' })
      await page.evaluate(`(async () => { ${lines} })()`)
      return (await printed).text()
    })
    turn = answer
    return answer
  }
  const [tested, ...answers] = await Promise.all([
    runPasted(specs, env),
    project.run('curl', curl, { env, person }),
    project.run('TypeScript', call, { env }),
    project.run('TypeScript', plain, { env }),
    ...(machinesPython ? [project.run('Python', program, { env, person })] : []),
  ])
  expect(tested).toContain('2 passed')
  expect(answers[0]).toContain('"token":"eyJ')
  for (const answer of answers.slice(1, 3)) expect(answer).toContain('ceremonyId')
  if (machinesPython) expect(answers[3]).toMatch(/\neyJ/)
  project.remove()
})

test('a run that is exported is imported elsewhere, opens in every view and is exported as the same bytes', async ({
  page,
  browser,
  tenant,
  baseURL,
  signedIn: playground,
}) => {
  test.setTimeout(90_000)
  const token = (await playground.token.textContent()) ?? ''
  const json = await exported(page, 'JSON')
  expect(json.name).toBe('run-2-authentication-ada.json')
  for (const form of ['JSON', 'HAR', 'Playwright test', 'Bug report']) {
    const { text } = await exported(page, form)
    for (const secret of [tenant.key, tenant.key.slice(8), ...token.split('.')]) expect(text).not.toContain(secret)
  }

  const elsewhere = await browser.newContext({ baseURL: String(baseURL), reducedMotion: 'reduce' })
  const other = await elsewhere.newPage()
  await other.goto('/playground')
  const dialog = other.getByRole('dialog', { name: 'Import a run' })
  await other.getByRole('button', { name: 'Import', exact: true }).press('Enter')
  await dialog.getByRole('textbox', { name: 'Or paste it' }).fill(json.text.replace('"ada"', `"${tenant.key}"`))
  await dialog.getByRole('button', { name: 'Add to Runs' }).click()
  await expect(dialog.getByRole('alert')).toContainText('what is written like an API key or a token')
  await soundInBoth(other, 'a file that is refused')
  await expect(other.getByTestId('runs')).toHaveCount(0)
  const file = { name: json.name, mimeType: 'application/json', buffer: Buffer.from(json.text) }
  await dialog.getByLabel('File of a run').setInputFiles(file)
  await expect(dialog).toHaveCount(0)
  await expect(other.getByTestId('runs')).toContainText('imported')
  const panel = other.getByRole('tabpanel')
  await expect(panel.getByRole('list', { name: 'Messages' }).getByRole('listitem')).toHaveCount(6)
  await expect(panel.getByText('rpIdHash').first()).toBeVisible()
  await sound(other, 'an imported run')
  await other.getByRole('tab', { name: /^Checks/ }).click()
  await expect(panel).toContainText('WebAuthn §7.2')
  await other.getByRole('tab', { name: 'Token' }).click()
  await expect(panel).toContainText('No file of a run has a token in it')
  await other.getByRole('button', { name: 'Present' }).click()
  const stage = other.getByRole('dialog', { name: 'Present' })
  await expect(stage).toContainText('asks to be signed in')
  await other.keyboard.press('End')
  await expect(stage).toContainText('no file of a run has one in it')
  await other.keyboard.press('Escape')
  await expect(stage).toHaveCount(0)
  await other.reload()
  await expect(other.getByTestId('runs')).toContainText('imported')
  expect(await exported(other, 'JSON')).toEqual(json)
  await elsewhere.close()
})

/** Saves the run on show. */
async function exported(page: Page, form: string): Promise<{ name: string; text: string }> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: form }).click()])
  return { name: saved.suggestedFilename(), text: readFileSync(await saved.path(), 'utf8') }
}
