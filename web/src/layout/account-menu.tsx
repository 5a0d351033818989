import { Menu, UnstyledButton } from "@mantine/core";
import { IconGauge, IconLogout, IconSelector } from "@tabler/icons-react";
import { navigate } from "../routing/navigation.tsx";
import { usagePath } from "../routing/routes.ts";
import { endSession, useSession } from "../session/session-store.ts";
import { useMe } from "../session/use-me.ts";
import classes from "./layout.module.css";

export function AccountMenu() {
  const { data: me } = useMe();
  const { session } = useSession();
  const email = me?.email ?? session?.email ?? "";
  const name = me?.name || email;
  return (
    <Menu position="top-start" width="target">
      <Menu.Target>
        <UnstyledButton className={classes.account ?? ""} aria-label={`Account of ${name}`}>
          <span className={classes.avatar} aria-hidden>
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span className={classes.accountText}>
            <span>{name}</span>
            {name !== email && <small>{email}</small>}
          </span>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconGauge size={16} />} onClick={() => navigate(usagePath)}>
          Usage
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => endSession()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
