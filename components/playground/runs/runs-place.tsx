import type { ComponentProps } from 'react'
import { Button } from '../../ui/button.tsx'
import { Late } from '../../ui/late.tsx'
import { loadRuns } from '../client-of.ts'
import type { RunList } from './run-list.tsx'

/** Where the list of runs is, once there is one: its code comes with the first. */
export function RunsPlace(props: ComponentProps<typeof RunList>) {
  if (!props.state.runs.length) return null
  return (
    <Late
      load={loadRuns}
      waiting={<div className="h-[43px] rounded-card border border-line bg-card shadow-lift" />}
      missing={(again) => (
        <p className="rounded-card border border-line bg-card px-4 py-2.5 text-[13px] text-soft shadow-lift">
          The list of runs could not be loaded.{' '}
          <Button look="quiet" onClick={again}>
            Load the list
          </Button>
        </p>
      )}
    >
      {({ RunList }) => <RunList {...props} />}
    </Late>
  )
}
