import { connection } from 'next/server'
import { Home } from '../../../components/console/home/home.tsx'

/** Where the Console begins. */
export default async function HomePage() {
  await connection()
  return <Home />
}
