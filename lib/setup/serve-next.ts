import type { TestProject } from 'vitest/node'
import { serveFor } from './serve.ts'

export default (project: TestProject) => serveFor('next', project.provide)
