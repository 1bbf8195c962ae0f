/// <reference types="mdx" />
import type { MDXComponents } from 'mdx/types'
import type { ComponentType } from 'react'
import AMillionAMinute from '../../docs/a-million-a-minute.mdx'
import ApiKeys from '../../docs/api-keys.mdx'
import Mpc from '../../docs/mpc.mdx'
import Oauth from '../../docs/oauth.mdx'
import Passkeys from '../../docs/passkeys.mdx'
import RunItYourself from '../../docs/run-it-yourself.mdx'
import Sdks from '../../docs/sdks.mdx'
import SkillsAndAccount from '../../docs/skills-and-account.mdx'
import Start from '../../docs/start.mdx'
import Testing from '../../docs/testing.mdx'
import Tokens from '../../docs/tokens.mdx'
import Usage from '../../docs/usage.mdx'
import Webhooks from '../../docs/webhooks.mdx'
import { Errors } from './error-pages.tsx'
import { Reference } from './reference/reference.tsx'

/** What stands on each page. */
export const bodies: Readonly<Record<string, ComponentType<{ components?: MDXComponents }>>> = {
  start: Start,
  tokens: Tokens,
  'api-keys': ApiKeys,
  oauth: Oauth,
  mpc: Mpc,
  'skills-and-account': SkillsAndAccount,
  webhooks: Webhooks,
  usage: Usage,
  testing: Testing,
  passkeys: Passkeys,
  sdks: Sdks,
  reference: Reference,
  errors: Errors,
  'run-it-yourself': RunItYourself,
  'a-million-a-minute': AMillionAMinute,
}
