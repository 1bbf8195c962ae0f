import { configOf } from '../../config-of.ts'

export default configOf(import.meta.dirname, process.env.DATABASE_URL ?? 'file:./.data/development.db')
