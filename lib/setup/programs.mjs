import { faketime } from './faketime.mjs'
import { firefox } from './firefox.mjs'
import { nginx } from './nginx.mjs'
import { pgbouncer } from './pgbouncer.mjs'
import { postgresql } from './postgresql.mjs'
import { python } from './python.mjs'
import { pythonGrpc } from './python-grpc.mjs'
import { redisServer } from './redis.mjs'
import { webkit } from './webkit.mjs'

const wanted = [
  ['REDIS_SERVER', 'redis-server or valkey-server', redisServer],
  ['NGINX', 'nginx', nginx],
  ['POSTGRESQL', 'PostgreSQL', postgresql],
  ['PGBOUNCER', 'PgBouncer', pgbouncer],
  ['LIBFAKETIME', 'a clock that is set', faketime],
  ['PYTHON_GRPC', 'Python’s grpcio', pythonGrpc],
  ['PYTHON', 'Python’s build, venv and mypy', python],
  ['FIREFOX', 'Firefox', firefox],
  ['WEBKIT_DRIVER', 'WebKit', webkit],
]

/**
 * Finds or installs the programs that tests run beside our own: one after the other, as apt wants it. Of one that cannot be
 * had the reason is printed, and its tests are left out.
 *
 * @returns their commands, by the environment variable that names each to the tests
 */
export async function programs() {
  const commands = {}
  for (const [variable, what, find] of wanted)
    try {
      commands[variable] = await find()
    } catch (error) {
      console.error(`\nTests with ${what} are left out: ${error.message}`)
    }
  return commands
}
