/** How far something is, 0 to 1; undefined while nobody knows. */
export function Track({ part, label }: { part: number | undefined; label: string }) {
  return (
    <div className={`track ${part === undefined ? 'unknown' : ''}`} role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={part === undefined ? undefined : Math.round(part * 100)}>
      <i style={part === undefined ? undefined : { width: `${Math.max(2, part * 100)}%` }} />
    </div>
  )
}
