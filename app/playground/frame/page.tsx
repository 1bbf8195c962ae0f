import type { Metadata } from 'next'
import { connection } from 'next/server'
import { env } from '#lib/server/env.ts'
import { FrameStage } from '../../../components/playground/frame/frame-stage.tsx'

export const metadata: Metadata = {
  title: 'In a frame',
  description: 'What a frame of another origin changes for passkeys: allow, crossOrigin and topOrigin.',
}

/** The page around the frame: whichever name it is opened under, the frame is of the server's public origin. */
export default async function FramePage() {
  await connection()
  return (
    <main id="main" className="flex-1">
      <FrameStage baseUrl={env().baseUrl} />
    </main>
  )
}
