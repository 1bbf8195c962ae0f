import { debianPackage } from './debian-package.mjs'

/**
 * The command of a Python that has grpcio, for the test in which it calls the MPC server.
 *
 * @throws Error that says why none can be had
 */
export async function pythonGrpc() {
  const python = {
    commands: ['python3', '/usr/bin/python3'],
    version: ['-c', 'import grpc'],
    package: 'python3-grpcio',
  }
  return process.env.PYTHON_GRPC || debianPackage(python)
}
