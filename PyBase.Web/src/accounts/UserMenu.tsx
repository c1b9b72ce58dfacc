import { Avatar, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { IconActivity, IconKey, IconLogout, IconShieldLock, IconUsers } from '@tabler/icons-react'
import { Link, useNavigate } from 'react-router'
import { signOut } from '../api/accounts'
import { tellProblem } from '../shell/tell'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { useForgetSession, useMe } from './useMe'

const t = texts.accounts

export function UserMenu() {
  const me = useMe()
  const navigate = useNavigate()
  const forget = useForgetSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const user = me.data?.user

  const leave = async () => {
    try {
      await signOut()
      await navigate('/sign-in')
      forget()
    } catch (error) {
      tellProblem(error)
    }
  }

  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton aria-label={t.menu} data-testid="user-menu" style={{ borderRadius: 99 }}>
          <Avatar name={user?.name || user?.email || ''} color="petrol" size={34} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '8px 12px' }}>
          <Text fw={600} size="sm" truncate>{user?.name}</Text>
          <Text c="dimmed" size="xs" truncate>{user?.email}</Text>
        </div>
        <Menu.Divider />
        <Menu.Label>{t.theme}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          m={4}
          aria-label={t.theme}
          value={colorScheme}
          onChange={value => setColorScheme(value as MantineColorScheme)}
          data={[{ value: 'light', label: t.themeLight }, { value: 'dark', label: t.themeDark }, { value: 'auto', label: t.themeAuto }]}
        />
        <Menu.Divider />
        {me.data?.workspaces.map((workspace, _, all) => (
          <Menu.Item key={workspace.id} leftSection={<IconUsers size={16} />} component={Link} to={`/workspaces/${workspace.id}/members`} data-testid="menu-members">{all.length > 1 ? pageTexts.members.of(workspace.name) : pageTexts.members.title}</Menu.Item>
        ))}
        {me.data?.installationOwner && <Menu.Item leftSection={<IconActivity size={16} />} component={Link} to="/operations" data-testid="menu-operations">{pageTexts.operations.title}</Menu.Item>}
        <Menu.Item leftSection={<IconShieldLock size={16} />} component={Link} to="/security" data-testid="menu-security">{pageTexts.security.title}</Menu.Item>
        <Menu.Item leftSection={<IconKey size={16} />} component={Link} to="/tokens" data-testid="menu-tokens">{t.tokens}</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()} data-testid="sign-out">{t.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
