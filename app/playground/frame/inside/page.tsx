import type { Metadata } from 'next'
import { connection } from 'next/server'
import { demoKeys } from '#lib/server/tenants/demo.ts'
import { FramedCeremonies } from '../../../../components/playground/frame/framed-ceremonies.tsx'
import { whileAvailable } from '../../../while-available.ts'

export const metadata: Metadata = { title: 'Framed ceremonies', robots: { index: false } }

/**
 * What any page may frame. It remembers no key and reads none that another page remembers; without a press in it nothing
 * begins.
 */
export default async function FramedPage() {
  await connection()
  return (
    <main id="main" className="flex-1">
      <FramedCeremonies demoKeys={await whileAvailable(demoKeys())} />
    </main>
  )
}
