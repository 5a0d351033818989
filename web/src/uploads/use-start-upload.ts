import { useMutation } from "@tanstack/react-query";
import { navigate } from "../routing/navigation.tsx";
import { datasetPath } from "../routing/routes.ts";
import { useUploads } from "./uploads-provider.tsx";

/** Lines up files that become datasets. A single one's page opens; several are watched in the list of uploads. */
export function useStartUploads(workspaceId: string | undefined) {
  const { uploads } = useUploads();
  return useMutation({
    mutationFn: async (files: readonly File[]) => {
      if (workspaceId === undefined) throw new Error("There is no workspace to put the file in.");
      // What fails is told in the list of uploads, where it can be tried again.
      const begun = files.map((file) => uploads.add(file, { workspaceId }).catch(() => undefined));
      return files.length === 1 ? await begun[0] : undefined;
    },
    onSuccess: (datasetId) => {
      if (datasetId !== undefined) navigate(datasetPath(datasetId));
    },
  });
}

/** Sends a newer file for a dataset. */
export function useStartVersion({ workspaceId, id }: { workspaceId: string; id: string }) {
  const { uploads } = useUploads();
  return useMutation({ mutationFn: (file: File) => uploads.add(file, { workspaceId, datasetId: id }) });
}

/** The example that comes with the page, as if it had been picked from a disk. */
export async function exampleFile(): Promise<File> {
  const response = await fetch("/examples/movies.csv");
  if (!response.ok) throw new Error("The example could not be loaded.");
  return new File([await response.blob()], "movies.csv", { type: "text/csv" });
}
