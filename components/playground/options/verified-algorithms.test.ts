import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { optionAt, type WebAuthnOption } from '#lib/webauthn/options.ts'
import { useVerified, VerifiedAlgorithms } from './verified-algorithms.tsx'

function Values({ path }: { path: string }) {
  const { values = [] } = useVerified(optionAt(path) as WebAuthnOption)
  return values.map(({ value }) => String(value)).join()
}

/** What may be chosen of an option, on the page of a server that verifies these algorithms. */
function offered(path: string, algorithms: readonly number[]): string[] {
  const about = { algorithms } as Parameters<typeof VerifiedAlgorithms>[0]
  const page = createElement(VerifiedAlgorithms, about, createElement(Values, { path }))
  return renderToStaticMarkup(page).split(',')
}

test('a page offers the algorithms that its server verifies, and everything else as it is', () => {
  expect(offered('pubKeyCredParams', [-7, -48])).toEqual(['-7', '-48'])
  expect(offered('pubKeyCredParams', [-7, -257])).toEqual(['-7', '-257'])
  expect(offered('hints', [])).toEqual(['security-key', 'client-device', 'hybrid'])
  expect(offered('authenticatorSelection.requireResidentKey', [])).toEqual(['true', 'false'])
})
