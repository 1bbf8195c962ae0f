import type { ReactNode } from 'react'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useAlive } from '../../ui/use-alive.ts'
import { PageHead } from '../page-head.tsx'

/** The page of a form that makes something. What is typed before the page is alive would be lost: the form comes with it. */
export function CreationPage(props: { title: string; description: string; children: ReactNode }) {
  const { title, description, children } = props
  return (
    <>
      <PageHead title={title} description={description} />
      {useAlive() ? children : <Skeleton label="Opening the form" rows={3} height="h-56" />}
    </>
  )
}
