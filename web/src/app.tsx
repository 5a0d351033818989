import { Button } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { createQueryClient } from "./api/query-client.ts";
import { DatasetPage } from "./datasets/dataset-page.tsx";
import { HomePage } from "./datasets/home-page.tsx";
import { LoadingPanel } from "./feedback/loading-panel.tsx";
import { Shell } from "./layout/shell.tsx";
import { NewReportPage } from "./reports/new-report-page.tsx";
import { ReportPage } from "./reports/report-page.tsx";
import { ReportsPage } from "./reports/reports-page.tsx";
import { SchedulePage } from "./reports/schedule-page.tsx";
import { navigate, useRoute } from "./routing/navigation.tsx";
import { homePath } from "./routing/routes.ts";
import { useSession } from "./session/session-store.ts";
import { SignInPage } from "./session/sign-in-page.tsx";
import { useMe } from "./session/use-me.ts";
import { UploadsProvider } from "./uploads/uploads-provider.tsx";
import { UsagePage } from "./usage/usage-page.tsx";

export function App() {
  const { session } = useSession();
  const email = session?.email;
  return <SessionOf key={email ?? ""} email={email} />;
}

/** Everything for one person, with a cache of its own: what one has loaded must not be shown to the next. */
function SessionOf({ email }: { email: string | undefined }) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      {email === undefined ? (
        <SignInPage />
      ) : (
        <UploadsProvider>
          <Shell>
            <Page />
          </Shell>
        </UploadsProvider>
      )}
    </QueryClientProvider>
  );
}

function Page() {
  const me = useMe();
  const route = useRoute();
  return (
    <LoadingPanel query={me} what="your workspace">
      {() => {
        switch (route.page) {
          case "home":
            return <HomePage />;
          case "dataset":
            return <DatasetPage key={route.datasetId} datasetId={route.datasetId} />;
          case "reports":
            return <ReportsPage />;
          case "new-report":
            return <NewReportPage />;
          case "report":
            return <ReportPage key={route.reportId} reportId={route.reportId} />;
          case "report-schedule":
            return <SchedulePage key={route.scheduleId} scheduleId={route.scheduleId} />;
          case "usage":
            return <UsagePage />;
          case "unknown":
            return <UnknownPage />;
        }
      }}
    </LoadingPanel>
  );
}

function UnknownPage() {
  return (
    <>
      <h1>There is nothing here</h1>
      <p>The address may be mistyped, or what it led to has been deleted.</p>
      <Button onClick={() => navigate(homePath, { replace: true })}>To the start</Button>
    </>
  );
}
