import { Children, cloneElement, createContext, isValidElement, type ReactNode, useContext } from 'react'

import type { OpenApi } from './reference/document.ts'

/** What is this server's and this reader's own in the code. */
export interface Filled {
  baseUrl: string
  /** The demo tenant whose key is shown; null where there is none to show. */
  demo: { tenantName: string; key: string } | null
  /** The document of the API, on the page that is drawn from it. */
  openapi?: OpenApi
}

/** What stands in the pages for them. Both are values with which the code would work, so that a page reads well as a file. */
export const written = { baseUrl: 'http://localhost:3000', key: 'sk_test_YOUR_KEY' } as const

const FilledContext = createContext<Filled>({ baseUrl: written.baseUrl, demo: null })

/** Around a page: what is filled in on it. */
export const FilledIn = FilledContext.Provider

export function useFilled(): Filled {
  return useContext(FilledContext)
}

/** Puts this server's address and the reader's key into code, the key marked. */
export function useFill(): (code: ReactNode) => ReactNode {
  const filled = useFilled()
  return (code) => fill(code, filled)
}

const either = new RegExp(`(${written.baseUrl}|${written.key})`)

function fill(children: ReactNode, filled: Filled): ReactNode {
  return Children.map(children, (child) => {
    if (typeof child === 'string') return fillText(child, filled)
    if (!isValidElement<{ children?: ReactNode }>(child)) return child
    return cloneElement(child, undefined, fill(child.props.children, filled))
  })
}

function fillText(text: string, { baseUrl, demo }: Filled): ReactNode {
  return text.split(either).map((part, at) => {
    if (part === written.baseUrl) return baseUrl
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text stay where they are.
    if (part === written.key) return demo ? <Key key={at} value={demo.key} /> : part
    return part
  })
}

/** A test key: amber, shortened to the eye alone. */
export function Key({ value }: { value: string }) {
  return (
    <mark className="rounded-sm bg-warn-wash px-0.75 py-px font-mono text-warn">
      {value.slice(0, 12)}
      <span className="key-middle">{value.slice(12, -4)}</span>
      {value.slice(-4)}
    </mark>
  )
}
