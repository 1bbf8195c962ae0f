import { defineConfig } from 'prisma/config'

/** For the Prisma CLI, when a migration is written; the MPC server applies migrations itself (../migrate.ts). */
export default defineConfig({
  schema: './schema.prisma',
  migrations: { path: './migrations' },
  datasource: { url: process.env.MPC_DATABASE_URL ?? 'file:./.data/development-mpc.db' },
})
