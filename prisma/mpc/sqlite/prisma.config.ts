import { configOf } from '../../config-of.ts'

export default configOf(import.meta.dirname, process.env.MPC_DATABASE_URL ?? 'file:./.data/development-mpc.db')
