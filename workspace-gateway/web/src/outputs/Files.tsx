import { useMutation } from '@tanstack/react-query'
import { download } from '../api/client.ts'
import type { Output, OutputFile } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Button, Id, Notice } from '../kit/kit.tsx'
import { texts } from './texts.ts'

export function Files({ output }: { output: Output }) {
  const said = usePhrases(texts)
  const released = output.state === 'released'
  const base = `/api/outputs/${encodeURIComponent(output.id)}`
  return (
    <section className="card">
      <header><h2>{said.files}</h2>{released && <span className="small dim">{said.downloadLogged}</span>}</header>
      {output.files.map((file) => <File key={file.name} file={file} from={released ? `${base}/files/${encodeURIComponent(file.name)}` : null} />)}
      {output.files.length === 0 && <p className="fine dim">–</p>}
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

function File({ file, from }: { file: OutputFile; from: string | null }) {
  const said = usePhrases(texts)
  const format = useFormat()
  return (
    <div className="file">
      <Icon name={from ? 'file' : 'lock'} />
      <div className="grow">
        <div className="name">{file.name}</div>
        <div className="small dim row">
          {file.bytes != null && <span>{format.bytes(file.bytes)}</span>}
          {file.sha256 && <span className="row">SHA-256 <Id of={file.sha256} short={12} /></span>}
          {!from && <span>{said.fileHeld}</span>}
        </div>
      </div>
      {from && <Fetch from={from} as={file.name} label={said.download} look="primary" />}
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
