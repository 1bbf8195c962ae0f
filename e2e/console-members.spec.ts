import { admin } from './admin.ts'
import { another, expect, join, refused, setUpLink, signIn, signOut, test } from './console.ts'
import { newTenant } from './tenant.ts'

test('a set-up link makes the first member, who signs out and comes back with the passkey', async ({
  page,
  member,
  request,
}) => {
  await expect(page).toHaveURL(/\/console$/)
  await expect(page.getByRole('complementary', { name: 'Tenant and pages' })).toContainText(member.tenant.name)
  await expect(page.getByRole('button', { name: `Signed in as ${member.name}` })).toContainText('FM')
  await signOut(page)
  await expect(page).toHaveURL(/\/console\/sign-in$/)
  // Where credential managers lead people who make or manage a passkey: by a sign-in, if it must be, and back.
  const { enroll, manage } = await (await request.get('/.well-known/passkey-endpoints')).json()
  await page.goto(manage)
  await expect(page).toHaveURL(/\/console\/sign-in/)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL(enroll)
  await expect(page.getByRole('button', { name: 'Add a passkey' })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Console' }).getByRole('link')).toHaveText([
    'Home',
    'Users',
    'OAuth clients',
    'Keys',
    'Webhooks',
    'MPC keys',
    'Skills',
    'Usage',
    'Logs',
    'Audit',
    'Relying party',
    'Attestation',
    'Branding',
    'Account',
    'Members',
  ])
  const [credential] = await member.authenticator.credentials()
  expect(credential?.signCount).toBeGreaterThan(1)
})

test.describe('who is not a member', () => {
  test.use({ expectedErrors: refused(401, 404) })

  test('is refused with a passkey that was made in the Playground', async ({
    page,
    tenant,
    playground,
    authenticator,
  }) => {
    await playground.open(tenant.key, 'ada')
    await playground.registers()
    expect(await authenticator.credentials()).toHaveLength(1)
    await page.getByRole('link', { name: 'Console', exact: true }).click()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    const refusal = page.getByRole('main').getByRole('alert')
    await expect(refusal).toContainText('This passkey is not a member’s')
    await expect(refusal).toContainText('What to do')
    await expect(page).toHaveURL(/\/console\/sign-in/)
  })

  test('is told so by a link that was used, and by one without its end', async ({ page, member }) => {
    const link = await setUpLink(member.tenant.slug)
    const { page: theirs } = await another(page)
    await join(theirs, link, 'Second Member')
    await page.goto(link)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not open the Console')
    await expect(page.getByRole('main').getByRole('alert')).toContainText('used already')
    await page.goto('/console/join')
    await expect(page.getByRole('main').getByRole('alert')).toContainText('the part after #, is missing')
    await theirs.context().close()
  })
})

test('the link’s token leaves the address bar, and is not sent anywhere but to be read', async ({
  page,
  tenant,
  authenticator: _,
}) => {
  const link = await setUpLink(tenant.slug)
  const token = new URL(link).hash.slice(1)
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url(), request.headers().referer ?? ''))
  await page.goto(link)
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible()
  expect(page.url()).not.toContain('#')
  expect(urls.filter((url) => new URL(url || page.url()).pathname.includes(token))).toEqual([])
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(token)
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Your name' })).toHaveAccessibleDescription(/Enter your name first/)
})

test('a called-off ceremony says so, and the link is still good', async ({ page, tenant, authenticator }) => {
  await authenticator.setPresence(false)
  await page.goto(await setUpLink(tenant.slug))
  await page.getByRole('textbox', { name: 'Your name' }).fill('First Member')
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await expect(page.getByRole('status')).toContainText('Your browser')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'What to do' })).toBeVisible()
  await authenticator.setPresence(true)
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await expect(page).toHaveURL(/\/console$/)
})

test('one comes back to where one wanted to go, and to no other site', async ({ page, member: _ }) => {
  await signOut(page)
  await expect(page).toHaveURL(/\/console\/sign-in$/)
  await page.goto('/console/sign-in?next=%2Fconsole%2Fbranding')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL(/\/console\/branding$/)
  // Who is signed in is not asked again.
  await page.goto('/console/sign-in?next=%2Fconsole%2Fme')
  await expect(page).toHaveURL(/\/console\/me$/)
  await signOut(page)
  await expect(page).toHaveURL(/\/console\/sign-in$/)
  await page.goto('/console/sign-in?next=%2F%2Fevil.example')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL(/\/console$/)
})

