export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from '#lib/server/api/mount.ts'
