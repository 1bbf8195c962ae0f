/// <reference types="mdx" />
import type { MDXContent } from 'mdx/types'
import Start from '../../docs/start.mdx'

/** What stands on each page. */
export const bodies: Readonly<Record<string, MDXContent>> = {
  start: Start,
}
