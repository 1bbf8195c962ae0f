import { notFound } from 'next/navigation'

/** An address of the Console where no page is: said inside its frame. */
export default function NoPage() {
  notFound()
}
