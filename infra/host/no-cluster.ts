/** Keeps Debian's PostgreSQL from making and starting a cluster of its own when it is installed for its programs; clusters that are there are not touched. */
import { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Read by pg_createcluster's configuration after the administrator's own file; https://manpages.debian.org/bookworm/postgresql-common/createcluster.conf.5 */
const usual = '/etc/postgresql-common/createcluster.d'

/** Runs `install` while no cluster is made. What was written for that is gone afterwards: who later installs a server for themselves gets one. */
export async function withoutNewCluster<T>(install: () => Promise<T>, folder = usual): Promise<T> {
  const missing = [path.dirname(folder), folder].filter((each) => !existsSync(each))
  const file = path.join(folder, 'zz-drydock.conf')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    file,
    '# Made by Drydock for the time of one installation; remove it if it stayed behind.\ncreate_main_cluster = false\n',
  )
  try {
    return await install()
  } finally {
    rmSync(file, { force: true })
    for (const each of missing.toReversed())
      try {
        rmdirSync(each)
      } catch {
        // the package has put something there
      }
  }
}
