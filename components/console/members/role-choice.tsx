import { type Role, roleNames, roles } from '#lib/contract/roles.ts'
import { ChoiceCards } from '../choice-cards.tsx'

const choices = roleNames.map((value) => ({ value, label: roles[value].name, note: roles[value].may }))

/** What a member may do. */
export function RoleChoice({
  name,
  selected,
  onSelect,
}: {
  name: string
  selected: Role
  onSelect: (role: Role) => void
}) {
  return <ChoiceCards legend="Role" name={name} choices={choices} selected={selected} onSelect={onSelect} />
}
