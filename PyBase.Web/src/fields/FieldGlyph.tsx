import { iconOf, paths } from '../grid/headerIcons'

/** The picture of a field's type, as it stands in the grid's header. */
export function FieldGlyph({ type }: { type: string }) {
  // The paths are constants of this program.
  return <svg width="16" height="16" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" dangerouslySetInnerHTML={{ __html: paths[iconOf(type)]! }} />
}
