import { configOf } from '../../config-of.ts'

export default configOf(import.meta.dirname, process.env.DATABASE_URL ?? 'postgresql://localhost/playground')
