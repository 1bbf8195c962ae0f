import { Empty } from '../../ui/empty.tsx'
import type { Run } from '../run.ts'

/** Why there are no checks to see, and what brings them. */
export function ChecksEmpty({ run }: { run: Run }) {
  const { title, text } = words(run)
  return <Empty title={title}>{text}</Empty>
}

function words(run: Run): { title: string; text: string } {
  if (run.status === 'working')
    return {
      title: 'Nothing to check yet',
      text: 'The server checks the credential once the browser has handed it over. Its verdict on every step of the specification appears here.',
    }
  if (run.failure && !run.failure.problem)
    return {
      title: 'The server had nothing to check',
      text: 'The ceremony ended in the browser, before a credential reached the server. The Ceremony tab shows how far it came.',
    }
  if (run.failure && run.failure.code !== 'verification_failed')
    return {
      title: 'The server refused before checking',
      text: 'The request itself was turned down, so the credential was not looked at. The reason is above.',
    }
  return {
    title: 'A live environment keeps its checks to itself',
    text: 'What exactly failed would help an attacker more than a user. A key with the scope passkeys:debug sees every check; a test key always does.',
  }
}
