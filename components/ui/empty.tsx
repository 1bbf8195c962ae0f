import type { ReactNode } from 'react'

interface Props {
  title: string
  /** What is missing here and what brings it. */
  children: ReactNode
  /** The button that brings it. */
  action?: ReactNode
  /** Makes it a region of that name. */
  region?: string
}

/** A place with nothing in it yet, which says what will be there. */
export function Empty({ title, children, action, region }: Props) {
  const Box = region ? 'section' : 'div'
  return (
    <Box aria-label={region} className="rounded-xl border border-line border-dashed px-5 py-8 text-center">
      <p className="font-semibold">{title}</p>
      <p className="mx-auto mt-1 max-w-[56ch] text-balance text-[14px] text-soft">{children}</p>
      {action ? <div className="mt-4 flex justify-center">{action}</div> : null}
    </Box>
  )
}
