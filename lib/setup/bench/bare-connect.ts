import { createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { connectNodeAdapter } from '@connectrpc/connect-node'
import { KeyService } from '../../mpc/proto/mpc_pb.js'

// The least that connect-node does for an empty answer: no token, no counting, nothing kept.

const server = createServer(
  connectNodeAdapter({ routes: (router) => router.service(KeyService, { list: () => ({}) }) }),
)
server.listen(0, 'localhost', () => console.log(`http://localhost:${(server.address() as AddressInfo).port}`))
