/** The networks and volumes of a node. */
import { z } from 'zod'
import { xrayMost, type XrayNetwork, type XrayVolume } from '../contract/xray.ts'
import { maybeRows, maybeTime, maybeWords, readRows, shortId, words, type Ask, type Rows } from './node-answers.ts'

/** Bytes. */
const maxList = 524_288

const network = z.object({
  Id: shortId,
  Name: words(),
  Driver: maybeWords(40),
  Scope: maybeWords(20),
  Internal: z.boolean().catch(false),
  IPAM: z.object({ Config: maybeRows(z.object({ Subnet: words(60) }), 1) }).catch({ Config: [] }),
})
const volume = z.object({
  Name: words(),
  Driver: maybeWords(40),
  CreatedAt: maybeTime,
  Labels: z.record(z.string(), z.unknown()).nullable().catch(null),
})

type Ignore = (name: string) => boolean

export async function readNetworks(ask: Ask, ignore: Ignore): Promise<Rows<XrayNetwork>> {
  const { rows, more } = readRows(network, await ask('/networks', maxList), xrayMost.networks)
  const told = rows.filter(({ Name }) => !ignore(Name))
  return {
    more,
    rows: told
      .map(({ Id, Name, Driver, Scope, Internal, IPAM }) => ({
        id: Id,
        name: Name,
        driver: Driver,
        scope: Scope,
        internal: Internal,
        subnet: IPAM.Config[0]?.Subnet ?? '',
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  }
}

export async function readVolumes(ask: Ask, ignore: Ignore): Promise<Rows<XrayVolume>> {
  const { Volumes } = z.object({ Volumes: z.array(z.unknown()).nullable() }).parse(await ask('/volumes', maxList))
  const { rows, more } = readRows(volume, Volumes ?? [], xrayMost.volumes)
  const told = rows.filter(({ Name }) => !ignore(Name))
  return {
    more,
    rows: told
      .map(({ Name, Driver, CreatedAt, Labels }) => ({
        name: Name,
        driver: Driver,
        anonymous: Labels !== null && 'com.docker.volume.anonymous' in Labels,
        created_at: CreatedAt,
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  }
}
