/// <reference types="mdx" />
import type { MDXComponents } from 'mdx/types'
import type { ComponentType } from 'react'
import ApiKeys from '../../docs/api-keys.mdx'
import Passkeys from '../../docs/passkeys.mdx'
import Sdks from '../../docs/sdks.mdx'
import SkillsAndAccount from '../../docs/skills-and-account.mdx'
import Start from '../../docs/start.mdx'
import Usage from '../../docs/usage.mdx'
import { Errors } from './error-pages.tsx'
import { Reference } from './reference/reference.tsx'

/** What stands on each page. */
export const bodies: Readonly<Record<string, ComponentType<{ components?: MDXComponents }>>> = {
  start: Start,
  'api-keys': ApiKeys,
  'skills-and-account': SkillsAndAccount,
  usage: Usage,
  passkeys: Passkeys,
  sdks: Sdks,
  reference: Reference,
  errors: Errors,
}
