import { debianPackage } from './debian-package.mjs'

const tools = 'import build, ensurepip, mypy, setuptools, wheel'

/** The commands by which a Python can be there. */
export const pythons = ['python3', '/usr/bin/python3']

/**
 * The command of a Python that builds, installs and type-checks packages, for the tests of the Python client.
 *
 * @throws Error that says why none can be had
 */
export async function python() {
  const packages = ['python3-build', 'python3-setuptools', 'python3-wheel', 'python3-venv', 'mypy']
  return process.env.PYTHON || debianPackage({ commands: pythons, version: ['-c', tools], package: packages })
}
