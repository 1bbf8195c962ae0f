import type { ErrorEntry } from './entry.ts'

/** Of skills and the money that pays for them. */
export const skills = {
  skill_unknown: {
    meaning: 'No skill of this id is in this environment.',
    causes: [
      {
        because: 'The id is mistyped, or the skill is of the other environment.',
        help: 'List them: `GET /v1/skills`.',
        link: ['Skills', '/console/skills'],
      },
      { because: 'The tenant removed it.', help: 'Runs that were made before stay readable.' },
    ],
  },
  skill_input_invalid: {
    meaning: 'The input is not what the skill’s schema asks for. Nothing was executed, and nothing costs.',
    causes: [
      {
        because: 'A member is missing or of another kind.',
        help: 'Each of `issues` has a JSON Pointer into `input`. The schema stands at `GET /v1/skills/{id}`.',
        link: ['Skills', '/console/skills'],
      },
    ],
  },
  skill_failed: {
    meaning:
      'The skill was asked, and gave no answer that counts. It costs nothing. `reason` says what went wrong, `runId` where it is kept.',
    causes: [
      {
        because: 'Its endpoint could not be reached, refused, or led elsewhere.',
        help: '`reason` is `refused`, `dns`, `tls`, `redirect`, `status` or `blocked_address`: the endpoint’s owner looks there.',
        link: ['Skills', '/console/skills'],
      },
      {
        because: 'It answered what its own schema does not allow.',
        help: '`reason` is `output_invalid`. Correct the endpoint or the schema.',
      },
    ],
  },
  skill_timeout: {
    meaning: 'The skill had no answer when its time was over. It costs nothing.',
    causes: [
      {
        because: 'The endpoint is slow, or hangs.',
        help: 'Its owner sets the time, up to 30 seconds. Answer sooner, and do the long work after.',
        link: ['Skills', '/console/skills'],
      },
    ],
  },
  insufficient_funds: {
    meaning:
      'The balance, less what is reserved, does not cover the price. Nothing was executed. In a test environment nothing costs.',
    causes: [
      {
        because: 'The account ran dry.',
        help: 'Add funds, and set an alert that tells you before.',
        link: ['Account', '/console/account'],
      },
      {
        because: 'A top-up is still pending.',
        help: 'The operator confirms live top-ups.',
        link: ['Account', '/console/account'],
      },
    ],
  },
} as const satisfies Record<string, ErrorEntry>
