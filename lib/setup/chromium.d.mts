/** Finds or installs a Chromium: its path, or undefined for Playwright's own. */
export function chromium(): Promise<string | undefined>
