import { configOf } from '../../config-of.ts'

export default configOf(import.meta.dirname, process.env.MPC_DATABASE_URL ?? 'postgresql://localhost/playground_mpc')
