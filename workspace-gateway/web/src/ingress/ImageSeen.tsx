import type { ImageContents, Input, PackageChange } from '../api/types.ts'
import { useFormat, usePhrases } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Chip, Id, Notice } from '../kit/kit.tsx'
import { useTakeBack, useVerify } from './queries.ts'
import { imageTexts } from './texts.ts'

/** A container image as a steward has to judge it: what lies over which image of ours, layer by layer. */
export function ImageSeen({ image }: { image: ImageContents }) {
  return (
    <>
      <Overview image={image} />
      <Layers image={image} />
      <Packages image={image} />
      <Largest image={image} />
    </>
  )
}

function Overview({ image }: { image: ImageContents }) {
  const said = usePhrases(imageTexts)
  const format = useFormat()
  const { added, addedBytes, replaced, removed } = image.changes
  return (
    <section className="card" data-image>
      <header><h2>{said.title}</h2></header>
      <div className="body stack">
        <Notice tone={image.base ? 'green' : 'amber'} icon={image.base ? 'check' : 'eye'} title={image.base ? said.over(image.base) : said.overNone} />
        <dl className="facts">
          <dt>{said.changes}</dt>
          <dd>
            <ul className="changes">
              <li>{said.added(format.number(added), format.bytes(addedBytes))}</li>
              <li>{said.replaced(format.number(replaced))}</li>
              <li>{said.removed(format.number(removed))}</li>
            </ul>
          </dd>
          <dt>{said.use}</dt>
          <dd className="row">
            {image.desktop && <Chip icon="desktop">{said.desktop}</Chip>}
            {image.notebook && <Chip icon="book">{said.notebook}</Chip>}
          </dd>
          <dt>{said.digest}</dt><dd><Id of={image.digest} short={23} /></dd>
        </dl>
      </div>
    </section>
  )
}

function Layers({ image }: { image: ImageContents }) {
  const said = usePhrases(imageTexts)
  const format = useFormat()
  return (
    <section className="card">
      <header><h2>{said.layers}</h2></header>
      <div className="sheet" role="region" aria-label={said.layers} tabIndex={0}>
        <table className="layers">
          <thead>
            <tr><th scope="col">{said.layer}</th><th scope="col">{said.made}</th><th scope="col" className="num">{said.entries}</th><th scope="col" className="num">{said.unpacked}</th></tr>
          </thead>
          <tbody>
            {image.layers.map((layer, index) => (
              <tr key={index}>
                <td className="nowrap">{index + 1} {layer.ours && <Chip tone="green" icon="check">{said.ours}</Chip>}</td>
                <td>{layer.made ? <code className="words">{layer.made}</code> : <span className="dim">{said.unsaid}</span>}</td>
                <td className="num nowrap">{format.number(layer.entries)}</td>
                <td className="num nowrap">{format.bytes(layer.expandedBytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const managers = { debian: 'Debian', python: 'Python', r: 'R' }

function Packages({ image }: { image: ImageContents }) {
  const said = usePhrases(imageTexts)
  const lists = (['debian', 'python', 'r'] as const).filter((list) => image[list].length > 0)
  if (lists.length === 0) return null
  return (
    <section className="card">
      <header><h2>{said.packages}</h2></header>
      <div className="body stack">
        <dl className="facts">
          {lists.map((list) => [
            <dt key={list}>{managers[list]}</dt>,
            <dd key={`${list}-all`}><ul className="packages">{image[list].map((change) => <Package key={change.name} change={change} />)}</ul></dd>,
          ])}
        </dl>
        <p className="small dim">{said.packagesWhat}</p>
      </div>
    </section>
  )
}

function Package({ change: { name, before, now } }: { change: PackageChange }) {
  const said = usePhrases(imageTexts)
  return <li><code>{name}</code> <span className="dim">{before ? `${before} → ${now ?? said.gone}` : `${now} (${said.isNew})`}</span></li>
}

function Largest({ image: { largest } }: { image: ImageContents }) {
  const said = usePhrases(imageTexts)
  const format = useFormat()
  if (largest.length === 0) return null
  return (
    <section className="card">
      <details className="names largest">
        <summary>{said.largest(format.number(largest.length))}</summary>
        <div className="sheet" role="region" aria-label={said.largest(format.number(largest.length))} tabIndex={0}>
          <table>
            <thead><tr><th scope="col">{said.path}</th><th scope="col" className="num">{said.size}</th></tr></thead>
            <tbody>
              {largest.map(({ path, bytes, replaces }) => (
                <tr key={path}>
                  <td><code className="words">/{path}</code> {replaces && <Chip tone="amber">{said.replaces}</Chip>}</td>
                  <td className="num nowrap">{format.bytes(bytes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}

/** What a steward can still do about an image that has been delivered. */
export function ImageInUse({ input }: { input: Input }) {
  const said = usePhrases(imageTexts)
  const verify = useVerify(input.id)
  const take = useTakeBack(input.id)
  const found = verify.data
  const problem = verify.error ?? take.error
  return (
    <section className="card">
      <header><h2>{said.inUse}</h2></header>
      <div className="body stack">
        <p className="small soft">{said.inUseWhat}</p>
        {found && <Notice tone={found.intact ? 'green' : 'red'} icon={found.intact ? 'check' : 'cross'} role="status" title={found.intact ? said.intact : said.differs}>{found.differences.join(', ')}</Notice>}
        {problem && <Notice tone="red" icon="warn" role="alert" title={problem.message}>{(problem as { detail?: string }).detail}</Notice>}
        {input.state === 'delivered' && (
          <div className="row">
            <Button icon="eye" isPending={verify.isPending} onPress={() => verify.mutate()}>{said.verify}</Button>
            <Confirm title={said.takeBackTitle} act={said.takeBack} onAct={() => take.mutate()} trigger={<Button look="danger" icon="minus" isPending={take.isPending}>{said.takeBack}</Button>}>
              {said.takeBackWhat}
            </Confirm>
          </div>
        )}
      </div>
    </section>
  )
}
