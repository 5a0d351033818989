import { Button, NativeSelect } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { DatasetList } from "../datasets/dataset-list.tsx";
import { ReportsLink } from "../reports/reports-link.tsx";
import { Link, navigate } from "../routing/navigation.tsx";
import { homePath } from "../routing/routes.ts";
import { useMe } from "../session/use-me.ts";
import { useWorkspace } from "../session/use-workspace.ts";
import { AccountMenu } from "./account-menu.tsx";
import classes from "./layout.module.css";
import { Logo } from "./logo.tsx";

export function Sidebar() {
  return (
    <nav className={classes.sidebar} aria-label="Workspace">
      <Link href={homePath} className={classes.plain} aria-label="QuantiBI, to the start">
        <Logo />
      </Link>
      <WorkspaceSelect />
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => navigate(homePath)} fullWidth>
        New dataset
      </Button>
      <DatasetList />
      <ReportsLink />
      <AccountMenu />
    </nav>
  );
}

function WorkspaceSelect() {
  const { data: me } = useMe();
  const { workspace, choose } = useWorkspace();
  if (!me || me.workspaces.length < 2) return null;
  return (
    <NativeSelect
      aria-label="Workspace"
      data={me.workspaces.map(({ id, name }) => ({ value: id, label: name }))}
      value={workspace?.id ?? ""}
      onChange={(event) => {
        choose(event.currentTarget.value);
        navigate(homePath);
      }}
    />
  );
}
