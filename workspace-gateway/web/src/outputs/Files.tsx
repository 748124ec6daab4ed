import { useMutation } from '@tanstack/react-query'
import { download } from '../api/client.ts'
import type { Output, OutputFile } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Button, Id, Notice } from '../kit/kit.tsx'
import { texts } from './texts.ts'

/** What an output holds. Of a closed project nothing is left but the certificate of the release. */
export function Files({ output, destroyed }: { output: Output; destroyed: boolean }) {
  const said = usePhrases(texts)
  const released = output.state === 'released'
  const away = destroyed ? said.fileDestroyed : released ? null : said.fileHeld
  const base = `/api/outputs/${encodeURIComponent(output.id)}`
  return (
    <section className="card">
      <header><h2>{said.files}</h2>{released && !destroyed && <span className="small dim">{said.downloadLogged}</span>}</header>
      {output.files.map((file) => <File key={file.name} file={file} away={away} from={`${base}/files/${encodeURIComponent(file.name)}`} />)}
      {output.files.length === 0 && <p className="fine dim">{destroyed ? said.fileDestroyed : '–'}</p>}
      {released && (
        <div className="file">
          <Icon name="seal" />
          <div className="grow">
            <div className="name">{said.certificate}</div>
            <div className="small dim">{said.certificateHint}</div>
          </div>
          <Fetch from={`${base}/certificate`} as={`certificate-${output.id}.json`} label={said.downloadCertificate} />
        </div>
      )}
    </section>
  )
}

/** A file, and why it cannot be had if it cannot. */
function File({ file, from, away }: { file: OutputFile; from: string; away: string | null }) {
  const said = usePhrases(texts)
  const format = useFormat()
  return (
    <div className="file">
      <Icon name={away ? 'lock' : 'file'} />
      <div className="grow">
        <div className="name">{file.name}</div>
        <div className="small dim row">
          {file.bytes != null && <span>{format.bytes(file.bytes)}</span>}
          {file.sha256 && <span className="row">SHA-256 <Id of={file.sha256} short={12} /></span>}
          {away && <span>{away}</span>}
        </div>
      </div>
      {!away && <Fetch from={from} as={file.name} label={said.download} look="primary" />}
    </div>
  )
}

function Fetch({ from, as, label, look }: { from: string; as: string; label: string; look?: 'primary' }) {
  const said = usePhrases(texts)
  const fetched = useMutation({ mutationFn: () => download(from, as) })
  return (
    <>
      <Button icon="download" look={look} isPending={fetched.isPending} onPress={() => fetched.mutate()}>{fetched.isPending ? said.downloading : label}</Button>
      {fetched.error && <Notice tone="red" icon="warn" role="alert">{fetched.error.message}</Notice>}
    </>
  )
}
