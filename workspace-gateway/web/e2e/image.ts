import { createHash } from 'node:crypto'

/** Name, text, and whether it is a program. */
export type Entry = [name: string, text: string, program?: boolean]

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const blob = (bytes: Buffer): Entry => [`blobs/sha256/${sha256(bytes)}`, bytes.toString('latin1')]
const descriptor = (mediaType: string, bytes: Buffer) => ({ mediaType: `application/vnd.oci.image.${mediaType}`, digest: `sha256:${sha256(bytes)}`, size: bytes.length })
const json = (value: unknown) => Buffer.from(JSON.stringify(value))

/** A ustar archive; texts are bytes in latin1. */
function tar(entries: Entry[]): Buffer {
  const parts = entries.flatMap(([name, text, program]) => {
    const bytes = Buffer.from(text, 'latin1')
    const header = Buffer.alloc(512)
    const put = (at: number, value: string) => header.write(value, at, 'latin1')
    put(0, name)
    put(100, program ? '0000755\0' : '0000644\0')
    put(124, `${bytes.length.toString(8).padStart(11, '0')}\0`)
    put(136, '14000000000\0')
    put(148, '        ')
    put(156, '0')
    put(257, 'ustar\x0000')
    put(148, `${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `)
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
  })
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

/** An OCI image layout in a tar, a layer for each list of entries. */
export function ociArchive(layers: { made: string; entries: Entry[] }[]): Buffer {
  const tars = layers.map(({ entries }) => tar(entries))
  const config = json({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: tars.map((bytes) => `sha256:${sha256(bytes)}`) }, history: layers.map(({ made }) => ({ created_by: made })) })
  const manifest = json({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', config: descriptor('config.v1+json', config), layers: tars.map((bytes) => descriptor('layer.v1.tar', bytes)) })
  return tar([
    ['oci-layout', '{"imageLayoutVersion":"1.0.0"}'],
    ['index.json', JSON.stringify({ schemaVersion: 2, manifests: [descriptor('manifest.v1+json', manifest)] })],
    ...[...tars, config, manifest].map(blob),
  ])
}
