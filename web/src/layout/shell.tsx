import { Burger, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useEffect } from "react";
import { Link, useRoute } from "../routing/navigation.tsx";
import { homePath } from "../routing/routes.ts";
import classes from "./layout.module.css";
import { Logo } from "./logo.tsx";
import { Sidebar } from "./sidebar.tsx";

/** Sidebar and page; on a narrow screen the sidebar comes out of a drawer. */
export function Shell({ children }: { children: ReactNode }) {
  const [opened, { open, close }] = useDisclosure(false);
  const route = useRoute();
  const place = Object.values(route).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: going anywhere closes the drawer
  useEffect(close, [place]);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#page">
        Skip to the page
      </a>
      <aside className={classes.aside}>
        <Sidebar />
      </aside>
      <header className={classes.bar}>
        <Burger opened={opened} onClick={open} size="sm" aria-label="Open the menu" />
        <Link href={homePath} className={classes.plain}>
          <Logo />
        </Link>
      </header>
      <Drawer opened={opened} onClose={close} size={300} padding={0} withCloseButton={false} title={null}>
        <div className={classes.drawer}>
          <Sidebar />
        </div>
      </Drawer>
      <main className={classes.main} id="page">
        {children}
      </main>
    </div>
  );
}
