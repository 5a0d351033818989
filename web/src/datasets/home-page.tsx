import { useDocumentTitle } from "@mantine/hooks";
import { useWorkspace } from "../session/use-workspace.ts";
import { NewDataset } from "../uploads/new-dataset.tsx";
import classes from "./home-page.module.css";

/** Where a new dataset begins. */
export function HomePage() {
  useDocumentTitle("QuantiBI");
  const { workspace } = useWorkspace();
  return (
    <div className={classes.home}>
      <h1>Bring a table</h1>
      <p className={classes.lead}>Then ask about it in your own words. Every answer shows how it was made.</p>
      {workspace?.role === "viewer" ? (
        <p className={classes.lead}>You can look at what is in {workspace.name}; editors can add datasets to it.</p>
      ) : (
        <NewDataset workspaceId={workspace?.id} />
      )}
      <ol className={classes.steps}>
        <li>
          <strong>Drop</strong> a file. It is read once, its columns are typed and profiled, and nothing in it is
          changed.
        </li>
        <li>
          <strong>Ask</strong> “average rating by genre” or write SQL. You get the chart that fits.
        </li>
        <li>
          <strong>Check</strong> the SQL, the rows and the assumptions behind each number, and correct them.
        </li>
      </ol>
    </div>
  );
}
