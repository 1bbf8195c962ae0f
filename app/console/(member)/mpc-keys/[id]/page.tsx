import type { Metadata } from 'next'
import { MpcKeyPage } from '../../../../../components/console/mpc-keys/detail/mpc-key-page.tsx'

export const metadata: Metadata = { title: 'MPC key' }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Promise<{ environment?: string | string[] }>
}

/** One MPC key, of the environment that the address says. */
export default async function Page({ params, searchParams }: Props) {
  const [{ id }, { environment }] = await Promise.all([params, searchParams])
  return <MpcKeyPage key={id} id={id} environment={environment === 'live' ? 'live' : 'test'} />
}