test.describe('what opens the Console to others', () => {
  // The server asks for the confirmation by refusing first.
  test.use({ expectedErrors: refused(403) })

  test('a member invites another one and removes them', async ({ page, member }) => {
    await page.goto('/console/members')
    const people = page.getByRole('list', { name: 'Members' })
    await expect(people.getByRole('listitem')).toHaveCount(1)
    await expect(people.getByRole('button')).toHaveCount(0)

    await page.getByRole('button', { name: 'Invite a member' }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite a member' })
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    await expect(dialog).toContainText('Say for whom it is')
    await dialog.getByRole('textbox', { name: 'For whom' }).fill('bo@example.com')
    await dialog.getByRole('radio', { name: 'Viewer' }).check()
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    const link = (await dialog.getByRole('region', { name: 'invitation link' }).textContent()) ?? ''
    expect(link).toMatch(/\/console\/join#[\w-]{20,}$/)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(page.getByRole('button', { name: 'Invite a member' })).toBeFocused()
    await expect(page.getByRole('list', { name: 'Open invitations' })).toContainText(`by ${member.name}`)
    expect(await page.content()).not.toContain(link.split('#')[1])

    const { page: theirs } = await another(page)
    await theirs.goto(link)
    await expect(theirs.getByText(`You are invited as Viewer to ${member.tenant.name} by ${member.name}`)).toBeVisible()
    await join(theirs, link, 'Second Member')
    await page.reload()
    await expect(people.getByRole('listitem')).toHaveCount(2)
    await expect(page.getByText('No invitation is open')).toBeVisible()

    await page.getByRole('button', { name: 'Remove Second Member' }).click()
    await page.getByRole('dialog', { name: 'Remove Second Member' }).getByRole('button', { name: 'Remove' }).click()
    await expect(people.getByRole('listitem')).toHaveCount(1)
    await theirs.goto('/console/members')
    await expect(theirs).toHaveURL(/\/console\/sign-in/)
    await theirs.context().close()
  })

  test('a viewer sees everything and changes nothing, until an owner makes them a developer', async ({
    page,
    member: { tenant },
  }) => {
    test.slow()
    await admin('keys', 'rotate', tenant.keyId)
    await page.goto('/console/members')
    await page.getByRole('button', { name: 'Invite a member' }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite a member' })
    await dialog.getByRole('textbox', { name: 'For whom' }).fill('Val')
    await dialog.getByRole('radio', { name: 'Viewer' }).check()
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    const link = (await dialog.getByRole('region', { name: 'invitation link' }).textContent()) ?? ''
    await dialog.getByRole('button', { name: 'Done' }).click()

    const { page: theirs } = await another(page)
    await join(theirs, link, 'Val')
    const alerts = theirs.getByRole('list', { name: 'What needs somebody' })
    const steps = theirs.getByRole('region', { name: 'Getting started' })
    const goOn = theirs.getByRole('link', { name: /^Continue rotation/ })
    await expect(alerts.getByRole('link')).toHaveText(['Look at the key'])
    await expect(steps).toHaveCount(0)
    await theirs.goto('/console/keys')
    await expect(theirs.getByText('A developer or an owner can make keys.')).toBeVisible()
    await expect(theirs.getByText('created, not used yet')).toBeVisible()
    await expect(goOn).toHaveCount(0)
    await expect(theirs.getByRole('link', { name: 'Create New Key' })).toHaveCount(0)
    // Who goes there all the same is told, too.
    await theirs.goto('/console/keys/new')
    await expect(theirs.getByText('A developer or an owner can make keys. Members names them.')).toBeVisible()
    await expect(theirs.getByRole('link', { name: 'Open Members' })).toHaveAttribute('href', '/console/members')
    await theirs.goto('/console/relying-party')
    await expect(theirs.getByText('An owner can change the relying party.')).toBeVisible()
    await expect(theirs.getByRole('textbox', { name: 'Origin 1' })).toBeDisabled()
    await theirs.goto('/console/members')
    await expect(theirs.getByText('An owner can invite and remove members and change their roles.')).toBeVisible()
    await expect(theirs.getByRole('list', { name: 'Members' }).getByRole('button')).toHaveCount(0)

    await page.reload()
    await page.getByRole('button', { name: 'Change role of Val' }).click()
    const role = page.getByRole('dialog', { name: 'Role of Val' })
    await role.getByRole('radio', { name: 'Developer' }).check()
    await role.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('list', { name: 'Members' })).toContainText('Developer')
    await theirs.goto('/console')
    await expect(alerts.getByRole('link')).toHaveText(['Continue rotation'])
    await expect(steps).toContainText('Set your relying partyan owner’s')
    await expect(steps.getByRole('link', { name: /relying party/ })).toHaveCount(0)
    await theirs.goto('/console/keys')
    await expect(theirs.getByRole('link', { name: 'Create New Key' })).toBeVisible()
    await expect(goOn).toHaveCount(1)
    await theirs.goto('/console/relying-party')
    await expect(theirs.getByRole('textbox', { name: 'Origin 1' })).toBeDisabled()

    // The same person joins another tenant with the passkey that they have.
    const other = await newTenant(`o-${crypto.randomUUID().slice(0, 13)}`, { name: 'Globex Pay' })
    await theirs.goto(await setUpLink(other.slug))
    await expect(theirs.getByRole('heading', { name: `Join ${other.name}` })).toBeVisible()
    await theirs.getByRole('button', { name: 'Join as Val' }).click()
    await expect(theirs.getByRole('navigation', { name: 'Console' })).toContainText(other.name)
    await theirs.goto('/console/members')
    await expect(theirs.getByRole('list', { name: 'Members' })).toContainText('Owner')
    await theirs.context().close()
  })

  test('a withdrawn invitation is gone', async ({ page, member: _ }) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('invite')
    await page.getByRole('option', { name: /^Invite a member/ }).click()
    await expect(page).toHaveURL(/\/console\/members\?invite=new$/)
    await page.getByRole('dialog').getByRole('textbox', { name: 'For whom' }).fill('Bo')
    await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    await expect(page).toHaveURL(/\/console\/members$/)
    await page.getByRole('button', { name: /^Withdraw/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
    await expect(page.getByText('No invitation is open')).toBeVisible()
  })

  test('a member adds a second passkey and removes the first, but never the last', async ({ page, member }) => {
    await page.goto('/console/me')
    const passkeys = page.getByRole('list', { name: 'Your passkeys' })
    await expect(passkeys.getByRole('listitem')).toHaveCount(1)
    await expect(passkeys.getByRole('button', { name: /^Remove/ })).toHaveCount(0)
    await passkeys.getByRole('button', { name: /^Rename/ }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('The first one')
    await page.getByRole('button', { name: 'Save name' }).click()
    await expect(passkeys).toContainText('The first one')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' })
    await dialog.getByRole('button', { name: 'Confirm it is you' }).click()
    const create = dialog.getByRole('button', { name: 'Create a passkey' })
    await expect(create).toBeVisible()
    const [first] = await member.authenticator.credentials()
    await member.authenticator.forget(first?.credentialId ?? '')
    await create.click()
    await expect(dialog).toBeHidden()
    await expect(passkeys.getByRole('listitem')).toHaveCount(2)
    await passkeys
      .getByRole('listitem')
      .filter({ hasText: 'Began this session' })
      .getByRole('button', { name: /^Remove/ })
      .click()
    const asked = page.getByRole('dialog')
    await expect(asked).toContainText('the sessions that it began end at once')
    await expect(asked).toContainText('Confirm with another one, or you are signed out.')
    await asked.getByRole('button', { name: 'Remove' }).click()
    await expect(passkeys.getByRole('listitem')).toHaveCount(1)
    await expect(passkeys).toContainText('last used')
    await expect(passkeys.getByRole('button', { name: /^Remove/ })).toHaveCount(0)
  })

  test('without the confirmation nothing is invited', async ({ page, member }) => {
    await page.goto('/console/members')
    await member.authenticator.setUserVerified(false)
    await page.getByRole('button', { name: 'Invite a member' }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite a member' })
    await dialog.getByRole('textbox', { name: 'For whom' }).fill('Bo')
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    await expect(dialog.getByRole('alert')).toContainText('What to do')
    await member.authenticator.setUserVerified(true)
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    await expect(dialog.getByRole('region', { name: 'invitation link' })).toBeVisible()
  })
})

test('a member ends their other session', async ({ page, member: _ }) => {
  const cookies = await page.context().cookies()
  await page.context().clearCookies()
  await signIn(page)
  await page.goto('/console/me')
  const sessions = page.getByRole('list', { name: 'Your sessions' })
  await expect(sessions.getByRole('listitem')).toHaveCount(2)
  await sessions.getByRole('button', { name: /^End/ }).click()
  await expect(sessions.getByRole('listitem')).toHaveCount(1)
  await page.context().clearCookies()
  await page.context().addCookies(cookies)
  await page.goto('/console/me')
  await expect(page).toHaveURL(/\/console\/sign-in/)
})
