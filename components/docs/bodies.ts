/// <reference types="mdx" />
import type { MDXContent } from 'mdx/types'
import ApiKeys from '../../docs/api-keys.mdx'
import SkillsAndAccount from '../../docs/skills-and-account.mdx'
import Start from '../../docs/start.mdx'
import Usage from '../../docs/usage.mdx'

/** What stands on each page. */
export const bodies: Readonly<Record<string, MDXContent>> = {
  start: Start,
  'api-keys': ApiKeys,
  'skills-and-account': SkillsAndAccount,
  usage: Usage,
}
