import type { Metadata } from 'next'
import { connection } from 'next/server'
import { Decode } from '../../../components/decode/decode.tsx'

export const metadata: Metadata = {
  title: 'Decode',
  description: 'Paste anything of WebAuthn, and read what it is, byte by byte. Nothing leaves the page.',
}

/** The decoder: any text, read in the page alone. */
export default async function DecodePage() {
  await connection()
  return (
    <main id="main" className="flex-1">
      <Decode />
    </main>
  )
}
