'use client'

import { useState } from 'react'
import { Late } from '../../ui/late.tsx'
import type { OAuthStartProps } from './oauth-start.tsx'

const loadStart = () => import('./oauth-start.tsx')

interface Props extends OAuthStartProps {
  /** The tab is on show. Until it was once, nothing of it is loaded. */
  selected: boolean
}

/** The tab of the OAuth flow. */
export function OAuthTab({ selected, ...rest }: Props) {
  const [opened, open] = useState(false)
  if (selected && !opened) open(true)
  return opened ? <Late load={loadStart}>{({ OAuthStart }) => <OAuthStart {...rest} />}</Late> : null
}
