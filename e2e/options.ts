import type { Locator, Page } from '@playwright/test'

/** The options in the next begin request's body. */
export async function asked(page: Page, ceremony: 'register' | 'authenticate') {
  const request = await page.waitForRequest(`**/${ceremony}/begin`)
  return request.postDataJSON().options
}

/** Chooses a value of an option’s control. */
export async function choose(group: Locator, title: string, value: string): Promise<void> {
  await group
    .getByRole('radiogroup', { name: title, exact: true })
    .getByRole('radio', { name: value, exact: true })
    .check()
}

/** Adds to an option’s list. */
export async function add(group: Locator, title: string, ...values: string[]): Promise<void> {
  const list = group.getByRole('group', { name: title, exact: true })
  for (const value of values) {
    await list.getByRole('button', { name: `Add to ${title}` }).click()
    await list.getByRole('menuitem', { name: value }).click()
  }
}
