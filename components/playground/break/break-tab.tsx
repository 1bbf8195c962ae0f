'use client'

import { useState } from 'react'
import { Late } from '../../ui/late.tsx'
import type { BreakProps } from './break-view.tsx'

const loadView = () => import('./break-view.tsx')

/** The failure lab's tab. Until it was on show once, nothing of it is loaded. */
export function BreakTab(props: BreakProps) {
  const [opened, open] = useState(false)
  if (props.selected && !opened) open(true)
  return opened ? <Late load={loadView}>{({ BreakView }) => <BreakView {...props} />}</Late> : null
}
