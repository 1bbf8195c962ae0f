import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { zipSync } from 'fflate'
import { root } from '../prepare.mjs'
import { pythons } from '../python.mjs'

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const distribution = `webauthn_playground-${version}`

/** The name of the wheel's file. */
export const wheelName = `${distribution}-py3-none-any.whl`

/** 1 January 1980, where a zip's time begins: the same sources make the same bytes. */
const begins = { seconds: 315_532_800, date: new Date(1980, 0, 1) }

/**
 * Builds the Python client's wheel: by Python's own `build` where the machine has one that can, else zipped here. A start
 * depends on no Python.
 *
 * @returns {string} its path
 */
export function buildWheel(outDirectory) {
  const python = pythonThatBuilds()
  if (!python) return zipWheel(outDirectory)
  try {
    return builtBy(python, outDirectory)
  } catch ({ message }) {
    console.warn(`${message}\nIt is zipped without Python instead.`)
    return zipWheel(outDirectory)
  }
}

/** The command of a Python that has `build`, setuptools and wheel; undefined where there is none. */
export function pythonThatBuilds() {
  const has = (command) => spawnSync(command, ['-c', 'import build, setuptools, wheel']).status === 0
  return pythons.find(has)
}

/**
 * @returns {string}
 * @throws Error with Python's words
 */
function builtBy(python, outDirectory) {
  const project = staged()
  const environment = { ...process.env, SOURCE_DATE_EPOCH: String(begins.seconds), PYTHONDONTWRITEBYTECODE: '1' }
  const args = ['-m', 'build', '--wheel', '--no-isolation', '--outdir', outDirectory, project]
  const { status, stdout, stderr } = spawnSync(python, args, { env: environment, encoding: 'utf8' })
  rmSync(project, { recursive: true })
  if (status !== 0) throw new Error(`The wheel was not built: ${python} ${args.join(' ')}\n${stdout}${stderr}`)
  return join(outDirectory, wheelName)
}

/**
 * The same wheel without Python.
 *
 * @returns {string} its path
 * @see https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 */
export function zipWheel(outDirectory) {
  const project = staged()
  const read = (path) => readFileSync(join(project, path))
  const info = `${distribution}.dist-info`
  const files = Object.fromEntries([
    ...filesIn(join(project, 'src')).map((path) => [path, read(join('src', path))]),
    [`${info}/LICENSE`, read('LICENSE')],
    [`${info}/METADATA`, metadata(String(read('pyproject.toml')), String(read('README.md')))],
    [
      `${info}/WHEEL`,
      'Wheel-Version: 1.0\nGenerator: webauthn-playground\nRoot-Is-Purelib: true\nTag: py3-none-any\n\n',
    ],
    [`${info}/top_level.txt`, 'webauthn_playground\n'],
  ])
  const record = Object.entries(files).map(([path, data]) => {
    const hash = createHash('sha256').update(data).digest('base64url')
    return `${path},sha256=${hash},${Buffer.byteLength(data)}\n`
  })
  files[`${info}/RECORD`] = `${record.join('')}${info}/RECORD,,\n`
  rmSync(project, { recursive: true })

  const entries = Object.entries(files).map(([path, data]) => [
    path,
    [Buffer.from(data), { attrs: 0o100644 << 16, os: 3 }],
  ])
  mkdirSync(outDirectory, { recursive: true })
  const wheel = join(outDirectory, wheelName)
  writeFileSync(wheel, zipSync(Object.fromEntries(entries), { mtime: begins.date, level: 9 }))
  return wheel
}

/** The project in a folder of its own, with its version and its licence: a build leaves its traces there. */
function staged() {
  const project = mkdtempSync(join(tmpdir(), 'wheel-'))
  const source = join(root, 'clients', 'python')
  for (const part of ['pyproject.toml', 'README.md', 'src']) {
    const filter = (path) => !/__pycache__|\.egg-info|\.pyc$/.test(path)
    cpSync(join(source, part), join(project, part), { recursive: true, filter })
  }
  cpSync(join(root, 'LICENSE'), join(project, 'LICENSE'))
  writeFileSync(join(project, 'VERSION'), version)
  const readme = join(project, 'README.md')
  writeFileSync(readme, readFileSync(readme, 'utf8').replaceAll('VERSION', version))
  return project
}

/** Core metadata, as setuptools makes it of the project's table. */
function metadata(pyproject, readme) {
  const text = (name) => new RegExp(`^${name} = "(.*)"$`, 'm').exec(pyproject)?.[1]
  const classifiers = /^classifiers = \[\n([\s\S]*?)^\]/m.exec(pyproject)?.[1] ?? ''
  return [
    'Metadata-Version: 2.1',
    `Name: ${text('name')}`,
    `Version: ${version}`,
    `Summary: ${text('description')}`,
    'License: Apache-2.0',
    ...[...classifiers.matchAll(/"(.*)"/g)].map(([, classifier]) => `Classifier: ${classifier}`),
    `Requires-Python: ${text('requires-python')}`,
    'Description-Content-Type: text/markdown',
    'License-File: LICENSE',
    `\n${readme}`,
  ].join('\n')
}

/** Every file below a folder, by its path in there as a zip writes it, in one order on every machine. */
function filesIn(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(directory.length + 1)
        .split(sep)
        .join('/'),
    )
    .sort()
}
