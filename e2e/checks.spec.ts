import { expect, refused, test } from './fixtures.ts'
import { host } from './settings.ts'

for (const [ceremony, section] of [
  ['registration', '7.1'],
  ['authentication', '7.2'],
] as const) {
  test(`each check of a ${ceremony} says what was expected, what came, and where the specification says so`, async ({
    page,
    registered: playground,
  }) => {
    if (ceremony === 'authentication') await playground.authenticates()
    const { checks } = (await playground.lastResult()) as {
      checks: { title: string; outcome: string; actual: string }[]
    }
    expect(checks.length).toBeGreaterThan(10)
    await expect(playground.tab('Checks')).toHaveAccessibleName(`Checks ${checks.length}`)
    await playground.show('Checks')
    await expect(playground.panel).toContainText(/all passed|none failed/)
    await expect(playground.panel).toContainText(`WebAuthn §${section}`)
    const rows = page.getByRole('list', { name: 'Verification steps' }).getByRole('listitem')
    await expect(rows).toHaveCount(checks.length)
    for (const [at, { title, outcome, actual }] of checks.entries()) {
      const row = rows.nth(at)
      await expect(row).toContainText(outcome === 'pass' ? 'Passed' : 'Skipped')
      await expect(row).toContainText(title)
      await expect(row).toContainText(/expected \S/)
      if (actual) await expect(row).toContainText(actual)
    }
    const links = await rows.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(links).toHaveLength(checks.length)
    for (const link of links)
      expect(link).toMatch(/^https:\/\/(?:www\.w3\.org\/TR\/webauthn-3\/#|simplewebauthn\.dev\/)/)
  })
}

test.describe('a tenant that does not allow this origin', () => {
  test.use({ expectedErrors: refused(400) })

  test('is warned of, refused, and the failed check comes first', async ({
    page,
    newTenant,
    playground,
    authenticator,
  }) => {
    const tenant = await newTenant({ origins: 'https://other.example', rpId: host })
    await playground.open(tenant.key, 'ada')
    await expect(playground.tenant.getByRole('note')).toContainText(`${tenant.name} does not allow this origin`)
    const made = authenticator.nextCredential()
    await playground.register.click()
    await made
    const { origin } = new URL(page.url())
    await playground.expectFailure(
      'Refused: the origin is not one of this tenant’s',
      `The response is from ${origin}; ${tenant.name} allows https://other.example.`,
      'Open the page on an allowed origin',
    )
    await expect(playground.tab('Checks')).toHaveAttribute('aria-selected', 'true')
    const steps = page.getByRole('list', { name: 'Verification steps' }).getByRole('listitem')
    await expect(steps.first()).toContainText('Failed')
    await expect(steps.first()).toContainText(origin)
    await expect(steps.first()).toContainText('https://other.example')
    const problem = await playground.lastResult()
    const checks = problem.checks as { outcome: string }[]
    const failed = checks.filter(({ outcome }) => outcome === 'fail').length
    await expect(playground.panel).toContainText(`${failed} of ${checks.length} failed`)
    await expect(steps).toHaveCount(checks.length)
    await page.getByRole('button', { name: 'Only what failed' }).click()
    await expect(steps).toHaveCount(failed)
    expect(problem).toMatchObject({ code: 'verification_failed', status: 400 })
    await page
      .getByText(/^Original message/)
      .filter({ visible: true })
      .click()
    await expect(playground.panel).toContainText(String(problem.requestId))
  })
})
