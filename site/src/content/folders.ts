/** Where lessons and labs are read from at build time: the top of the clone, or a fixture tree in tests. */
import path from 'node:path'

const root = path.resolve(process.env['DRYDOCK_CONTENT'] ?? path.join(process.cwd(), '..'))

export const lessonsFolder = path.join(root, 'lessons')
export const labsFolder = path.join(root, 'labs')
