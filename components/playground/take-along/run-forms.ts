/** What a ceremony is saved as. */
export const fileForms = [
  { id: 'json', label: 'JSON', note: 'what Import takes, on any machine' },
  { id: 'har', label: 'HAR', note: 'its calls, with times and sizes' },
  { id: 'playwright', label: 'Playwright test', note: 'with a virtual authenticator like this one' },
  { id: 'report', label: 'Bug report', note: 'Markdown, to paste into an issue' },
] as const

/** What the whole of a ceremony is copied as. */
export const codeForms = [
  { id: 'curl', label: 'curl', note: 'begins, takes a credential, finishes' },
  { id: 'fetch', label: 'fetch', note: 'in a page, without a library' },
  { id: 'sdk', label: 'TypeScript', note: 'in a page, with this server’s SDK' },
  { id: 'simplewebauthn', label: '@simplewebauthn/browser', note: 'in a page, with fetch' },
  { id: 'python', label: 'Python', note: 'begins, takes a credential, finishes' },
  { id: 'playwright', label: 'Playwright test', note: 'with a virtual authenticator like this one' },
  { id: 'report', label: 'Bug report', note: 'Markdown, to paste into an issue' },
] as const

export type RunForm = (typeof fileForms | typeof codeForms)[number]['id']

/** What one call of it is copied as. */
export const callForms = [
  { id: 'curl', label: 'curl' },
  { id: 'fetch', label: 'fetch', note: 'in Node' },
  { id: 'sdk', label: 'TypeScript', note: 'in Node, with this server’s SDK' },
  { id: 'python', label: 'Python' },
] as const

/** What the browser’s own call is copied as. */
export const browserForms = [
  { id: 'javascript', label: 'JavaScript', note: 'for a page of this RP ID' },
  { id: 'simplewebauthn', label: '@simplewebauthn/browser', note: 'for a page of this RP ID' },
] as const

export type MessageForm = (typeof callForms | typeof browserForms)[number]['id']
